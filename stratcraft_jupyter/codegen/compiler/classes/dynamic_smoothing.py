"""Becomes part of emitted modules."""

import backtrader as bt


class DynamicSmoothing(bt.Indicator):
    """Exponential smoothing with the second series, kept to 0..1, as its alpha."""

    lines = ("value",)
    params = {"period": 1}

    def __init__(self):
        self.addminperiod(self.p.period)
        # a copy: if both are one line, Backtrader would move it on twice
        self.source = self.data(0)
        self.alpha = bt.Min(bt.Max(self.data1, 0.0), 1.0)
        self.seed = bt.ind.SMA(self.data, period=self.p.period)

    def nextstart(self):
        self.lines.value[0] = self.seed[0]

    def next(self):
        alpha, before = self.alpha[0], self.lines.value[-1]
        self.lines.value[0] = before * (1 - alpha) + self.source[0] * alpha
