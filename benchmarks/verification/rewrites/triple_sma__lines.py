"""Conditions as lines, with bt.And."""

import backtrader as bt


class Ordered(bt.Strategy):
    def __init__(self):
        fast, middle, slow = (bt.ind.SMA(period=n) for n in (4, 9, 18))
        self.rising = bt.And(fast > middle, middle > slow)
        self.falling = bt.And(fast < middle, middle < slow)
        self.weak = fast < middle
        self.strong = fast > middle

    def next(self):
        is_long, is_short = self.position.size > 0, self.position.size < 0
        exit_now = bool((is_long and self.weak[0]) or (is_short and self.strong[0]))
        if exit_now:
            self.close()
        size = max(0, int(self.broker.getvalue() * 95 / 100 / self.data.close[0]))
        if self.rising[0] and not is_long and (exit_now or not is_short):
            self.buy(size=size)
        elif self.falling[0] and not is_short and (exit_now or not is_long):
            self.sell(size=size)
