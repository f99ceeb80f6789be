"""Becomes part of emitted modules."""

import backtrader as bt


class BullishEngulfing(bt.Indicator):
    """1 on a white body round the black one before it."""

    lines = ("found",)

    def __init__(self):
        opening, close = self.data.open, self.data.close
        self.lines.found = bt.And(
            close(-1) < opening(-1),
            close > opening,
            opening <= close(-1),
            close >= opening(-1),
            abs(close - opening) > abs(close(-1) - opening(-1)),
        )
