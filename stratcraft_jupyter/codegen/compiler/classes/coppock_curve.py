"""Becomes part of emitted modules."""

import backtrader as bt


class CoppockCurve(bt.Indicator):
    """Weighted average of the sum of two rates of change, in percent."""

    lines = ("coppock",)
    params = {"fast_period": 11, "slow_period": 14, "average_period": 10}

    def __init__(self):
        fast = bt.ind.ROC100(self.data, period=self.p.fast_period)
        slow = bt.ind.ROC100(self.data, period=self.p.slow_period)
        self.lines.coppock = bt.ind.WMA(fast + slow, period=self.p.average_period)
