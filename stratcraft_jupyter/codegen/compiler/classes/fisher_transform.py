"""Becomes part of emitted modules."""

import backtrader as bt


class FisherTransform(bt.Indicator):
    """Place of the bar's middle in its recent range, with the extremes stretched."""

    lines = ("fisher", "trigger")
    params = {"period": 10}

    def __init__(self):
        self.addminperiod(self.p.period)
        middle = (self.data.high + self.data.low) / 2
        highest = bt.ind.Highest(middle, period=self.p.period)
        lowest = bt.ind.Lowest(middle, period=self.p.period)
        share = bt.DivByZero(middle - lowest, highest - lowest, zero=0.5)
        self.place = 2 * share - 1
        self.smooth = self.before = 0.0

    def next(self):
        self.smooth = 0.33 * self.place[0] + 0.67 * self.smooth
        if abs(self.smooth) > 0.99:
            self.smooth = 0.999 if self.smooth > 0 else -0.999
        self.lines.trigger[0] = self.before
        self.before = bt.math.atanh(self.smooth) + self.before / 2
        self.lines.fisher[0] = self.before
