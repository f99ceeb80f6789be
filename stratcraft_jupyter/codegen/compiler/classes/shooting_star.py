"""Becomes part of emitted modules."""

import backtrader as bt


class ShootingStar(bt.Indicator):
    """1 on a small body under a long upper shadow, after an advance."""

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
            upper >= self.p.shadow * body,
            lower <= self.p.other_shadow * length,
            self.data.close(-1) > self.data.close(-1 - self.p.trend_bars),
        )
