"""Opening range breakout by hand: everything about the day is begun anew on its first bar."""

import datetime as dt
import math

import backtrader as bt


class OpeningRangeBreakout(bt.Strategy):
    params = (
        ("minutes", 30),
        ("last_entry", dt.time(15, 0)),
        ("leave_at", dt.time(15, 50)),
        ("percent", 95.0),
    )

    def __init__(self):
        self.date = None

    def next(self):
        now = self.data.datetime.datetime()
        if now.date() != self.date:
            self.date = now.date()
            self.range_ends = now + dt.timedelta(minutes=self.p.minutes)
            self.high, self.low = self.data.high[0], self.data.low[0]
            self.has_traded = self.has_left = False
        if now < self.range_ends:
            self.high = max(self.high, self.data.high[0])
            self.low = min(self.low, self.data.low[0])
        self.trade(now)

    def trade(self, now):
        is_known = now >= self.range_ends
        is_above = is_known and self.data.close[0] > self.high
        is_below = is_known and self.data.close[0] < self.low
        day_ends = now.time() >= self.p.leave_at and not self.has_left
        self.has_left = self.has_left or day_ends

        size = self.position.size
        out = bool(size) and (day_ends or (is_below if size > 0 else is_above))
        if out:
            self.close()
        is_early = dt.time(10, 0) <= now.time() < self.p.last_entry
        if self.has_traded or not is_early:
            return
        if is_above and (not size or (out and size < 0)):
            self.enter(self.buy)
        elif is_below and (not size or (out and size > 0)):
            self.enter(self.sell)

    def enter(self, order):
        equity = max(0, self.broker.getvalue())
        shares = math.floor(equity * self.p.percent / 100 / self.data.close[0])
        self.has_traded = shares > 0
        order(size=shares)
