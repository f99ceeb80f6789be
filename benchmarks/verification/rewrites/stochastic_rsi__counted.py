"""Counts bars since the dip in an attribute; crosses from CrossOver."""

import backtrader as bt


class ConfirmedDip(bt.Strategy):
    params = dict(k=14, d=3, slow=3, wait=10, stop=0.05)

    def __init__(self):
        self.stoch = bt.ind.Stochastic(
            self.data,
            period=self.p.k,
            period_dfast=self.p.d,
            period_dslow=self.p.slow,
            safediv=True,
        )
        self.turn = bt.ind.CrossOver(self.stoch.lines.percK, self.stoch.lines.percD)
        self.rsi = bt.ind.RSI(self.data.close, period=14, safediv=True)
        self.rise = bt.ind.CrossOver(self.rsi, 50.0)
        self.since = None
        self.guard = None

    def next(self):
        slow = self.stoch.percD[0]
        if self.since is not None:
            self.since += 1
        confirmed = self.since is not None and self.since <= self.p.wait and self.rise[0] > 0
        if self.turn[0] > 0 and slow < 30:
            self.since = 0
        if self.position:
            if self.turn[0] < 0 and slow > 70:
                if self.guard:
                    self.cancel(self.guard)
                self.guard = None
                self.close()
            elif self.guard is None:
                self.guard = self.sell(
                    size=self.position.size,
                    exectype=bt.Order.Stop,
                    price=self.position.price * (1.0 - self.p.stop),
                )
            return
        self.guard = None
        if confirmed:
            self.buy(size=int(self.broker.getvalue() * 0.95 / self.data.close[0]))
