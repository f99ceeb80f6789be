"""The cross as a comparison of two bars."""

import backtrader as bt


class TwoBars(bt.Strategy):
    params = (("fast", 10), ("slow", 30))

    def __init__(self):
        self.fast_ma = bt.ind.SMA(self.data.close, period=self.p.fast)
        self.slow_ma = bt.ind.SMA(self.data.close, period=self.p.slow)
        self.first = True

    def next(self):
        if self.first:  # there is no bar before yet
            self.first = False
            return
        above_now = self.fast_ma[0] > self.slow_ma[0]
        below_now = self.fast_ma[0] < self.slow_ma[0]
        if not self.position:
            if above_now and self.fast_ma[-1] <= self.slow_ma[-1]:
                self.buy(size=int(self.broker.getvalue() * 0.95 / self.data.close[0]))
        elif below_now and self.fast_ma[-1] >= self.slow_ma[-1]:
            self.close()
