"""Backtrader's own %R and a count of bars."""

import backtrader as bt


class DipBuyer(bt.Strategy):
    params = (("days", 10), ("stop", 5.0))

    def __init__(self):
        self.r = bt.ind.WilliamsR(self.data, period=14)
        self.leaves_zone = bt.ind.CrossUp(self.r, -80.0)
        self.sma = bt.ind.SMA(self.data.close, period=100)
        self.bars_held = 0
        self.stop_order = None

    def next(self):
        if not self.position:
            self.stop_order = None
            self.bars_held = 0
            if self.leaves_zone[0] and self.data.close[0] > self.sma[0]:
                self.buy(size=int(self.broker.getvalue() * 0.95 / self.data.close[0]))
            return
        if self.r[0] > -20 or self.bars_held >= self.p.days:
            if self.stop_order:
                self.cancel(self.stop_order)
            self.stop_order = None
            self.close()
        elif self.stop_order is None:
            price = self.position.price * (1 - self.p.stop / 100)
            self.stop_order = self.sell(
                size=self.position.size, exectype=bt.Order.Stop, price=price
            )
        self.bars_held += 1
