"""Becomes part of emitted modules."""

import backtrader as bt


class Fractal(bt.Indicator):
    """Highs above, and lows below, all others on both sides, once these are known."""

    lines = ("upper", "lower", "new_upper", "new_lower")
    params = {"side": 2}

    def __init__(self):
        self.addminperiod(2 * self.p.side + 1)

    def next(self):
        side = self.p.side
        upper, lower = self.data.high[-side], self.data.low[-side]
        others = [ago for ago in range(2 * side + 1) if ago != side]
        is_upper = all(self.data.high[-ago] < upper for ago in others)
        is_lower = all(self.data.low[-ago] > lower for ago in others)
        self.lines.upper[0] = upper if is_upper else self.lines.upper[-1]
        self.lines.lower[0] = lower if is_lower else self.lines.lower[-1]
        self.lines.new_upper[0] = is_upper
        self.lines.new_lower[0] = is_lower
