"""Cancels and sends the stop on every bar, never lower."""

import backtrader as bt


class RenewedTrail(bt.Strategy):
    def __init__(self):
        self.average = bt.ind.ExponentialMovingAverage(period=50)
        self.range = bt.ind.AverageTrueRange(period=14)
        self.rises = bt.ind.CrossUp(self.data.close, self.average)
        self.protection = None
        self.price = float("-inf")

    def notify_order(self, order):
        if order.status == order.Completed and order.issell():
            self.protection, self.price = None, float("-inf")

    def next(self):
        if self.position.size > 0:
            self.price = max(self.price, self.data.close[0] - 3 * self.range[0])
            if self.protection is not None:
                self.broker.cancel(self.protection)
            self.protection = self.close(exectype=bt.Order.Stop, price=self.price)
        elif self.rises[0]:
            self.price = float("-inf")
            money = self.broker.getvalue() * 95 / 100
            self.buy(size=int(money / self.data.close[0]))
