"""Becomes part of emitted modules."""

import backtrader as bt


class HeikinAshiDelta(bt.Indicator):
    """Body of the Heikin-Ashi bar, close less open, and an average of it."""

    lines = ("delta", "smoothed")
    params = {"period": 3, "convert": True}

    def __init__(self):
        bars = HeikinAshi(self.data) if self.p.convert else self.data
        self.lines.delta = delta = bars.close - bars.open
        self.lines.smoothed = bt.ind.SMA(delta, period=self.p.period)
