"""Becomes part of emitted modules."""

import backtrader as bt


class Constant(bt.Indicator):
    """The same number on each of its bars."""

    lines = ("value",)
    params = {"number": 0.0}

    def __init__(self):
        self.lines.value = self.data.close * 0 + self.p.number
