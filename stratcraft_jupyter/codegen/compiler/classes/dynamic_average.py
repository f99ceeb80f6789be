"""Becomes part of emitted modules."""

import backtrader as bt


class DynamicAverage(bt.Indicator):
    """Chande's VIDYA: exponential, and faster the stronger the momentum is."""

    lines = ("value",)
    params = {"period": 14, "momentum_period": 9}

    def __init__(self):
        self.addminperiod(self.p.momentum_period + 1)
        change = abs(self.data - self.data(-self.p.momentum_period))
        way = bt.ind.SumN(abs(self.data - self.data(-1)), period=self.p.momentum_period)
        self.alpha = bt.DivByZero(change, way) * 2 / (self.p.period + 1)

    def nextstart(self):
        self.lines.value[0] = self.data[0]

    def next(self):
        alpha = self.alpha[0]
        self.lines.value[0] = self.lines.value[-1] * (1 - alpha) + self.data[0] * alpha
