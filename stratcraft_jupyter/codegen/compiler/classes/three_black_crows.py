"""Becomes part of emitted modules."""

import backtrader as bt


class ThreeBlackCrows(bt.Indicator):
    """1 on the third of three long black bars that close lower each time."""

    lines = ("found",)
    params = {"body": 0.5}

    def __init__(self):
        opening, close = self.data.open, self.data.close
        body = opening - close
        is_long = bt.And(
            body > 0, body >= self.p.body * (self.data.high - self.data.low)
        )
        follows = bt.And(
            opening <= opening(-1), opening >= close(-1), close < close(-1)
        )
        self.lines.found = bt.And(
            is_long(-2), is_long(-1), is_long, follows(-1), follows
        )
