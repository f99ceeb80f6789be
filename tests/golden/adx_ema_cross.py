"""EMA cross with ADX filter

Long while the fast exponential average is above the slow one, but begun only in a
market that trends: the ADX above 25. The ADX is J. Welles Wilder's, 1978, who used it
to tell when trend following pays.

On the close of every bar:
1. Enter long when EMA(12) of close is above EMA(26) of close and ADX(14) is above 25,
   with 95 % of equity.
2. Exit long when EMA(12) of close crosses below EMA(26) of close.

Market orders fill at the next open. This is a draft made from a strategy graph: review
it before you rely on it. It is no investment advice.
"""

import backtrader as bt


class EmaCrossWithAdxFilter(bt.Strategy):
    params = {
        "adx_period": 14,  # Average directional index: period, bars
        "fast_period": 12,  # Fast EMA: period, bars
        "slow_period": 26,  # Slow EMA: period, bars
        "trending_value": 25.0,  # Trend is strong: value
        "equity_percent": 95.0,  # Equity an entry buys, %
    }

    def __init__(self):
        # Average directional index: ADX(14) (strength of a trend, whichever way it
        # goes, 0 to 100).
        self.adx = bt.ind.ADX(self.data, period=self.p.adx_period)
        # Fast EMA: EMA(12) of close (average that weighs recent values more).
        self.fast = bt.ind.EMA(self.data.close, period=self.p.fast_period)
        # Slow EMA: EMA(26) of close (average that weighs recent values more).
        self.slow = bt.ind.EMA(self.data.close, period=self.p.slow_period)
        # Fast crosses below slow: EMA(12) of close crosses below EMA(26) of close.
        self.cross_down = bt.ind.CrossDown(self.fast, self.slow)

    def next(self):
        # Fast above slow: EMA(12) of close is above EMA(26) of close.
        above = self.fast[0] > self.slow[0]
        # Trend is strong: ADX(14) is above 25.
        trending = self.adx[0] > self.p.trending_value

        if not self.position:
            # Enter long when EMA(12) of close is above EMA(26) of close and ADX(14) is
            # above 25, with 95 % of equity.
            if above and trending:
                self.buy(size=self.position_size())
        # Exit long when EMA(12) of close crosses below EMA(26) of close.
        elif self.cross_down[0]:
            self.close()

    def position_size(self):
        """Whole shares that this part of equity buys at this close; none in debt."""
        cash = self.broker.getvalue() * self.p.equity_percent / 100
        return max(0, int(cash / self.data.close[0]))
