"""Becomes part of emitted modules."""

import backtrader as bt


class DirectionalIndex(bt.Indicator):
    """ADX, +DI and -DI as Wilder's; 0 instead of a division by zero."""

    lines = ("adx", "plus", "minus")
    params = {"period": 14}

    def __init__(self):
        up = self.data.high - self.data.high(-1)
        down = self.data.low(-1) - self.data.low
        rises = bt.If(bt.And(up > down, up > 0), up, 0.0)
        falls = bt.If(bt.And(down > up, down > 0), down, 0.0)
        atr = bt.ind.ATR(self.data, period=self.p.period)
        plus = 100 * bt.DivByZero(bt.ind.SMMA(rises, period=self.p.period), atr)
        minus = 100 * bt.DivByZero(bt.ind.SMMA(falls, period=self.p.period), atr)
        dx = bt.DivByZero(abs(plus - minus), plus + minus)
        self.lines.plus = plus
        self.lines.minus = minus
        self.lines.adx = 100 * bt.ind.SMMA(dx, period=self.p.period)
