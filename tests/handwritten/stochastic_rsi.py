"""Stochastic with RSI confirmation by hand: the setup waits some days for its confirmation."""

import backtrader as bt


class StochasticRsi(bt.Strategy):
    params = (
        ("low", 30.0),
        ("high", 70.0),
        ("within", 10),
        ("stop_percent", 5.0),
        ("percent", 95.0),
    )

    def __init__(self):
        stochastic = bt.ind.StochasticSlow(
            self.data, period=14, period_dfast=3, period_dslow=3, safediv=True
        )
        self.slow_line = stochastic.percD
        self.cross = bt.ind.CrossOver(stochastic.percK, stochastic.percD)
        self.rsi_cross = bt.ind.CrossUp(bt.ind.RSI_Safe(self.data.close, period=14), 50.0)
        self.setups = []  # the closes on which a dip ended
        self.stop_order = None

    def notify_order(self, order):
        if self.stop_order is not None and order.ref == self.stop_order.ref and not order.alive():
            self.stop_order = None

    def next(self):
        today = len(self)
        is_confirmed = self.rsi_cross[0] and any(
            1 <= today - day <= self.p.within for day in self.setups[-self.p.within :]
        )
        if self.cross[0] > 0 and self.slow_line[0] < self.p.low:
            self.setups.append(today)

        if self.position:
            if self.cross[0] < 0 and self.slow_line[0] > self.p.high:
                if self.stop_order is not None:
                    self.cancel(self.stop_order)
                self.close()
            elif self.stop_order is None:
                level = self.position.price * (100 - self.p.stop_percent) / 100
                self.stop_order = self.sell(
                    size=self.position.size, exectype=bt.Order.Stop, price=level
                )
        elif is_confirmed:
            money = self.broker.getvalue() * self.p.percent / 100
            self.buy(size=int(money / self.data.close[0]))
