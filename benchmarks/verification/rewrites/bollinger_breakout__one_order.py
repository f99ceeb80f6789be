"""Turns with a single order."""

import backtrader as bt


class OneOrder(bt.Strategy):
    def __init__(self):
        b = bt.ind.BBands(self.data.close, period=20, devfactor=2)
        self.c_top = bt.ind.CrossUp(self.data.close, b.top)
        self.c_bot = bt.ind.CrossDown(self.data.close, b.bot)
        self.c_mid = bt.ind.CrossOver(self.data.close, b.mid)

    def next(self):
        held = self.position.size
        target = held
        if held > 0 and self.c_mid[0] < 0 or held < 0 and self.c_mid[0] > 0:
            target = 0
        shares = int(max(0, self.broker.getvalue()) * 0.95 / self.data.close[0])
        if self.c_top[0] and held <= 0 and target == 0:
            target = shares
        elif self.c_bot[0] and held >= 0 and target == 0:
            target = -shares
        if target > held:
            if held < 0:
                self.buy(size=-held)
            if target:
                self.buy(size=target)
        elif target < held:
            if held > 0:
                self.sell(size=held)
            if target:
                self.sell(size=-target)
