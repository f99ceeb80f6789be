"""Signals as lines made in __init__."""

import backtrader as bt


class RsiLines(bt.Strategy):
    params = (("period", 14), ("lower", 30.0), ("upper", 70.0), ("stop_pct", 5.0))

    def __init__(self):
        rsi = bt.ind.RSI(self.data, period=self.p.period, safediv=True)
        self.oversold = rsi < self.p.lower
        self.overbought = rsi > self.p.upper
        self.stop_loss = None

    def cancel_stop(self):
        if self.stop_loss is not None and self.stop_loss.alive():
            self.cancel(self.stop_loss)
        self.stop_loss = None

    def next(self):
        if self.position:
            if self.overbought[0]:
                self.cancel_stop()
                self.close()
            elif self.stop_loss is None or not self.stop_loss.alive():
                level = self.position.price - self.position.price * self.p.stop_pct / 100
                self.stop_loss = self.close(exectype=bt.Order.Stop, price=level)
        elif self.oversold[0]:
            value = self.broker.getvalue()
            self.stop_loss = None
            self.buy(size=int(value * 0.95 // self.data.close[0]))
