"""Bands from an average and a deviation."""

import backtrader as bt


class BandsByHand(bt.Strategy):
    def __init__(self):
        close = self.data.close
        middle = bt.ind.SMA(close, period=20)
        width = 2.0 * bt.ind.StdDev(close, period=20)
        self.over = bt.ind.CrossUp(close, middle + width)
        self.under = bt.ind.CrossDown(close, middle - width)
        self.down = bt.ind.CrossDown(close, middle)
        self.up = bt.ind.CrossUp(close, middle)

    def next(self):
        held = self.position.size
        leaving = (held > 0 and self.down[0]) or (held < 0 and self.up[0])
        if leaving:
            self.close()
        free_to_buy = held == 0 or (leaving and held < 0)
        free_to_sell = held == 0 or (leaving and held > 0)
        shares = max(0, int(self.broker.getvalue() * 95.0 / 100 / self.data.close[0]))
        if free_to_buy and self.over[0]:
            self.buy(size=shares)
        elif free_to_sell and self.under[0]:
            self.sell(size=shares)
