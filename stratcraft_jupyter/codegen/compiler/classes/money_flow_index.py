"""Becomes part of emitted modules."""

import backtrader as bt


class MoneyFlowIndex(bt.Indicator):
    """Turnover of bars that rose as a percentage of the turnover of all that moved."""

    lines = ("value",)
    params = {"period": 14}

    def __init__(self):
        price = (self.data.high + self.data.low + self.data.close) / 3
        flow = price * self.data.volume
        rises = bt.ind.SumN(bt.If(price > price(-1), flow, 0.0), period=self.p.period)
        falls = bt.ind.SumN(bt.If(price < price(-1), flow, 0.0), period=self.p.period)
        self.lines.value = 100 * bt.DivByZero(rises, rises + falls, zero=0.5)
