"""Becomes part of emitted modules."""

import backtrader as bt


class Marubozu(bt.Indicator):
    """1 on a candle that is nearly all body."""

    lines = ("found",)
    params = {"body": 0.95, "colour": "either"}

    def __init__(self):
        rise = self.data.close - self.data.open
        body = {"white": rise, "black": -rise, "either": abs(rise)}[self.p.colour]
        length = self.data.high - self.data.low
        self.lines.found = bt.And(length > 0, body >= self.p.body * length)
