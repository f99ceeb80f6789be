"""Wilder's averages kept in plain numbers."""

import backtrader as bt


class WilderRsi(bt.Strategy):
    params = dict(period=14, low=30.0, high=70.0, loss=5.0)

    def __init__(self):
        self.up = self.down = None
        self.guard = None

    def rsi(self):
        n = self.p.period
        if self.up is None:
            moves = [self.data.close[-i] - self.data.close[-i - 1] for i in range(n)][::-1]
            self.up = sum(max(m, 0) for m in moves) / n
            self.down = sum(max(-m, 0) for m in moves) / n
        else:
            move = self.data.close[0] - self.data.close[-1]
            self.up = (self.up * (n - 1) + max(move, 0)) / n
            self.down = (self.down * (n - 1) + max(-move, 0)) / n
        if self.down == 0:
            return 50.0 if self.up == 0 else 100.0
        return 100 - 100 / (1 + self.up / self.down)

    def next(self):
        if len(self) <= self.p.period:
            return
        rsi = self.rsi()
        if not self.position:
            self.guard = None
            if rsi < self.p.low:
                self.buy(size=int(self.broker.getvalue() * 0.95 / self.data.close[0]))
        elif rsi > self.p.high:
            if self.guard is not None:
                self.cancel(self.guard)
            self.guard = None
            self.close()
        elif self.guard is None:
            price = self.position.price * (100 - self.p.loss) / 100
            self.guard = self.sell(size=self.position.size, exectype=bt.Order.Stop, price=price)
