"""Cross worked out in next, size with floor division."""

import backtrader as bt


class SmaCrossLogic(bt.Strategy):
    params = dict(fast=10, slow=30, stake=0.95)

    def __init__(self):
        self.fast = bt.ind.SMA(self.data, period=self.p.fast)
        self.slow = bt.ind.SMA(self.data, period=self.p.slow)
        self.was_above = None
        self.order = None

    def prenext(self):
        if len(self) >= self.p.slow:
            self.remember()

    def remember(self):
        difference = self.fast[0] - self.slow[0]
        if difference != 0:
            self.was_above = difference > 0

    def next(self):
        before = self.was_above
        self.remember()
        up = before is False and self.was_above is True
        down = before is True and self.was_above is False
        if self.position.size == 0 and up:
            cash_to_use = self.broker.get_value() * self.p.stake
            self.order = self.buy(size=cash_to_use // self.data.close[0])
        elif self.position.size > 0 and down:
            self.order = self.sell(size=self.position.size)
