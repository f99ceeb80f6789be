"""SMA cross

Long while the fast simple moving average is above the slow one. The oldest
trend-following rule there is (Richard Donchian, 1950s, used 5 and 20 days).

On the close of every bar:
1. Enter long when SMA(10) of close crosses above SMA(30) of close, with 95 % of equity.
2. Exit long when SMA(10) of close crosses below SMA(30) of close.

Market orders fill at the next open. This is a draft made from a strategy graph: review
it before you rely on it. It is no investment advice.
"""

import backtrader as bt


class SmaCross(bt.Strategy):
    params = {
        "fast_period": 10,  # Fast SMA: period, bars
        "slow_period": 30,  # Slow SMA: period, bars
        "equity_percent": 95.0,  # Equity an entry buys, %
    }

    def __init__(self):
        # Fast SMA: SMA(10) of close (mean of the last n values).
        self.fast = bt.ind.SMA(self.data.close, period=self.p.fast_period)
        # Slow SMA: SMA(30) of close (mean of the last n values).
        self.slow = bt.ind.SMA(self.data.close, period=self.p.slow_period)
        # Fast below slow: SMA(10) of close crosses below SMA(30) of close.
        self.cross_down = bt.ind.CrossDown(self.fast, self.slow)
        # Fast above slow: SMA(10) of close crosses above SMA(30) of close.
        self.cross_up = bt.ind.CrossUp(self.fast, self.slow)

    def next(self):
        if not self.position:
            # Enter long when SMA(10) of close crosses above SMA(30) of close, with 95 %
            # of equity.
            if self.cross_up[0]:
                self.buy(size=self.position_size())
        # Exit long when SMA(10) of close crosses below SMA(30) of close.
        elif self.cross_down[0]:
            self.close()

    def position_size(self):
        """Whole shares that this part of equity buys at this close; none in debt."""
        cash = self.broker.getvalue() * self.p.equity_percent / 100
        return max(0, int(cash / self.data.close[0]))
