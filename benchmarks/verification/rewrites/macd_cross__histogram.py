"""The histogram's sign, compared bar by bar."""

import backtrader as bt


class HistogramTurn(bt.Strategy):
    def __init__(self):
        self.histogram = bt.indicators.MACDHisto(self.data.close)
        self.zero_cross = bt.indicators.CrossOver(self.histogram.histo, 0.0)

    def next(self):
        if self.position and self.zero_cross[0] == -1.0:
            self.close()
        if not self.position and self.zero_cross[0] == 1.0 and self.histogram.macd[0] > 0:
            self.buy(size=int(self.broker.getvalue() * 95 / 100 / self.data.close[0]))
