"""Donchian turtle by hand: `next` looks after everything, the stop included."""

import math

import backtrader as bt


class DonchianTurtle(bt.Strategy):
    params = (
        ("entry", 20),
        ("exit", 10),
        ("atr", 20),
        ("multiple", 2.0),
        ("risk_percent", 1.0),
        ("max_percent", 95.0),
    )

    def __init__(self):
        self.entry_high = bt.ind.Highest(self.data.high, period=self.p.entry)
        self.entry_low = bt.ind.Lowest(self.data.low, period=self.p.entry)
        self.exit_high = bt.ind.Highest(self.data.high, period=self.p.exit)
        self.exit_low = bt.ind.Lowest(self.data.low, period=self.p.exit)
        self.atr = bt.ind.ATR(period=self.p.atr)
        self.distance = None
        self.protection = None

    def notify_order(self, order):
        if order.alive() or self.protection is None:
            return
        if order.ref == self.protection.ref:
            self.protection = None

    def next(self):
        close = self.data.close[0]
        size = self.position.size
        out = (size > 0 and close < self.exit_low[-1]) or (size < 0 and close > self.exit_high[-1])

        if out:
            if self.protection is not None:
                self.cancel(self.protection)
            self.close()
        elif size and self.protection is None:
            self.protect()

        # the other side may be entered on the close that leaves this one
        if close > self.entry_high[-1] and (size == 0 or (size < 0 and out)):
            self.enter(self.buy)
        elif close < self.entry_low[-1] and (size == 0 or (size > 0 and out)):
            self.enter(self.sell)

    def enter(self, order):
        self.distance = self.p.multiple * self.atr[0]
        equity = self.broker.getvalue()
        by_risk = equity * self.p.risk_percent / 100 / self.distance
        by_cash = equity * self.p.max_percent / 100 / self.data.close[0]
        order(size=max(0, math.floor(min(by_risk, by_cash))))

    def protect(self):
        # position.price is the fill price: a position is opened by one order only
        size, price = self.position.size, self.position.price
        if size > 0:
            self.protection = self.sell(
                size=size, exectype=bt.Order.Stop, price=price - self.distance
            )
        else:
            self.protection = self.buy(
                size=-size, exectype=bt.Order.Stop, price=price + self.distance
            )
