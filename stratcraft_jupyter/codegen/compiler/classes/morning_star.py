"""Becomes part of emitted modules."""

import backtrader as bt


class MorningStar(bt.Indicator):
    """1 on the third of a long black bar, a small one, and a white one back to half."""

    lines = ("found",)
    params = {"body": 0.5, "star": 0.3}

    def __init__(self):
        opening, close = self.data.open, self.data.close
        body = opening - close
        length = self.data.high - self.data.low
        middle = (opening + close) / 2
        self.lines.found = bt.And(
            body(-2) > 0,
            body(-2) >= self.p.body * length(-2),
            abs(body(-1)) <= self.p.star * body(-2),
            bt.Max(opening(-1), close(-1)) < middle(-2),
            body < 0,
            close > middle(-2),
        )
