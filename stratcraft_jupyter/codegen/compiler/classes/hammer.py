"""Becomes part of emitted modules."""

import backtrader as bt


class Hammer(bt.Indicator):
    """1 on a small body over a long lower shadow, after a decline."""

    lines = ("found",)
    params = {"body": 0.3, "shadow": 2.0, "other_shadow": 0.1, "trend_bars": 5}

    def __init__(self):
        body = abs(self.data.close - self.data.open)
        length = self.data.high - self.data.low
        upper = self.data.high - bt.Max(self.data.open, self.data.close)
        lower = bt.Min(self.data.open, self.data.close) - self.data.low
        self.lines.found = bt.And(
            body > 0,
            body <= self.p.body * length,
            lower >= self.p.shadow * body,
            upper <= self.p.other_shadow * length,
            self.data.close(-1) < self.data.close(-1 - self.p.trend_bars),
        )
