"""Becomes part of emitted modules."""

import backtrader as bt


class Doji(bt.Indicator):
    """1 on a candle that closes where it opened, or nearly."""

    lines = ("found",)
    params = {"body": 0.1}

    def __init__(self):
        body = abs(self.data.close - self.data.open)
        self.lines.found = body <= self.p.body * (self.data.high - self.data.low)
