"""Becomes part of emitted modules."""

import backtrader as bt


class PriceVolumeTrend(bt.Indicator):
    """Volume added up, each bar's share by its relative change of the close."""

    lines = ("value",)

    def __init__(self):
        close = self.data.close
        change = bt.DivByZero(close - close(-1), close(-1))
        self.lines.value = bt.ind.Accum(change * self.data.volume)
