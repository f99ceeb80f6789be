"""TRIX by hand, from its three averages."""

import backtrader as bt


class TrixCross(bt.Strategy):
    params = (("period", 15), ("signal", 9), ("percent", 95.0))

    def __init__(self):
        line = self.data.close
        for _ in range(3):
            line = bt.ind.EMA(line, period=self.p.period)
        trix = 100 * (line / line(-1) - 1)
        self.cross = bt.ind.CrossOver(trix, bt.ind.EMA(trix, period=self.p.signal))

    def next(self):
        if self.position:
            if self.cross[0] < 0:
                self.close()
        elif self.cross[0] > 0:
            money = self.broker.getvalue() * self.p.percent / 100
            self.buy(size=int(money / self.data.close[0]))
