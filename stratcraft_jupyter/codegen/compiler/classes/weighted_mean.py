"""Becomes part of emitted modules."""

import backtrader as bt


class WeightedMean(bt.Indicator):
    """Mean of the last values, the newest weighted most, times a coefficient."""

    lines = ("value",)
    params = {"period": 14, "coefficient": 1.0}

    def __init__(self):
        period = self.p.period
        self.lines.value = bt.ind.WeightedAverage(
            self.data,
            period=period,
            weights=range(1, period + 1),
            coef=2 * self.p.coefficient / (period * (period + 1)),
        )
