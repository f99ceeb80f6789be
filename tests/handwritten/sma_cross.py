"""SMA cross by hand: the shortest Backtrader strategy there is."""

import backtrader as bt


class SmaCross(bt.Strategy):
    params = (("fast", 10), ("slow", 30), ("percent", 95.0))

    def __init__(self):
        fast = bt.ind.SMA(period=self.p.fast)
        slow = bt.ind.SMA(period=self.p.slow)
        self.cross = bt.ind.CrossOver(fast, slow)

    def next(self):
        if self.position:
            if self.cross < 0:
                self.close()
        elif self.cross > 0:
            money = self.broker.getvalue() * self.p.percent / 100
            self.buy(size=int(money / self.data.close[0]))
