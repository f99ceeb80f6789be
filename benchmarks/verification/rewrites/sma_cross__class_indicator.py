"""A class indicator with both averages."""

import backtrader as bt


class TwoAverages(bt.Indicator):
    lines = ("fast", "slow", "up", "down")
    params = (("short", 10), ("long", 30))

    def __init__(self):
        self.l.fast = bt.ind.SMA(self.data, period=self.p.short)
        self.l.slow = bt.ind.SMA(self.data, period=self.p.long)
        self.l.up = bt.ind.CrossUp(self.l.fast, self.l.slow)
        self.l.down = bt.ind.CrossDown(self.l.fast, self.l.slow)


class Cross(bt.Strategy):
    def __init__(self):
        self.ma = TwoAverages(self.data.close)

    def next(self):
        price = self.data.close[0]
        if self.position:
            if self.ma.down[0]:
                self.order_target_size(target=0)
        elif self.ma.up[0]:
            self.order_target_size(target=int(0.95 * self.broker.getvalue() / price))
