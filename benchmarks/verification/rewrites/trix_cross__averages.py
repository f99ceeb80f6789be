"""Three averages and a rate of change."""

import backtrader as bt


class TripleSmoothed(bt.Strategy):
    params = (("n", 15), ("s", 9))

    def __init__(self):
        e1 = bt.ind.EMA(self.data.close, period=self.p.n)
        e2 = bt.ind.EMA(e1, period=self.p.n)
        e3 = bt.ind.EMA(e2, period=self.p.n)
        self.trix = 100.0 * (e3 - e3(-1)) / e3(-1)
        self.signal = bt.ind.EMA(self.trix, period=self.p.s)
        self.up = bt.ind.CrossUp(self.trix, self.signal)
        self.down = bt.ind.CrossDown(self.trix, self.signal)

    def next(self):
        if self.position:
            if self.down[0]:
                self.order_target_percent(target=0.0)
        elif self.up[0]:
            self.buy(size=int(self.broker.getvalue() * 0.95 / self.data.close[0]))
