"""Williams %R by hand: a stop, a target zone and a number of days, whichever comes first."""

import backtrader as bt


class WilliamsPercentR(bt.Strategy):
    params = (
        ("period", 14),
        ("trend", 100),
        ("days", 10),
        ("stop_percent", 5.0),
        ("percent", 95.0),
    )

    def __init__(self):
        top = bt.ind.Highest(self.data.high, period=self.p.period)
        bottom = bt.ind.Lowest(self.data.low, period=self.p.period)
        self.percent_r = -100.0 * (top - self.data.close) / (top - bottom)
        self.dip_ends = bt.ind.CrossUp(self.percent_r, -80.0)
        self.trend = bt.ind.SMA(self.data.close, period=self.p.trend)
        self.entry = self.stop_order = self.filled_on = None

    def notify_order(self, order):
        if order.alive():
            return
        if self.entry is not None and order.ref == self.entry.ref:
            self.entry = None
            self.filled_on = len(self)
        elif self.stop_order is not None and order.ref == self.stop_order.ref:
            self.stop_order = None

    def next(self):
        if not self.position:
            if self.dip_ends[0] and self.data.close[0] > self.trend[0]:
                money = self.broker.getvalue() * self.p.percent / 100
                self.entry = self.buy(size=int(money / self.data.close[0]))
        elif self.percent_r[0] > -20.0 or len(self) - self.filled_on >= self.p.days:
            if self.stop_order is not None:
                self.cancel(self.stop_order)
            self.close()
        elif self.stop_order is None:
            self.stop_order = self.sell(
                size=self.position.size,
                exectype=bt.Order.Stop,
                price=self.position.price * (100 - self.p.stop_percent) / 100,
            )
