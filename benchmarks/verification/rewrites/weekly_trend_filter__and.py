"""The week's trend as a line of its own feed; the entry with bt.And."""

import backtrader as bt

FEEDS = {"week": {"timeframe": "1w"}}


class BuyDips(bt.Strategy):
    def __init__(self):
        week = self.getdatabyname("week")
        self.trend = week.close - bt.ind.SMA(week.close, period=30)
        self.strength = bt.ind.RSI(self.data.close, period=3, safediv=True)

    def next(self):
        is_up, strength = self.trend[0] > 0, self.strength[0]
        if self.position.size:
            if strength > 70 or not is_up:
                self.close()
        elif is_up and strength < 20:
            budget = 0.95 * self.broker.getvalue()
            self.buy(size=int(budget / self.data.close[0]))
