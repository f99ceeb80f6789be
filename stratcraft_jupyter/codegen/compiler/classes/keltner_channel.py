"""Becomes part of emitted modules."""

import backtrader as bt


class KeltnerChannel(bt.Indicator):
    """Exponential average of the close with bands some average true ranges away."""

    lines = ("upper", "middle", "lower")
    params = {"period": 20, "atr_period": 20, "multiple": 2.0}

    def __init__(self):
        middle = bt.ind.EMA(self.data.close, period=self.p.period)
        distance = self.p.multiple * bt.ind.ATR(self.data, period=self.p.atr_period)
        self.lines.upper = middle + distance
        self.lines.middle = middle
        self.lines.lower = middle - distance
