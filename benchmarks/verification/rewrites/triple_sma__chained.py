"""Chained comparisons."""

import backtrader as bt


class TripleAverage(bt.Strategy):
    params = (("a", 4), ("b", 9), ("c", 18))

    def __init__(self):
        self.s1 = bt.ind.SMA(self.data.close, period=self.p.a)
        self.s2 = bt.ind.SMA(self.data.close, period=self.p.b)
        self.s3 = bt.ind.SMA(self.data.close, period=self.p.c)

    def next(self):
        s1, s2, s3 = self.s1[0], self.s2[0], self.s3[0]
        held = self.position.size
        leaves = (held > 0 and s1 < s2) or (held < 0 and s1 > s2)
        if leaves:
            self.close()
        equity = max(self.broker.getvalue(), 0)
        shares = int(equity * 0.95 / self.data.close[0])
        if s1 > s2 > s3 and (not held or (held < 0 and leaves)):
            self.buy(size=shares)
        elif s1 < s2 < s3 and (not held or (held > 0 and leaves)):
            self.sell(size=shares)
