"""The stop level is kept in a number."""

import backtrader as bt


class AtrTrail(bt.Strategy):
    params = (("ema", 50), ("atr", 14), ("mult", 3.0))

    def __init__(self):
        self.ema = bt.indicators.EMA(self.data.close, period=self.p.ema)
        self.atr = bt.indicators.ATR(self.data, period=self.p.atr)
        self.cross = bt.indicators.CrossOver(self.data.close, self.ema)
        self.level = None
        self.stop_order = None

    def next(self):
        if not self.position:
            self.level = self.stop_order = None
            if self.cross[0] > 0:
                self.buy(size=int(self.broker.getvalue() * 0.95 / self.data.close[0]))
            return
        candidate = self.data.close[0] - self.p.mult * self.atr[0]
        if self.level is None or candidate > self.level:
            self.level = candidate
            if self.stop_order is not None:
                self.cancel(self.stop_order)
            self.stop_order = self.sell(
                size=self.position.size, exectype=bt.Order.Stop, price=self.level
            )
