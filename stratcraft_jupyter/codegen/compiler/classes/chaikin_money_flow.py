"""Becomes part of emitted modules."""

import backtrader as bt


class ChaikinMoneyFlow(bt.Indicator):
    """Share of the volume that closed near the high, less that near the low."""

    lines = ("value",)
    params = {"period": 20}

    def __init__(self):
        high, low, close = self.data.high, self.data.low, self.data.close
        place = bt.DivByZero((close - low) - (high - close), high - low)
        flow = bt.ind.SumN(place * self.data.volume, period=self.p.period)
        volume = bt.ind.SumN(self.data.volume, period=self.p.period)
        self.lines.value = bt.DivByZero(flow, volume)
