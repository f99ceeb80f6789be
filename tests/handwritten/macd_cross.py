"""MACD cross by hand: every decision is a line, `next` only reads it."""

import backtrader as bt


class MacdCross(bt.Strategy):
    params = (("fast", 12), ("slow", 26), ("signal", 9), ("percent", 95.0))

    def __init__(self):
        macd = bt.ind.MACD(
            self.data.close,
            period_me1=self.p.fast,
            period_me2=self.p.slow,
            period_signal=self.p.signal,
        )
        self.leave = bt.ind.CrossDown(macd.macd, macd.signal)
        self.enter = bt.And(bt.ind.CrossUp(macd.macd, macd.signal), macd.macd > 0.0)

    def next(self):
        if self.position.size:
            if self.leave[0]:
                self.close()
            return
        if self.enter[0]:
            shares = self.broker.getvalue() * self.p.percent / 100 // self.data.close[0]
            if shares:
                self.buy(size=shares)
