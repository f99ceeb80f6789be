"""Becomes part of emitted modules."""

import backtrader as bt


class BollingerPercent(bt.Indicator):
    """Place of the price in its Bollinger bands, and their width against the middle."""

    lines = ("percent", "bandwidth")
    params = {"period": 20, "devfactor": 2.0}

    def __init__(self):
        bands = bt.ind.BollingerBands(
            self.data, period=self.p.period, devfactor=self.p.devfactor
        )
        width = bands.top - bands.bot
        self.lines.percent = bt.DivByZero(self.data - bands.bot, width, zero=0.5)
        self.lines.bandwidth = bt.DivByZero(width, bands.mid)
