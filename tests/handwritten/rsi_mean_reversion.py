"""RSI mean reversion by hand: the stop is sent from `notify_order` when the entry has filled."""

import backtrader as bt


class RsiMeanReversion(bt.Strategy):
    params = (
        ("period", 14),
        ("low", 30.0),
        ("high", 70.0),
        ("stop_percent", 5.0),
        ("percent", 95.0),
    )

    def __init__(self):
        # the plain RSI divides by zero on flat prices
        self.rsi = bt.ind.RSI_Safe(self.data.close, period=self.p.period)
        self.entry = None
        self.stop_order = None

    def notify_order(self, order):
        if order.alive():
            return
        if self.entry is not None and order.ref == self.entry.ref:
            self.entry = None
            # this runs just before next(): when this very close asks to leave, a stop sent now
            # could not be cancelled any more and would be left behind
            if order.status == order.Completed and not self.rsi[0] > self.p.high:
                paid = self.position.price  # executed.price may be off by a last digit
                self.stop_order = self.sell(
                    size=order.executed.size,
                    price=paid * (100 - self.p.stop_percent) / 100,
                    exectype=bt.Order.Stop,
                )
        elif self.stop_order is not None and order.ref == self.stop_order.ref:
            self.stop_order = None

    def next(self):
        if self.position:
            if self.rsi[0] > self.p.high:
                if self.stop_order is not None:
                    self.cancel(self.stop_order)
                self.close()
        elif self.rsi[0] < self.p.low:
            equity = self.broker.getvalue()
            size = int(equity * self.p.percent / 100 / self.data.close[0])
            self.entry = self.buy(size=size)
