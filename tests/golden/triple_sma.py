"""Triple SMA

Follows a trend while three simple moving averages stand in order, 4 above 9 above 18
days, and out when the first two change places; the same below for short positions. R.
C. Allen's 4-9-18 rule, How to Build a Fortune in Commodities, 1972.

On the close of every bar:
1. Enter long when SMA(4) of close is above SMA(9) of close and SMA(9) of close is above
   SMA(18) of close, with 95 % of equity.
2. Enter short when SMA(4) of close is below SMA(9) of close and SMA(9) of close is
   below SMA(18) of close, with 95 % of equity.
3. Exit long when SMA(4) of close is below SMA(9) of close.
4. Exit short when SMA(4) of close is above SMA(9) of close.

Market orders fill at the next open. This is a draft made from a strategy graph: review
it before you rely on it. It is no investment advice.
"""

import backtrader as bt


class TripleSma(bt.Strategy):
    params = {
        "fast_period": 4,  # 4-day SMA: period, bars
        "middle_period": 9,  # 9-day SMA: period, bars
        "slow_period": 18,  # 18-day SMA: period, bars
        "equity_percent": 95.0,  # Equity an entry buys, %
    }

    def __init__(self):
        # 4-day SMA: SMA(4) of close (mean of the last n values).
        self.fast = bt.ind.SMA(self.data.close, period=self.p.fast_period)
        # 9-day SMA: SMA(9) of close (mean of the last n values).
        self.middle = bt.ind.SMA(self.data.close, period=self.p.middle_period)
        # 18-day SMA: SMA(18) of close (mean of the last n values).
        self.slow = bt.ind.SMA(self.data.close, period=self.p.slow_period)

    def next(self):
        # Fast above middle: SMA(4) of close is above SMA(9) of close.
        fast_above = self.fast[0] > self.middle[0]
        # Fast below middle: SMA(4) of close is below SMA(9) of close.
        fast_below = self.fast[0] < self.middle[0]
        # Middle above slow: SMA(9) of close is above SMA(18) of close.
        middle_above = self.middle[0] > self.slow[0]
        # Middle below slow: SMA(9) of close is below SMA(18) of close.
        middle_below = self.middle[0] < self.slow[0]
        # In falling order: (SMA(4) of close is below SMA(9) of close and SMA(9) of
        # close is below SMA(18) of close).
        falling_order = fast_below and middle_below
        # In rising order: (SMA(4) of close is above SMA(9) of close and SMA(9) of close
        # is above SMA(18) of close).
        rising_order = fast_above and middle_above

        is_long = self.position.size > 0
        is_short = self.position.size < 0

        # Exit long when SMA(4) of close is below SMA(9) of close.
        exit_long = is_long and fast_below
        # Exit short when SMA(4) of close is above SMA(9) of close.
        exit_short = is_short and fast_above
        if exit_long or exit_short:
            self.close()

        can_enter_long = not self.position or exit_short
        can_enter_short = not self.position or exit_long
        # Enter long when SMA(4) of close is above SMA(9) of close and SMA(9) of close
        # is above SMA(18) of close, with 95 % of equity.
        if can_enter_long and rising_order:
            self.buy(size=self.position_size())
        # Enter short when SMA(4) of close is below SMA(9) of close and SMA(9) of close
        # is below SMA(18) of close, with 95 % of equity.
        elif can_enter_short and falling_order:
            self.sell(size=self.position_size())

    def position_size(self):
        """Whole shares that this part of equity buys at this close; none in debt."""
        cash = self.broker.getvalue() * self.p.equity_percent / 100
        return max(0, int(cash / self.data.close[0]))
