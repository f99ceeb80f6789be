"""Becomes part of emitted modules."""

import backtrader as bt


class ChaikinVolatility(bt.Indicator):
    """Change of the average distance from low to high, in percent."""

    lines = ("volatility",)
    params = {"period": 10, "roc_period": 10}

    def __init__(self):
        average = bt.ind.EMA(self.data.high - self.data.low, period=self.p.period)
        before = average(-self.p.roc_period)
        self.lines.volatility = 100 * bt.DivByZero(average - before, before)
