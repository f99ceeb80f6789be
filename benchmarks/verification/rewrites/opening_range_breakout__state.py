"""The range of the first half hour and the day's trade kept as state of the day."""

import datetime

import backtrader as bt


class FirstHalfHour(bt.Strategy):
    params = (("minutes", 30),)

    def __init__(self):
        self.today = None

    def new_day(self, now):
        self.today, self.began = now.date(), now
        self.top, self.bottom = self.data.high[0], self.data.low[0]
        self.traded = self.ended = False

    def next(self):
        now = self.data.datetime.datetime(0)
        if now.date() != self.today:
            self.new_day(now)
        elif now - self.began < datetime.timedelta(minutes=self.p.minutes):
            self.top = max(self.top, self.data.high[0])
            self.bottom = min(self.bottom, self.data.low[0])
        known = now - self.began >= datetime.timedelta(minutes=self.p.minutes)
        ends = not self.ended and now.time() >= datetime.time(15, 50)
        self.ended = self.ended or ends
        above = known and self.data.close[0] > self.top
        below = known and self.data.close[0] < self.bottom
        held = self.position.size
        out = (held > 0 and (below or ends)) or (held < 0 and (above or ends))
        if out:
            self.close()
        in_hours = datetime.time(10, 0) <= now.time().replace(second=0) < datetime.time(15, 0)
        if self.traded or not in_hours:
            return
        size = int(self.broker.getvalue() * 0.95 / self.data.close[0])
        if size <= 0:
            return
        if above and (not held or (out and held < 0)):
            self.traded = True
            self.buy(size=size)
        elif below and (not held or (out and held > 0)):
            self.traded = True
            self.sell(size=size)
