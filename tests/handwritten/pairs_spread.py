"""Pairs spread by hand: the partner's bars are a second feed, the z-score is worked out here."""

import math
import statistics

import backtrader as bt


class PairsSpread(bt.Strategy):
    params = (("days", 40), ("far", 2.0), ("limit", 40), ("percent", 95.0))

    def __init__(self):
        self.ratios = []
        self.entry = self.filled_on = None

    def notify_order(self, order):
        if self.entry is not None and order.ref == self.entry.ref and not order.alive():
            self.entry = None
            if order.status == order.Completed:
                self.filled_on = len(self)

    def next(self):
        self.ratios.append(self.data0.close[0] / self.data1.close[0])
        window = self.ratios[-self.p.days :]
        if len(window) < self.p.days:
            return
        score = (window[-1] - statistics.fmean(window)) / statistics.pstdev(window)
        size = self.position.size
        is_old = bool(size) and len(self) - self.filled_on >= self.p.limit
        is_back = (size > 0 and score >= 0) or (size < 0 and score <= 0)
        if is_old or is_back:
            self.close()
        if score < -self.p.far and (not size or (size < 0 and (is_old or is_back))):
            self.entry = self.buy(size=self.shares())
        elif score > self.p.far and (not size or (size > 0 and (is_old or is_back))):
            self.entry = self.sell(size=self.shares())

    def shares(self):
        equity = max(0, self.broker.getvalue())
        return math.floor(equity * self.p.percent / 100 / self.data.close[0])
