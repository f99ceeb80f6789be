"""Bollinger breakout

Follows a break out of the Bollinger bands, up or down, until the close is back at the
middle band. After John Bollinger, 2001.

On the close of every bar:
1. Enter long when close crosses above the upper band of Bollinger bands(20, 2) of
   close, with 95 % of equity.
2. Enter short when close crosses below the lower band of Bollinger bands(20, 2) of
   close, with 95 % of equity.
3. Exit long when close crosses below the middle band of Bollinger bands(20, 2) of
   close.
4. Exit short when close crosses above the middle band of Bollinger bands(20, 2) of
   close.

Market orders fill at the next open. This is a draft made from a strategy graph: review
it before you rely on it. It is no investment advice.
"""

import backtrader as bt


class BollingerBreakout(bt.Strategy):
    params = {
        "bands_period": 20,  # Bollinger bands: period, bars
        "bands_deviations": 2.0,  # Bollinger bands: deviations
        "equity_percent": 95.0,  # Equity an entry buys, %
    }

    def __init__(self):
        # Bollinger bands(20, 2) of close (average with bands n standard deviations
        # away).
        self.bands = bt.ind.BollingerBands(
            self.data.close,
            period=self.p.bands_period,
            devfactor=self.p.bands_deviations,
        )
        # Close below middle band: close crosses below the middle band of Bollinger
        # bands(20, 2) of close.
        self.back_down = bt.ind.CrossDown(self.data.close, self.bands.mid)
        # Close above middle band: close crosses above the middle band of Bollinger
        # bands(20, 2) of close.
        self.back_up = bt.ind.CrossUp(self.data.close, self.bands.mid)
        # Close below lower band: close crosses below the lower band of Bollinger
        # bands(20, 2) of close.
        self.break_down = bt.ind.CrossDown(self.data.close, self.bands.bot)
        # Close above upper band: close crosses above the upper band of Bollinger
        # bands(20, 2) of close.
        self.break_up = bt.ind.CrossUp(self.data.close, self.bands.top)

    def next(self):
        is_long = self.position.size > 0
        is_short = self.position.size < 0

        # Exit long when close crosses below the middle band of Bollinger bands(20, 2)
        # of close.
        exit_long = is_long and self.back_down[0]
        # Exit short when close crosses above the middle band of Bollinger bands(20, 2)
        # of close.
        exit_short = is_short and self.back_up[0]
        if exit_long or exit_short:
            self.close()

        can_enter_long = not self.position or exit_short
        can_enter_short = not self.position or exit_long
        # Enter long when close crosses above the upper band of Bollinger bands(20, 2)
        # of close, with 95 % of equity.
        if can_enter_long and self.break_up[0]:
            self.buy(size=self.position_size())
        # Enter short when close crosses below the lower band of Bollinger bands(20, 2)
        # of close, with 95 % of equity.
        elif can_enter_short and self.break_down[0]:
            self.sell(size=self.position_size())

    def position_size(self):
        """Whole shares that this part of equity buys at this close; none in debt."""
        cash = self.broker.getvalue() * self.p.equity_percent / 100
        return max(0, int(cash / self.data.close[0]))
