"""Becomes part of emitted modules."""

import backtrader as bt


class FirstBarAt(bt.Indicator):
    """1 on the first bar of each date at or after a time of the day."""

    lines = ("found",)
    params = {"at_time": "15:55"}

    def __init__(self):
        self.found_on = None  # the last date with such a bar

    def next(self):
        date = self.data.datetime.date()
        time = self.data.datetime.time().strftime("%H:%M")
        self.lines.found[0] = time >= self.p.at_time and date != self.found_on
        if self.lines.found[0]:
            self.found_on = date
