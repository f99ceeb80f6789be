"""MACD from its averages."""

import backtrader as bt


class MacdFromAverages(bt.Strategy):
    def __init__(self):
        fast = bt.ind.ExponentialMovingAverage(self.data.close, period=12)
        slow = bt.ind.ExponentialMovingAverage(self.data.close, period=26)
        self.macd_line = fast - slow
        self.signal_line = bt.ind.EMA(self.macd_line, period=9)
        self.crossed = bt.ind.CrossOver(self.macd_line, self.signal_line)

    def next(self):
        price = self.data.close[0]
        if self.position:
            if self.crossed[0] < 0:
                self.close()
            return
        if self.crossed[0] > 0 and self.macd_line[0] > 0.0:
            shares = int(self.broker.getvalue() * 0.95 / price)
            if shares:
                self.buy(size=shares)
