"""Becomes part of emitted modules."""

import backtrader as bt


class BullishDivergence(bt.Indicator):
    """1 where a lower swing low of the price with a higher oscillator is confirmed."""

    _mindatas = 2
    lines = ("found",)
    params = {"swing_bars": 3, "max_bars": 60}

    def __init__(self):
        self.addminperiod(2 * self.p.swing_bars + 1)
        # copies: if both are one line, Backtrader would move it on twice
        self.price, self.oscillator = self.data0(0), self.data1(0)
        self.swing = None  # bar, price and oscillator of the last swing low

    def next(self):
        self.lines.found[0] = False
        side = self.p.swing_bars
        prices = self.price.get(size=2 * side + 1)
        low = prices[side]
        if not (low < min(prices[:side]) and low <= min(prices[side + 1 :])):
            return
        bar, oscillator = len(self) - side, self.oscillator[-side]
        if self.swing is not None and bar - self.swing[0] <= self.p.max_bars:
            self.lines.found[0] = low < self.swing[1] and oscillator > self.swing[2]
        self.swing = bar, low, oscillator
