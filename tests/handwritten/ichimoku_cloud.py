"""Ichimoku cloud by hand, from the middles of three ranges."""

import backtrader as bt


class IchimokuCloud(bt.Strategy):
    params = (("tenkan", 9), ("kijun", 26), ("senkou", 52), ("shift", 26), ("percent", 95.0))

    def __init__(self):
        self.tenkan, self.kijun = self.middle(self.p.tenkan), self.middle(self.p.kijun)
        self.first_edge = (self.tenkan + self.kijun) / 2
        self.second_edge = self.middle(self.p.senkou)
        # what is looked at lies some days back
        self.addminperiod(self.p.senkou + self.p.shift)

    def middle(self, days):
        high = bt.ind.Highest(self.data.high, period=days)
        return (high + bt.ind.Lowest(self.data.low, period=days)) / 2

    def next(self):
        close, ago = self.data.close[0], -self.p.shift
        if self.position:
            if close < self.kijun[0]:
                self.close()
            return
        is_above = close > self.first_edge[ago] and close > self.second_edge[ago]
        if is_above and self.tenkan[0] > self.kijun[0] and close > self.data.close[ago]:
            self.buy(size=int(self.broker.getvalue() * self.p.percent / 100 / close))
