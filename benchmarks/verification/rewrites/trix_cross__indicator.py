"""Backtrader's own TRIX and its signal."""

import backtrader as bt


class Trix(bt.Strategy):
    def __init__(self):
        trix = bt.ind.TrixSignal(self.data.close, period=15, sigperiod=9)
        self.x = bt.ind.CrossOver(trix.trix, trix.signal)

    def next(self):
        if not self.position and self.x[0] > 0:
            self.buy(size=int(self.broker.getvalue() * 0.95 / self.data.close[0]))
        elif self.position and self.x[0] < 0:
            self.close()
