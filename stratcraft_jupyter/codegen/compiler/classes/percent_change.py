"""Becomes part of emitted modules."""

import backtrader as bt


class PercentChange(bt.Indicator):
    """Relative change; 0 where bt.ind.PercentChange would divide by zero."""

    lines = ("value",)
    params = {"period": 14}

    def __init__(self):
        earlier = self.data(-self.p.period)
        self.lines.value = bt.DivByZero(self.data, earlier, zero=1.0) - 1.0
