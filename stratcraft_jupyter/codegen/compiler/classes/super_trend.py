"""Becomes part of emitted modules."""

import backtrader as bt


class SuperTrend(bt.Indicator):
    """Level that trails the price by true ranges and changes sides when crossed."""

    lines = ("value", "direction")
    params = {"period": 10, "multiple": 3.0}

    def __init__(self):
        self.addminperiod(self.p.period + 1)
        distance = self.p.multiple * bt.ind.ATR(self.data, period=self.p.period)
        self.middle = (self.data.high + self.data.low) / 2
        self.above = self.middle + distance
        self.below = self.middle - distance

    def nextstart(self):
        self.upper, self.lower = self.above[0], self.below[0]
        self.rising = self.data.close[0] >= self.middle[0]
        self.show()

    def next(self):
        close, before = self.data.close[0], self.data.close[-1]
        if self.above[0] < self.upper or before > self.upper:
            self.upper = self.above[0]
        if self.below[0] > self.lower or before < self.lower:
            self.lower = self.below[0]
        self.rising = close >= self.lower if self.rising else close > self.upper
        self.show()

    def show(self):
        self.lines.value[0] = self.lower if self.rising else self.upper
        self.lines.direction[0] = 1 if self.rising else -1
