"""Bollinger breakout by hand: both sides, one step may close one and open the other."""

import math

import backtrader as bt


class BollingerBreakout(bt.Strategy):
    params = (("period", 20), ("deviations", 2.0), ("percent", 95.0))

    def __init__(self):
        close = self.data.close
        bands = bt.ind.BollingerBands(close, period=self.p.period, devfactor=self.p.deviations)
        self.over_top = bt.ind.CrossUp(close, bands.top)
        self.under_bottom = bt.ind.CrossDown(close, bands.bot)
        self.through_middle = bt.ind.CrossOver(close, bands.mid)

    def next(self):
        is_long = self.position.size > 0
        is_short = self.position.size < 0

        leaves_long = is_long and self.through_middle[0] < 0
        leaves_short = is_short and self.through_middle[0] > 0
        if leaves_long or leaves_short:
            self.close()

        is_flat = not is_long and not is_short
        if self.over_top[0] and (is_flat or leaves_short):
            self.buy(size=self.shares())
        elif self.under_bottom[0] and (is_flat or leaves_long):
            self.sell(size=self.shares())

    def shares(self):
        equity = self.broker.getvalue()
        # a short can lose more than the account holds
        return max(0, math.floor(equity * self.p.percent / 100 / self.data.close[0]))
