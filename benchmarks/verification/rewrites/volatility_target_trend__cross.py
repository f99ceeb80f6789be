"""Returns kept in a list, the sign of the difference decides."""

import math

import backtrader as bt


class TargetedTrend(bt.Strategy):
    params = dict(fast=16, slow=64, window=36, target=0.20, cap=0.95)

    def __init__(self):
        self.gap = bt.ind.EMA(period=self.p.fast) - bt.ind.EMA(period=self.p.slow)

    def shares(self):
        closes = self.data.close.get(size=self.p.window + 1)
        returns = [b / a - 1 for a, b in zip(closes, closes[1:])]
        mean = math.fsum(returns) / len(returns)
        spread = math.sqrt(math.fsum((r - mean) ** 2 for r in returns) / len(returns))
        yearly = spread * math.sqrt(252)
        part = self.p.cap if yearly <= 0 else min(self.p.target / yearly, self.p.cap)
        return max(0, math.floor(self.broker.getvalue() * part / self.data.close[0]))

    def next(self):
        gap, held = self.gap[0], self.position.size
        turning = (held > 0 and gap < 0) or (held < 0 and gap > 0)
        if turning:
            self.close()
        if gap > 0 and (not held or turning):
            self.buy(size=self.shares())
        elif gap < 0 and (not held or turning):
            self.sell(size=self.shares())
