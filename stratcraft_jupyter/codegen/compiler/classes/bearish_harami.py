"""Becomes part of emitted modules."""

import backtrader as bt


class BearishHarami(bt.Indicator):
    """1 on a small black body within the large white one before it."""

    lines = ("found",)
    params = {"body": 0.5}

    def __init__(self):
        opening, close = self.data.open, self.data.close
        body = close - opening
        length = self.data.high - self.data.low
        self.lines.found = bt.And(
            body(-1) > 0,
            body(-1) >= self.p.body * length(-1),
            body < 0,
            opening <= close(-1),
            close >= opening(-1),
            abs(body) < body(-1),
        )
