"""The stop is placed when the entry fills."""

import backtrader as bt


class RsiReversal(bt.Strategy):
    params = (("period", 14), ("low", 30), ("high", 70), ("stop", 0.05))

    def __init__(self):
        self.rsi = bt.indicators.RSI_Safe(self.data.close, period=self.p.period)
        self.stop_order = None

    def next(self):
        if self.position.size == 0:
            self.stop_order = None
            if self.rsi[0] < self.p.low:
                size = int(self.broker.getvalue() * 0.95 / self.data.close[0])
                if size > 0:
                    self.buy(size=size)
            return
        if self.rsi[0] > self.p.high:
            if self.stop_order:
                self.cancel(self.stop_order)
                self.stop_order = None
            self.close()
            return
        if self.stop_order is None:
            self.stop_order = self.sell(
                exectype=bt.Order.Stop,
                price=self.position.price * (1 - self.p.stop),
                size=self.position.size,
            )
