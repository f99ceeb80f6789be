"""EMA cross with an ADX filter by hand: the filter holds back entries, not exits."""

import backtrader as bt


class AdxEmaCross(bt.Strategy):
    params = (("fast", 12), ("slow", 26), ("adx", 14), ("strong", 25.0), ("percent", 95.0))

    def __init__(self):
        self.fast = bt.ind.EMA(period=self.p.fast)
        self.slow = bt.ind.EMA(period=self.p.slow)
        self.cross = bt.ind.CrossOver(self.fast, self.slow)
        self.adx = bt.ind.AverageDirectionalMovementIndex(period=self.p.adx)

    def next(self):
        if self.position:
            if self.cross[0] < 0:
                self.close()
        elif self.fast[0] > self.slow[0] and self.adx[0] > self.p.strong:
            money = self.broker.getvalue() * self.p.percent / 100
            self.buy(size=int(money / self.data.close[0]))
