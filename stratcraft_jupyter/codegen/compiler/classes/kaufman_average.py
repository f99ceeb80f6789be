"""Becomes part of emitted modules."""

import backtrader as bt


class KaufmanAverage(bt.Indicator):
    """Kaufman's average; unlike bt.ind.KAMA it holds still where the source does."""

    lines = ("value",)
    params = {"period": 14, "fast": 2, "slow": 30}

    def __init__(self):
        self.addminperiod(self.p.period + 1)
        fast, slow = 2 / (self.p.fast + 1), 2 / (self.p.slow + 1)
        change = abs(self.data - self.data(-self.p.period))
        way = bt.ind.SumN(abs(self.data - self.data(-1)), period=self.p.period)
        self.alpha = (bt.DivByZero(change, way) * (fast - slow) + slow) ** 2
        self.seed = bt.ind.SMA(self.data, period=self.p.period)

    def nextstart(self):
        self.lines.value[0] = self.seed[0]

    def next(self):
        alpha = self.alpha[0]
        self.lines.value[0] = self.lines.value[-1] * (1 - alpha) + self.data[0] * alpha
