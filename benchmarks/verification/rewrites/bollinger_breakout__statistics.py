"""Bands from the statistics of the last closes."""

import math
import statistics

import backtrader as bt


class Bands(bt.Indicator):
    lines = ("top", "mid", "bot")
    params = (("period", 20), ("width", 2.0))

    def __init__(self):
        self.addminperiod(self.p.period)

    def next(self):
        closes = self.data.get(size=self.p.period)
        mean = math.fsum(closes) / self.p.period
        deviation = statistics.pstdev(closes)
        self.l.mid[0] = mean
        self.l.top[0] = mean + self.p.width * deviation
        self.l.bot[0] = mean - self.p.width * deviation


class StatisticsBreakout(bt.Strategy):
    def __init__(self):
        bands = Bands(self.data.close)
        self.top = bt.ind.CrossOver(self.data.close, bands.top)
        self.mid = bt.ind.CrossOver(self.data.close, bands.mid)
        self.bot = bt.ind.CrossOver(self.data.close, bands.bot)

    def next(self):
        held = self.position.size
        leave = (held > 0 and self.mid[0] < 0) or (held < 0 and self.mid[0] > 0)
        if leave:
            self.close()
        shares = int(max(self.broker.getvalue(), 0) * 0.95 / self.data.close[0])
        if self.top[0] > 0 and held <= 0 and (not held or leave):
            self.buy(size=shares)
        elif self.bot[0] < 0 and held >= 0 and (not held or leave):
            self.sell(size=shares)
