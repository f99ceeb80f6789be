"""Signals of the framework, and a sizer that the strategy sets itself."""

import backtrader as bt


class ShareOfEquity(bt.Sizer):
    params = (("percent", 95),)

    def _getsizing(self, comminfo, cash, data, isbuy):
        if isbuy:
            return int(self.broker.getvalue() * self.p.percent / 100 / data.close[0])
        return self.broker.getposition(data).size


class Cross(bt.SignalStrategy):
    def __init__(self):
        self.sizer = ShareOfEquity()
        fast, slow = bt.ind.SMA(period=10), bt.ind.SMA(period=30)
        self.signal_add(bt.SIGNAL_LONG, bt.ind.CrossOver(fast, slow))
