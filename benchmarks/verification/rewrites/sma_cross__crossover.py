"""Crossover indicator, positional params."""

import backtrader as bt


class GoldenCross(bt.Strategy):
    params = (("fast", 10), ("slow", 30))

    def __init__(self):
        ma1 = bt.indicators.SimpleMovingAverage(self.datas[0], period=self.params.fast)
        ma2 = bt.indicators.SimpleMovingAverage(self.datas[0], period=self.params.slow)
        self.signal = bt.indicators.CrossOver(ma1, ma2)

    def next(self):
        if self.signal > 0 and not self.position:
            size = int(self.broker.getvalue() * 0.95 / self.data.close[0])
            if size > 0:
                self.buy(size=size)
        elif self.signal < 0 and self.position:
            self.close()
