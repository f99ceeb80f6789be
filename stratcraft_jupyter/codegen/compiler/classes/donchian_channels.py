"""Becomes part of emitted modules."""

import backtrader as bt


class DonchianChannels(bt.Indicator):
    """Highest high and lowest low of the last bars, and the middle between them."""

    lines = ("upper", "middle", "lower")
    params = {"period": 20}

    def __init__(self):
        self.lines.upper = bt.ind.Highest(self.data.high, period=self.p.period)
        self.lines.lower = bt.ind.Lowest(self.data.low, period=self.p.period)
        self.lines.middle = (self.lines.upper + self.lines.lower) / 2
