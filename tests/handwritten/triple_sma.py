"""Triple SMA by hand: the order of three averages is all there is."""

import math

import backtrader as bt


class TripleSma(bt.Strategy):
    params = (("fast", 4), ("middle", 9), ("slow", 18), ("percent", 95.0))

    def __init__(self):
        periods = (self.p.fast, self.p.middle, self.p.slow)
        self.averages = [bt.ind.SMA(period=period) for period in periods]

    def next(self):
        fast, middle, slow = (average[0] for average in self.averages)
        size = self.position.size
        out = (size > 0 and fast < middle) or (size < 0 and fast > middle)
        if out:
            self.close()
        if fast > middle > slow and (size == 0 or (out and size < 0)):
            self.buy(size=self.shares())
        elif fast < middle < slow and (size == 0 or (out and size > 0)):
            self.sell(size=self.shares())

    def shares(self):
        equity = max(0, self.broker.getvalue())
        return math.floor(equity * self.p.percent / 100 / self.data.close[0])
