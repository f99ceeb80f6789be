"""Becomes part of emitted modules."""

import backtrader as bt


class ChandeMomentumOscillator(bt.Indicator):
    """Rises minus falls of the last values, in percent of all changes."""

    lines = ("cmo",)
    params = {"period": 14}

    def __init__(self):
        rises = bt.ind.SumN(bt.ind.UpDay(self.data), period=self.p.period)
        falls = bt.ind.SumN(bt.ind.DownDay(self.data), period=self.p.period)
        self.lines.cmo = 100 * bt.DivByZero(rises - falls, rises + falls)
