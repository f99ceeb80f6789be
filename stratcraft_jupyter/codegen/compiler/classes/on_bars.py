"""Becomes part of emitted modules."""

import backtrader as bt


class OnBars(bt.Indicator):
    """Arithmetic as an indicator of its bars: Backtrader waits for it on these."""

    _mindatas = 2
    lines = ("value",)

    def next(self):
        self.lines.value[0] = self.data1[0]

    def once(self, start, end):
        self.lines.value.array[start:end] = self.data1.array[start:end]
