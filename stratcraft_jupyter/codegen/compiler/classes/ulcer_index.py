"""Becomes part of emitted modules."""

import backtrader as bt


class UlcerIndex(bt.Indicator):
    """Root mean square of the percent by which values lie below the recent highest."""

    lines = ("ulcer",)
    params = {"period": 14}

    def __init__(self):
        highest = bt.ind.Highest(self.data, period=self.p.period)
        fall = 100 * bt.DivByZero(self.data - highest, highest)
        self.lines.ulcer = bt.ind.SMA(fall * fall, period=self.p.period) ** 0.5
