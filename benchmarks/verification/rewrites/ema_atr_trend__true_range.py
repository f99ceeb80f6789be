"""The average true range as a class of its own."""

import backtrader as bt


class WilderRange(bt.Indicator):
    lines = ("atr",)
    params = (("period", 14),)

    def __init__(self):
        high = bt.Max(self.data.high, self.data.close(-1))
        low = bt.Min(self.data.low, self.data.close(-1))
        self.l.atr = bt.ind.SmoothedMovingAverage(high - low, period=self.p.period)


class TrendWithStop(bt.Strategy):
    def __init__(self):
        self.atr = WilderRange(self.data)
        ema = bt.ind.EMA(self.data.close, period=50)
        self.signal = bt.ind.CrossUp(self.data.close, ema)
        self.sl = None

    def next(self):
        if self.position:
            stop_price = self.data.close[0] - 3.0 * self.atr[0]
            if self.sl is None:
                self.sl = self.close(exectype=bt.Order.Stop, price=stop_price)
            elif stop_price > self.sl.created.price:
                self.cancel(self.sl)
                self.sl = self.close(exectype=bt.Order.Stop, price=stop_price)
        else:
            self.sl = None
            if self.signal[0] == 1:
                self.buy(size=int(self.broker.getvalue() * 0.95 / self.data.close[0]))
