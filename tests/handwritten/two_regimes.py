"""Two regimes by hand: four entries, each with its own stop, and a halt after a drawdown."""

import math

import backtrader as bt


class TwoRegimes(bt.Strategy):
    params = (("percent", 95.0), ("stop_percent", 8.0), ("multiple", 3.0), ("halt", 60))

    def __init__(self):
        self.adx = bt.ind.ADX(period=14)
        self.plus, self.minus = bt.ind.PlusDI(period=14), bt.ind.MinusDI(period=14)
        self.bands = bt.ind.BollingerBands(self.data.close, period=20, devfactor=2.0)
        self.top = bt.ind.Highest(self.data.close, period=20)
        self.bottom = bt.ind.Lowest(self.data.close, period=20)
        self.atr = bt.ind.ATR(period=14)
        self.follows = {1: False, -1: False}  # by side: whether the position follows a trend
        self.level = self.stop_order = None
        self.peak, self.halted_until = -math.inf, 0

    def notify_order(self, order):
        if self.stop_order is not None and order.ref == self.stop_order.ref and not order.alive():
            self.stop_order = None

    def next(self):
        close, side = self.data.close[0], self.side()
        middle = self.bands.mid[0]
        is_over = close > middle if side > 0 else close < middle
        out = side != 0 and not self.follows[side] and is_over
        is_halted = self.halts()
        if out:
            if self.stop_order is not None:
                self.cancel(self.stop_order)
            self.close()
        elif side:
            self.protect(side)
        if not is_halted:
            self.enter(close, side, out)

    def side(self):
        return (self.position.size > 0) - (self.position.size < 0)

    def halts(self):
        if len(self) <= self.halted_until:
            return True
        equity = self.broker.getvalue()
        self.peak = max(self.peak, equity)
        if equity > self.peak * (100 - 15.0) / 100:
            return False
        self.peak, self.halted_until = -math.inf, len(self) + self.p.halt
        return True

    def protect(self, side):
        if self.follows[side]:
            wanted = self.data.close[0] - side * self.p.multiple * self.atr[0]
        else:
            wanted = self.position.price * (100 - side * self.p.stop_percent) / 100
        if self.level is not None and side * (wanted - self.level) <= 0:
            return
        self.level = wanted
        if self.stop_order is not None:
            self.cancel(self.stop_order)
        self.stop_order = self.close(exectype=bt.Order.Stop, price=wanted)

    def enter(self, close, side, out):
        adx, is_up = self.adx[0], self.plus[0] > self.minus[0]
        is_down = self.plus[0] < self.minus[0]
        ways = (
            (1, True, close >= self.top[0] and adx > 25.0 and is_up),
            (-1, True, close <= self.bottom[0] and adx > 25.0 and is_down),
            (1, False, close < self.bands.bot[0] and adx < 20.0),
            (-1, False, close > self.bands.top[0] and adx < 20.0),
        )
        for way, follows, is_true in ways:
            if is_true and (side == 0 or (out and way == -side)):
                equity = max(0, self.broker.getvalue())
                size = math.floor(equity * self.p.percent / 100 / close)
                if size:
                    self.follows[way] = follows
                    self.level = None
                    (self.buy if way > 0 else self.sell)(size=size)
                return
