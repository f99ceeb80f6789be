"""Becomes part of emitted modules."""

import backtrader as bt


class DemarkPivot(bt.Indicator):
    """DeMark's levels; those of bt.ind.DemarkPivotPoint are wrong without runonce."""

    lines = ("pivot", "support", "resistance")

    def __init__(self):
        high, low = self.data.high, self.data.low
        opened, close = self.data.open, self.data.close
        fell, rose = high + 2.0 * low + close, 2.0 * high + low + close
        level = high + low + 2.0 * close
        total = bt.If(close < opened, fell, bt.If(close > opened, rose, level))
        self.lines.pivot = total / 4.0
        self.lines.support = total / 2.0 - high
        self.lines.resistance = total / 2.0 - low
