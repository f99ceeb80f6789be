"""Trend with a volatility target by hand: the size is worked out from the last closes."""

import itertools
import math
import statistics

import backtrader as bt


class VolatilityTargetTrend(bt.Strategy):
    params = (("fast", 16), ("slow", 64), ("days", 36), ("target", 20.0), ("most", 95.0))

    def __init__(self):
        self.fast = bt.ind.EMA(period=self.p.fast)
        self.slow = bt.ind.EMA(period=self.p.slow)

    def next(self):
        trend = self.fast[0] - self.slow[0]
        size = self.position.size
        out = size * trend < 0
        if out:
            self.close()
        if trend and (out or not size):
            (self.buy if trend > 0 else self.sell)(size=self.shares())

    def shares(self):
        closes = self.data.close.get(size=self.p.days + 1)
        changes = [b / a - 1 for a, b in itertools.pairwise(closes)]
        yearly = statistics.pstdev(changes) * math.sqrt(252) * 100
        percent = min(self.p.target / yearly * 100, self.p.most)
        equity = max(0, self.broker.getvalue())
        return math.floor(equity * percent / 100 / self.data.close[0])
