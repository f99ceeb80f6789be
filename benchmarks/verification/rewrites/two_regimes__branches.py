"""Each branch a small table; stops moved by sending them anew."""

import backtrader as bt


class Branches(bt.Strategy):
    def __init__(self):
        self.adx = bt.ind.ADX(self.data, period=14)
        self.di = bt.ind.DI(self.data, period=14)
        self.bb = bt.ind.BBands(self.data.close, period=20, devfactor=2.0)
        self.hh = bt.ind.Highest(self.data.close, period=20)
        self.ll = bt.ind.Lowest(self.data.close, period=20)
        self.atr = bt.ind.ATR(self.data, period=14)
        self.branch = self.next_branch = None
        self.resting = self.level = None
        self.peak = None
        self.quiet = 0

    def halted(self):
        if self.quiet:
            self.quiet -= 1
            return True
        value = self.broker.getvalue()
        self.peak = value if self.peak is None else max(self.peak, value)
        if value <= 0.85 * self.peak:
            self.quiet, self.peak = 60, None
            return True
        return False

    def wants(self):
        close, adx = self.data.close[0], self.adx[0]
        if adx > 25:
            if close >= self.hh[0] and self.di.plusDI[0] > self.di.minusDI[0]:
                return "follow", 1
            if close <= self.ll[0] and self.di.minusDI[0] > self.di.plusDI[0]:
                return "follow", -1
        elif adx < 20:
            if close < self.bb.bot[0]:
                return "fade", 1
            if close > self.bb.top[0]:
                return "fade", -1
        return None

    def next(self):
        held = self.position.size
        side = (held > 0) - (held < 0)
        close = self.data.close[0]
        halted = self.halted()
        if side == 0:
            self.resting = self.level = self.branch = None
        elif self.branch is None or self.branch[1] != side:
            self.branch = self.next_branch
            self.level = None
        out = bool(side) and self.branch[0] == "fade" and side * (close - self.bb.mid[0]) > 0
        if out:
            self.drop()
            self.close()
        elif side:
            self.protect(side, close)
        wanted = self.wants()
        if halted or wanted is None or (side and not (out and wanted[1] == -side)):
            return
        size = int(0.95 * max(self.broker.getvalue(), 0) / close)
        if size:
            self.next_branch = wanted
            (self.buy if wanted[1] > 0 else self.sell)(size=size)

    def protect(self, side, close):
        if self.branch[0] == "follow":
            level = close - side * 3 * self.atr[0]
        else:
            level = self.position.price * (1 - side * 0.08)
        if self.level is None or side * (level - self.level) > 0:
            self.drop()
            self.level = level
            self.resting = self.close(exectype=bt.Order.Stop, price=level)

    def drop(self):
        if self.resting is not None:
            self.cancel(self.resting)
        self.resting = None
