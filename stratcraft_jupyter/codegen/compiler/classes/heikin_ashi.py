"""Becomes part of emitted modules."""

import backtrader as bt


class HeikinAshi(bt.Indicator):
    """Heikin-Ashi bars; unlike bt.ind.HeikinAshi they leave runonce on."""

    lines = ("open", "high", "low", "close")

    def __init__(self):
        self.addminperiod(2)
        data = self.data
        self.mean = (data.open + data.high + data.low + data.close) / 4

    def nextstart(self):
        self.follow((self.data.open[-1] + self.data.close[-1]) / 2)

    def next(self):
        self.follow(self.lines.open[-1])

    def follow(self, earlier_open):
        opened, closed = (earlier_open + self.mean[-1]) / 2, self.mean[0]
        self.lines.open[0] = opened
        self.lines.high[0] = max(self.data.high[0], opened, closed)
        self.lines.low[0] = min(self.data.low[0], opened, closed)
        self.lines.close[0] = closed
