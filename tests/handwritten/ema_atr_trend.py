"""EMA trend by hand: the trailing stop is the only exit, cancelled and sent anew to move it."""

import backtrader as bt


class EmaAtrTrend(bt.Strategy):
    params = (("trend", 50), ("atr", 14), ("multiple", 3.0), ("percent", 95.0))

    def __init__(self):
        self.trend = bt.ind.EMA(self.data.close, period=self.p.trend)
        self.atr = bt.ind.ATR(self.data, period=self.p.atr)
        self.cross = bt.ind.CrossUp(self.data.close, self.trend)
        self.trail = None
        self.level = float("-inf")

    def notify_order(self, order):
        if self.trail is not None and order.ref == self.trail.ref and not order.alive():
            self.trail = None

    def next(self):
        if self.position:
            self.follow()
        elif self.cross[0]:
            self.level = float("-inf")
            wanted = self.broker.getvalue() * self.p.percent / 100
            self.buy(size=int(wanted / self.data.close[0]))

    def follow(self):
        level = self.data.close[0] - self.p.multiple * self.atr[0]
        if level <= self.level:
            return
        self.level = level
        if self.trail is not None:
            self.cancel(self.trail)
        self.trail = self.sell(size=self.position.size, exectype=bt.Order.Stop, price=level)
