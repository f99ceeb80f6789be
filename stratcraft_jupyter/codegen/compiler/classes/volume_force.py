"""Becomes part of emitted modules."""

import backtrader as bt


class VolumeForce(bt.Indicator):
    """Volume with the sign of the trend, weighed by how much of its range is new."""

    lines = ("value",)

    def __init__(self):
        self.addminperiod(2)
        self.trend = 0
        self.ranges = 0.0

    def next(self):
        high, low, close = self.data.high, self.data.low, self.data.close
        change = (high[0] + low[0] + close[0]) - (high[-1] + low[-1] + close[-1])
        trend = 1 if change > 0 else -1 if change < 0 else self.trend
        before = self.ranges if trend == self.trend else high[-1] - low[-1]
        self.trend, self.ranges = trend, before + high[0] - low[0]
        share = (high[0] - low[0]) / self.ranges if self.ranges else 0.5
        self.lines.value[0] = 100 * self.data.volume[0] * abs(2 * share - 1) * trend
