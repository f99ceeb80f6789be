"""Becomes part of emitted modules."""

import backtrader as bt


class RollingVwap(bt.Indicator):
    """Typical price of the last bars, weighted by volume."""

    lines = ("value",)
    params = {"period": 20}

    def __init__(self):
        price = (self.data.high + self.data.low + self.data.close) / 3
        turnover = bt.ind.SumN(price * self.data.volume, period=self.p.period)
        volume = bt.ind.SumN(self.data.volume, period=self.p.period)
        self.lines.value = bt.If(volume, bt.DivByZero(turnover, volume), price)
