"""The score from a mean and a deviation that Backtrader works out."""

import backtrader as bt

FEEDS = {"other": {"symbol": "MSFT"}}


class Spread(bt.Strategy):
    params = (("n", 40), ("far", 2.0), ("most", 40))

    def __init__(self):
        other = self.getdatabyname("other")
        ratio = self.data.close / other.close
        self.away = ratio - bt.ind.SMA(ratio, period=self.p.n)
        self.spread = bt.ind.StdDev(ratio, period=self.p.n)
        self.held_for = 0
        self.was = 0

    def next(self):
        held = self.position.size
        side = (held > 0) - (held < 0)
        self.held_for = self.held_for + 1 if side and side == self.was else 0
        self.was = side
        score = self.away[0] / self.spread[0] if self.spread[0] else 0.0
        out = bool(side) and (side * score >= 0 or self.held_for >= self.p.most)
        if out:
            self.close()
        if score < -self.p.far and (not side or (out and side < 0)):
            self.buy(size=self.shares())
        elif score > self.p.far and (not side or (out and side > 0)):
            self.sell(size=self.shares())

    def shares(self):
        return int(max(0.0, self.broker.getvalue()) * 0.95 / self.data.close[0])
