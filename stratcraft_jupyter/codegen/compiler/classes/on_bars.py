"""Becomes part of emitted modules."""

import backtrader as bt


class OnBars(bt.Indicator):
    """Arithmetic as an indicator of its bars: Backtrader waits for it on these."""

    _mindatas = 2
    lines = ("value",)

    def __init__(self):
        self.lines.value = self.data1
