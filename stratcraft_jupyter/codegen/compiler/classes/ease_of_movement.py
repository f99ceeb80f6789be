"""Becomes part of emitted modules."""

import backtrader as bt


class EaseOfMovement(bt.Indicator):
    """How far the middle of the bar moves for the volume it takes, averaged."""

    lines = ("value",)
    params = {"period": 14, "divisor": 10000.0}

    def __init__(self):
        high, low = self.data.high, self.data.low
        middle = (high + low) / 2
        moved = (middle - middle(-1)) * (high - low) * self.p.divisor
        ease = bt.DivByZero(moved, self.data.volume)
        self.lines.value = bt.ind.SMA(ease, period=self.p.period)
