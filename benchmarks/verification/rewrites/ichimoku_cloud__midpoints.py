"""The lines worked out from highest highs and lowest lows."""

import backtrader as bt


def midpoint(data, bars):
    return (bt.ind.Highest(data.high, period=bars) + bt.ind.Lowest(data.low, period=bars)) / 2.0


class CloudRider(bt.Strategy):
    def __init__(self):
        tenkan, kijun = midpoint(self.data, 9), midpoint(self.data, 26)
        self.kijun = kijun
        span_a = (tenkan + kijun) / 2.0
        span_b = midpoint(self.data, 52)
        cloud = bt.Max(span_a(-26), span_b(-26))
        close = self.data.close
        self.ready = bt.And(close > cloud, tenkan > kijun, close > close(-26))
        self.gone = close < kijun

    def next(self):
        if self.position:
            if self.gone[0]:
                self.close()
        elif self.ready[0]:
            self.buy(size=int(self.broker.getvalue() * 95 / 100 / self.data.close[0]))
