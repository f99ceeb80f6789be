"""Becomes part of emitted modules."""

import backtrader as bt


class AccumulationDistribution(bt.Indicator):
    """Volume added up, each bar's share by where it closed in its range."""

    lines = ("value",)

    def __init__(self):
        high, low, close = self.data.high, self.data.low, self.data.close
        place = bt.DivByZero((close - low) - (high - close), high - low)
        self.lines.value = bt.ind.Accum(place * self.data.volume)
