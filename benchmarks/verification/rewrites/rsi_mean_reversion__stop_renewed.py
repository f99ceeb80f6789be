"""The stop is sent anew on every bar."""

import backtrader as bt


class RenewedStop(bt.Strategy):
    def __init__(self):
        self.rsi = bt.ind.RSI(self.data.close, period=14, safediv=True)
        self.orders = []

    def next(self):
        for order in self.orders:
            self.cancel(order)
        self.orders = []
        if not self.position:
            if self.rsi[0] < 30:
                cash = 0.95 * self.broker.getvalue()
                self.buy(size=int(cash / self.data.close[0]))
        elif self.rsi[0] > 70:
            self.close()
        else:
            stop_price = 0.95 * self.position.price
            self.orders.append(
                self.sell(size=self.position.size, exectype=bt.Order.Stop, price=stop_price)
            )
