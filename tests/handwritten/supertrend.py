"""SuperTrend by hand: the bands are kept in `next`, only the ATR is an indicator."""

import math

import backtrader as bt


class SuperTrendTurns(bt.Strategy):
    params = (("period", 10), ("multiple", 3.0), ("percent", 95.0))

    def __init__(self):
        self.atr = bt.ind.ATR(period=self.p.period)
        self.is_rising = None
        self.upper = self.lower = None

    def next(self):
        self.follow()
        size = self.position.size
        out = size and (size > 0) != self.is_rising
        if out:
            self.close()
        if out or not size:
            equity = max(0, self.broker.getvalue())
            shares = math.floor(equity * self.p.percent / 100 / self.data.close[0])
            (self.buy if self.is_rising else self.sell)(size=shares)

    def follow(self):
        close, middle = self.data.close[0], (self.data.high[0] + self.data.low[0]) / 2
        reach = self.p.multiple * self.atr[0]
        upper, lower = middle + reach, middle - reach
        if self.is_rising is None:
            self.upper, self.lower, self.is_rising = upper, lower, close >= middle
            return
        before = self.data.close[-1]
        self.upper = upper if before > self.upper else min(upper, self.upper)
        self.lower = lower if before < self.lower else max(lower, self.lower)
        if self.is_rising and close < self.lower:
            self.is_rising = False
        elif not self.is_rising and close > self.upper:
            self.is_rising = True
