"""Dips in a weekly uptrend by hand, on weeks that Backtrader's own resampling makes."""

import backtrader as bt


class WeeklyTrendFilter(bt.Strategy):
    params = (("weeks", 30), ("rsi", 3), ("dip", 20.0), ("rally", 70.0), ("percent", 95.0))

    def __init__(self):
        self.weekly = self.datas[1]
        self.average = bt.ind.SMA(self.weekly.close, period=self.p.weeks)
        self.rsi = bt.ind.RSI_Safe(self.data.close, period=self.p.rsi)

    def next(self):
        is_uptrend = self.weekly.close[0] > self.average[0]
        if self.position:
            if self.rsi[0] > self.p.rally or not is_uptrend:
                self.close()
        elif is_uptrend and self.rsi[0] < self.p.dip:
            self.buy(size=int(self.broker.getvalue() * self.p.percent / 100 / self.data.close[0]))


def add_weeks(cerebro, data):
    """The second feed."""
    cerebro.resampledata(data, timeframe=bt.TimeFrame.Weeks)
