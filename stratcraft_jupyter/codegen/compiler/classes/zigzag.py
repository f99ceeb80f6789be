"""Becomes part of emitted modules."""

import backtrader as bt


class Zigzag(bt.Indicator):
    """Turning points between moves of a percentage, once a move is that large."""

    lines = ("pivot", "high", "low", "direction")
    params = {"percent": 5.0}

    def __init__(self):
        self.top, self.bottom = float("-inf"), float("inf")
        self.turn = self.last_high = self.last_low = float("nan")
        self.way = 0

    def next(self):
        value, share = self.data[0], self.p.percent / 100
        self.top, self.bottom = max(self.top, value), min(self.bottom, value)
        if self.way >= 0 and value < self.top - share * abs(self.top):
            self.turn = self.last_high = self.top
            self.way, self.bottom = -1, value
        elif self.way <= 0 and value > self.bottom + share * abs(self.bottom):
            self.turn = self.last_low = self.bottom
            self.way, self.top = 1, value
        self.lines.pivot[0] = self.turn
        self.lines.high[0] = self.last_high
        self.lines.low[0] = self.last_low
        self.lines.direction[0] = self.way
