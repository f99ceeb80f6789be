"""Plain if and else, sizes from a helper."""

import backtrader as bt


class Breakout(bt.Strategy):
    params = (("period", 20), ("dev", 2.0))

    def __init__(self):
        self.boll = bt.indicators.BollingerBands(period=self.p.period, devfactor=self.p.dev)
        self.top = bt.indicators.CrossOver(self.data.close, self.boll.lines.top)
        self.bot = bt.indicators.CrossOver(self.data.close, self.boll.lines.bot)
        self.mid = bt.indicators.CrossOver(self.data.close, self.boll.lines.mid)

    def qty(self):
        return int(max(self.broker.getvalue(), 0) * 0.95 / self.data.close[0])

    def next(self):
        size = self.position.size
        out = False
        if size > 0 and self.mid[0] < 0:
            self.close()
            out = True
        elif size < 0 and self.mid[0] > 0:
            self.close()
            out = True
        if self.top[0] > 0 and (size == 0 or (size < 0 and out)):
            self.buy(size=self.qty())
        elif self.bot[0] < 0 and (size == 0 or (size > 0 and out)):
            self.sell(size=self.qty())
