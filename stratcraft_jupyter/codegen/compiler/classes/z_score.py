"""Becomes part of emitted modules."""

import backtrader as bt


class ZScore(bt.Indicator):
    """How many standard deviations a value is from the mean of the last ones."""

    lines = ("value",)
    params = {"period": 20}

    def __init__(self):
        self.addminperiod(self.p.period)

    def next(self):
        values = self.data.get(size=self.p.period)
        if min(values) == max(values):
            self.lines.value[0] = 0.0
            return
        mean = sum(values) / len(values)
        variance = sum((value - mean) ** 2 for value in values) / len(values)
        self.lines.value[0] = (values[-1] - mean) / variance**0.5
