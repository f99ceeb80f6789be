"""Channels of the bars before, one method a side."""

import backtrader as bt


class Turtle(bt.Strategy):
    params = dict(entry=20, leave=10, atr=20, mult=2.0, risk=0.01, cap=0.95)

    def __init__(self):
        self.hi = bt.ind.Highest(self.data.high(-1), period=self.p.entry)
        self.lo = bt.ind.Lowest(self.data.low(-1), period=self.p.entry)
        self.exit_hi = bt.ind.Highest(self.data.high(-1), period=self.p.leave)
        self.exit_lo = bt.ind.Lowest(self.data.low(-1), period=self.p.leave)
        self.atr = bt.ind.ATR(self.data, period=self.p.atr)
        self.stop_order = None
        self.distance = 0.0

    def size_for(self, distance):
        equity = self.broker.getvalue()
        if equity <= 0 or distance <= 0:
            return 0
        by_risk = equity * self.p.risk / distance
        by_cash = equity * self.p.cap / self.data.close[0]
        return int(min(by_risk, by_cash))

    def next(self):
        close, held = self.data.close[0], self.position.size
        if not held:
            self.stop_order = None
        out = (held > 0 and close < self.exit_lo[0]) or (held < 0 and close > self.exit_hi[0])
        if out:
            if self.stop_order is not None:
                self.cancel(self.stop_order)
                self.stop_order = None
            self.close()
        elif held and self.stop_order is None:
            sign = 1 if held > 0 else -1
            price = self.position.price - sign * self.distance
            self.stop_order = self.close(exectype=bt.Order.Stop, price=price)
        if close > self.hi[0] and (held == 0 or (out and held < 0)):
            self.enter(self.buy)
        elif close < self.lo[0] and (held == 0 or (out and held > 0)):
            self.enter(self.sell)

    def enter(self, order):
        distance = self.p.mult * self.atr[0]
        size = self.size_for(distance)
        if size:
            self.distance = distance
            self.stop_order = None
            order(size=size)
