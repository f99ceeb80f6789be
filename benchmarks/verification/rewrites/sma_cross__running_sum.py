"""Running sums instead of averages: the last digit is another."""

import backtrader as bt


class RunningSum(bt.Indicator):
    lines = ("mean",)
    params = (("period", 10),)

    def __init__(self):
        self.addminperiod(self.p.period)
        self.total = None

    def nextstart(self):
        self.total = sum(self.data.get(size=self.p.period))
        self.l.mean[0] = self.total / self.p.period

    def next(self):
        self.total += self.data[0] - self.data[-self.p.period]
        self.l.mean[0] = self.total / self.p.period


class RunningAverages(bt.Strategy):
    def __init__(self):
        fast, slow = RunningSum(self.data.close, period=10), RunningSum(self.data.close, period=30)
        self.cross = bt.ind.CrossOver(fast, slow)

    def next(self):
        if not self.position and self.cross[0] > 0:
            self.buy(size=int(self.broker.getvalue() * 0.95 / self.data.close[0]))
        elif self.position and self.cross[0] < 0:
            self.close()
