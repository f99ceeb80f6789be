"""The bands are kept in the strategy itself, without an indicator of its own."""

import backtrader as bt


class TurnsWithTheTrend(bt.Strategy):
    def __init__(self):
        self.atr = bt.ind.ATR(self.data, period=10)
        self.ceiling = self.floor = None
        self.up = True

    def next(self):
        mid = 0.5 * (self.data.high[0] + self.data.low[0])
        top, bottom = mid + 3.0 * self.atr[0], mid - 3.0 * self.atr[0]
        close = self.data.close[0]
        if self.ceiling is None:
            self.ceiling, self.floor = top, bottom
            self.up = close >= mid
        else:
            last = self.data.close[-1]
            self.ceiling = top if last > self.ceiling else min(top, self.ceiling)
            self.floor = bottom if last < self.floor else max(bottom, self.floor)
            if self.up and close < self.floor:
                self.up = False
            elif not self.up and close > self.ceiling:
                self.up = True
        side = 1 if self.up else -1
        if self.position.size * side > 0:
            return
        if self.position:
            self.close()
        size = int(0.95 * self.broker.getvalue() / close)
        if size > 0:
            (self.buy if self.up else self.sell)(size=size)
