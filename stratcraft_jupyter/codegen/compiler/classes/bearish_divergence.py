"""Becomes part of emitted modules."""

import backtrader as bt


class BearishDivergence(bt.Indicator):
    """1 where a higher swing high of the price with a lower oscillator is confirmed."""

    _mindatas = 2
    lines = ("found",)
    params = {"swing_bars": 3, "max_bars": 60}

    def __init__(self):
        self.addminperiod(2 * self.p.swing_bars + 1)
        # copies: if both are one line, Backtrader would move it on twice
        self.price, self.oscillator = self.data0(0), self.data1(0)
        self.swing = None  # bar, price and oscillator of the last swing high

    def next(self):
        self.lines.found[0] = False
        side = self.p.swing_bars
        prices = self.price.get(size=2 * side + 1)
        high = prices[side]
        if not (high > max(prices[:side]) and high >= max(prices[side + 1 :])):
            return
        bar, oscillator = len(self) - side, self.oscillator[-side]
        if self.swing is not None and bar - self.swing[0] <= self.p.max_bars:
            self.lines.found[0] = high > self.swing[1] and oscillator < self.swing[2]
        self.swing = bar, high, oscillator
