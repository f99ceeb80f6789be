"""TRIX signal line

Long when TRIX, the daily change of a triple-smoothed average, crosses above its signal
line; out when it crosses back below. After Jack Hutson, Stocks & Commodities, 1983.

On the close of every bar:
1. Enter long when TRIX(15, 1, 9) of close crosses above the signal line of TRIX(15, 1,
   9) of close, with 95 % of equity.
2. Exit long when TRIX(15, 1, 9) of close crosses below the signal line of TRIX(15, 1,
   9) of close.

Market orders fill at the next open. This is a draft made from a strategy graph: review
it before you rely on it. It is no investment advice.
"""

import backtrader as bt


class TrixSignalLine(bt.Strategy):
    params = {
        "trix_period": 15,  # TRIX: period, bars
        "trix_change_period": 1,  # TRIX: change over, bars
        "trix_signal_period": 9,  # TRIX: signal period, bars
        "equity_percent": 95.0,  # Equity an entry buys, %
    }

    def __init__(self):
        # TRIX(15, 1, 9) of close (change of a triply smoothed average, in percent).
        self.trix = bt.ind.TrixSignal(
            self.data.close,
            period=self.p.trix_period,
            _rocperiod=self.p.trix_change_period,
            sigperiod=self.p.trix_signal_period,
        )
        # TRIX below signal line: TRIX(15, 1, 9) of close crosses below the signal line
        # of TRIX(15, 1, 9) of close.
        self.cross_down = bt.ind.CrossDown(self.trix.trix, self.trix.signal)
        # TRIX above signal line: TRIX(15, 1, 9) of close crosses above the signal line
        # of TRIX(15, 1, 9) of close.
        self.cross_up = bt.ind.CrossUp(self.trix.trix, self.trix.signal)

    def next(self):
        if not self.position:
            # Enter long when TRIX(15, 1, 9) of close crosses above the signal line of
            # TRIX(15, 1, 9) of close, with 95 % of equity.
            if self.cross_up[0]:
                self.buy(size=self.position_size())
        # Exit long when TRIX(15, 1, 9) of close crosses below the signal line of
        # TRIX(15, 1, 9) of close.
        elif self.cross_down[0]:
            self.close()

    def position_size(self):
        """Whole shares that this part of equity buys at this close; none in debt."""
        cash = self.broker.getvalue() * self.p.equity_percent / 100
        return max(0, int(cash / self.data.close[0]))
