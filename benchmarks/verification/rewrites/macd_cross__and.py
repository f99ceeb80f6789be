"""bt.And of lines."""

import backtrader as bt


class MacdTrend(bt.Strategy):
    params = (("fast", 12), ("slow", 26), ("signal", 9))

    def __init__(self):
        self.macd = bt.indicators.MACD(
            self.data.close,
            period_me1=self.p.fast,
            period_me2=self.p.slow,
            period_signal=self.p.signal,
        )
        cross = bt.indicators.CrossOver(self.macd.macd, self.macd.signal)
        self.enter = bt.And(cross > 0, self.macd.macd > 0)
        self.leave = cross < 0

    def next(self):
        if not self.position and self.enter[0]:
            self.buy(size=int(self.broker.getvalue() * 0.95 / self.data.close[0]))
        elif self.position and self.leave[0]:
            self.close()
