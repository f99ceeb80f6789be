"""MACD cross

Long when the MACD crosses above its signal line while it is above zero, out when it
crosses back below. After Gerald Appel, 1979.

On the close of every bar:
1. Enter long when MACD(12, 26, 9) of close is above 0 and MACD(12, 26, 9) of close
   crosses above the signal line of MACD(12, 26, 9) of close, with 95 % of equity.
2. Exit long when MACD(12, 26, 9) of close crosses below the signal line of MACD(12, 26,
   9) of close.

Market orders fill at the next open. This is a draft made from a strategy graph: review
it before you rely on it. It is no investment advice.
"""

import backtrader as bt


class MacdCross(bt.Strategy):
    params = {
        "macd_fast_period": 12,  # MACD: fast period, bars
        "macd_slow_period": 26,  # MACD: slow period, bars
        "macd_signal_period": 9,  # MACD: signal period, bars
        "above_zero_value": 0.0,  # MACD above zero: value
        "equity_percent": 95.0,  # Equity an entry buys, %
    }

    def __init__(self):
        # MACD(12, 26, 9) of close (distance between a fast and a slow exponential
        # average).
        self.macd = bt.ind.MACD(
            self.data.close,
            period_me1=self.p.macd_fast_period,
            period_me2=self.p.macd_slow_period,
            period_signal=self.p.macd_signal_period,
        )
        # MACD below signal line: MACD(12, 26, 9) of close crosses below the signal line
        # of MACD(12, 26, 9) of close.
        self.cross_down = bt.ind.CrossDown(self.macd.macd, self.macd.signal)
        # MACD above signal line: MACD(12, 26, 9) of close crosses above the signal line
        # of MACD(12, 26, 9) of close.
        self.cross_up = bt.ind.CrossUp(self.macd.macd, self.macd.signal)

    def next(self):
        # MACD above zero: MACD(12, 26, 9) of close is above 0.
        above_zero = self.macd.macd[0] > self.p.above_zero_value
        # Cross in an uptrend: (MACD(12, 26, 9) of close is above 0 and MACD(12, 26, 9)
        # of close crosses above the signal line of MACD(12, 26, 9) of close).
        confirmed = above_zero and self.cross_up[0]

        if not self.position:
            # Enter long when MACD(12, 26, 9) of close is above 0 and MACD(12, 26, 9) of
            # close crosses above the signal line of MACD(12, 26, 9) of close, with 95 %
            # of equity.
            if confirmed:
                self.buy(size=self.position_size())
        # Exit long when MACD(12, 26, 9) of close crosses below the signal line of
        # MACD(12, 26, 9) of close.
        elif self.cross_down[0]:
            self.close()

    def position_size(self):
        """Whole shares that this part of equity buys at this close; none in debt."""
        cash = self.broker.getvalue() * self.p.equity_percent / 100
        return max(0, int(cash / self.data.close[0]))
