"""Becomes part of emitted modules."""

import backtrader as bt


class FractalAverage(bt.Indicator):
    """Ehlers' fractal adaptive average (FRAMA), between a fast and a slow period."""

    lines = ("value",)
    params = {"period": 16, "fast": 4, "slow": 300}

    def __init__(self):
        half = self.p.period // 2
        self.addminperiod(2 * half)
        highest = bt.ind.Highest(self.data.high, period=half)
        lowest = bt.ind.Lowest(self.data.low, period=half)
        self.newer = highest - lowest
        self.older = self.newer(-half)
        self.whole = bt.Max(highest, highest(-half)) - bt.Min(lowest, lowest(-half))
        self.price = (self.data.high + self.data.low) / 2
        self.alpha = 2 / (self.p.fast + 1)

    def nextstart(self):
        self.lines.value[0] = self.price[0]

    def next(self):
        newer, older, whole = self.newer[0], self.older[0], self.whole[0]
        if newer and older and whole:
            fast, slow = self.p.fast, self.p.slow
            least = 2 / (slow + 1)
            dimension = bt.math.log2((newer + older) / whole)
            bars = 2 / min(max(least**dimension, least), 1) - 1
            self.alpha = 2 / ((slow - fast) * (bars - 1) / (slow - 1) + fast + 1)
        before = self.lines.value[-1]
        self.lines.value[0] = before + self.alpha * (self.price[0] - before)
