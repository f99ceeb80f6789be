"""Becomes part of emitted modules."""

import backtrader as bt


class Latest(bt.Indicator):
    """The last value of a line that moves with other bars, on each of these bars."""

    lines = ("value",)
    params = {"of": None, "bars": None}

    def __init__(self):
        # its first value is on the bar on which the other line has its own
        times, moments = self.data.datetime.array, self.p.bars.datetime.array
        needed = self.p.of._minperiod
        if needed <= len(moments):
            self.addminperiod(sum(time < moments[needed - 1] for time in times) + 1)

    def next(self):
        known = len(self.p.bars)
        self.lines.value[0] = self.p.of[0] if known else float("nan")

    def once(self, start, end):
        times, moments = self.data.datetime.array, self.p.bars.datetime.array
        values, value = self.p.of.array, self.lines.value.array
        known = 0
        for bar in range(start, end):
            while known < len(moments) and moments[known] <= times[bar]:
                known += 1
            value[bar] = values[known - 1] if known else float("nan")
