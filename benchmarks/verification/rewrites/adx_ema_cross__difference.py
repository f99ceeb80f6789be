"""The difference of the averages crosses zero."""

import backtrader as bt


class DifferenceCross(bt.Strategy):
    def __init__(self):
        self.gap = bt.ind.EMA(period=12) - bt.ind.EMA(period=26)
        self.turns = bt.ind.CrossDown(self.gap, 0.0)
        self.strength = bt.ind.AverageDirectionalMovementIndex(period=14)

    def next(self):
        holds = self.getposition(self.data).size > 0
        if holds and self.turns[0]:
            self.sell(size=self.getposition(self.data).size)
        elif not holds and self.gap[0] > 0 and self.strength[0] > 25:
            self.buy(size=int(self.broker.getvalue() * 0.95 / self.data.close[0]))
