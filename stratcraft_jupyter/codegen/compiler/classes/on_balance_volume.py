"""Becomes part of emitted modules."""

import backtrader as bt


class OnBalanceVolume(bt.Indicator):
    """Volume of bars that closed higher less volume of bars that closed lower."""

    lines = ("value",)

    def __init__(self):
        close, volume = self.data.close, self.data.volume
        falls = bt.If(close < close(-1), -volume, 0.0)
        self.lines.value = bt.ind.Accum(bt.If(close > close(-1), volume, falls))
