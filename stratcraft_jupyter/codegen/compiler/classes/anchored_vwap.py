"""Becomes part of emitted modules."""

import backtrader as bt


class AnchoredVwap(bt.Indicator):
    """Typical price weighted by volume, from the first bar of the session on."""

    lines = ("value",)
    params = {"anchor": "session"}

    def __init__(self):
        self.span = None
        self.turnover = self.volume = 0.0

    def next(self):
        day = self.data.datetime.date(0)
        span = {
            "session": day,
            "week": day.isocalendar()[:2],
            "month": (day.year, day.month),
            "year": day.year,
        }[self.p.anchor]
        if span != self.span:
            self.span, self.turnover, self.volume = span, 0.0, 0.0
        volume = self.data.volume[0]
        price = (self.data.high[0] + self.data.low[0] + self.data.close[0]) / 3
        self.turnover += price * volume
        self.volume += volume
        self.lines.value[0] = self.turnover / self.volume if self.volume else price
