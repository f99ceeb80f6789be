"""Becomes part of emitted modules."""

import backtrader as bt


class OpeningRange(bt.Indicator):
    """High and low of the first minutes of each day; missing until these are over."""

    lines = ("high", "low")
    params = {"minutes": 30}

    def __init__(self):
        self.day = None

    def next(self):
        time = self.data.datetime.datetime()
        if time.date() != self.day:
            self.day, self.begin = time.date(), time
            self.top, self.bottom = float("-inf"), float("inf")
        is_over = (time - self.begin).total_seconds() >= 60 * self.p.minutes
        if not is_over:
            self.top = max(self.top, self.data.high[0])
            self.bottom = min(self.bottom, self.data.low[0])
        self.lines.high[0] = self.top if is_over else float("nan")
        self.lines.low[0] = self.bottom if is_over else float("nan")
