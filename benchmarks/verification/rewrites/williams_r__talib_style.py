"""Helper functions over lists of prices, as with a library of formulas."""

import backtrader as bt


def willr(highs, lows, close):
    high, low = max(highs), min(lows)
    return -100.0 * (high - close) / (high - low) if high > low else -100.0


class Percent(bt.Strategy):
    def __init__(self):
        self.trend = bt.ind.SMA(self.data.close, period=100)
        self.readings = []
        self.bought = None
        self.guard = None

    def prenext(self):
        self.read()

    def read(self):
        if len(self) >= 14:
            high, low = self.data.high.get(size=14), self.data.low.get(size=14)
            self.readings.append(willr(high, low, self.data.close[0]))

    def next(self):
        self.read()
        now = self.readings[-1]
        earlier = next((r for r in reversed(self.readings[:-1]) if r != -80.0), now)
        if not self.position:
            self.guard = self.bought = None
            up = self.data.close[0] > self.trend[0]
            if earlier < -80.0 < now and up:
                self.buy(size=int(self.broker.getvalue() * 0.95 / self.data.close[0]))
            return
        if self.bought is None:
            self.bought = len(self)
        if now > -20 or len(self) - self.bought >= 10:
            if self.guard is not None:
                self.cancel(self.guard)
                self.guard = None
            self.close()
        elif self.guard is None:
            price = self.position.price * 0.95
            self.guard = self.sell(size=self.position.size, exectype=bt.Order.Stop, price=price)
