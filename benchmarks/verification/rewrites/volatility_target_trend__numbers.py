"""Volatility from the last closes with plain numbers."""

import math

import backtrader as bt


class VolTarget(bt.Strategy):
    params = dict(fast=16, slow=64, target=20.0, window=36, year=252, cap=95.0)

    def __init__(self):
        self.fast = bt.ind.EMA(self.data.close, period=self.p.fast)
        self.slow = bt.ind.EMA(self.data.close, period=self.p.slow)

    def shares(self):
        closes = self.data.close.get(size=self.p.window + 1)
        changes = [b / a - 1 for a, b in zip(closes, closes[1:])]
        mean = sum(changes) / len(changes)
        variance = sum((c - mean) ** 2 for c in changes) / len(changes)
        volatility = 100 * math.sqrt(variance) * math.sqrt(self.p.year)
        percent = self.p.cap
        if volatility > 0:
            percent = min(self.p.target / volatility * 100, self.p.cap)
        equity = max(0, self.broker.getvalue())
        return int(equity * percent / 100 / self.data.close[0])

    def next(self):
        up, down = self.fast[0] > self.slow[0], self.fast[0] < self.slow[0]
        held = self.position.size
        leave = (held > 0 and down) or (held < 0 and up)
        if leave:
            self.close()
        if up and (held == 0 or (leave and held < 0)):
            self.buy(size=self.shares())
        elif down and (held == 0 or (leave and held > 0)):
            self.sell(size=self.shares())
