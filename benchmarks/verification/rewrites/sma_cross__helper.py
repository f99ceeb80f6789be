"""Averages by hand from the last closes."""

import math

import backtrader as bt


def average(values):
    return math.fsum(values) / len(values)


class HandMadeAverages(bt.Strategy):
    params = (("fast", 10), ("slow", 30))

    def __init__(self):
        self.above = None

    def look(self):
        closes = list(self.data.close.get(size=self.p.slow))
        fast, slow = average(closes[-self.p.fast :]), average(closes)
        if fast != slow:
            self.above = fast > slow

    def next(self):
        if len(self) < self.p.slow:
            return
        before = self.above
        self.look()
        if not self.position:
            if before is False and self.above:
                money = self.broker.getvalue() * 95.0 / 100.0
                self.buy(size=math.floor(money / self.data.close[0]))
        elif before and not self.above:
            self.close()
