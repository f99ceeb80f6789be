"""Becomes part of emitted modules."""

import backtrader as bt


class ChandelierExit(bt.Indicator):
    """Average true ranges below the highest high, and above the lowest low."""

    lines = ("long", "short")
    params = {"period": 22, "multiple": 3.0}

    def __init__(self):
        distance = self.p.multiple * bt.ind.ATR(self.data, period=self.p.period)
        highest = bt.ind.Highest(self.data.high, period=self.p.period)
        lowest = bt.ind.Lowest(self.data.low, period=self.p.period)
        self.lines.long = highest - distance
        self.lines.short = lowest + distance
