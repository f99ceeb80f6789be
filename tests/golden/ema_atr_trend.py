"""EMA trend with ATR trailing stop

Long when the close crosses above its 50-day exponential average; a stop 3 ATR below the
close follows it up and is the only exit.

On the close of every bar:
1. Enter long when close crosses above EMA(50) of close, with 95 % of equity.
2. Protect long positions with a trailing stop 3 x ATR(14) from the close.

Market orders fill at the next open. This is a draft made from a strategy graph: review
it before you rely on it. It is no investment advice.
"""

import backtrader as bt


class EmaTrendWithAtrTrailingStop(bt.Strategy):
    params = {
        "atr_period": 14,  # Average true range: period, bars
        "trend_period": 50,  # Trend EMA: period, bars
        "equity_percent": 95.0,  # Equity an entry buys, %
        "trail_multiple": 3.0,  # 3 ATR trailing stop: multiple
    }

    def __init__(self):
        # Average true range: ATR(14) (average distance the price covers in a bar).
        self.atr = bt.ind.ATR(self.data, period=self.p.atr_period)
        # Trend EMA: EMA(50) of close (average that weighs recent values more).
        self.trend = bt.ind.EMA(self.data.close, period=self.p.trend_period)
        # Close above EMA: close crosses above EMA(50) of close.
        self.cross_up = bt.ind.CrossUp(self.data.close, self.trend)
        self.stop_order = None  # the stop of the open position

    def next(self):
        if not self.position:
            self.stop_order = None  # none yet, or it closed the position
            # Enter long when close crosses above EMA(50) of close, with 95 % of equity.
            if self.cross_up[0]:
                self.buy(size=self.position_size())
        # 3 ATR trailing stop: protect long positions with a trailing stop 3 x ATR(14)
        # from the close.
        else:
            price = self.data.close[0] - self.p.trail_multiple * self.atr[0]
            if self.stop_order is None or price > self.stop_order.created.price:
                self.move_stop(price)

    def move_stop(self, price):
        """Puts the stop at a new price, in place of the one there was."""
        if price > 0:
            if self.stop_order is not None:
                self.cancel(self.stop_order)
            self.stop_order = self.close(exectype=bt.Order.Stop, price=price)

    def position_size(self):
        """Whole shares that this part of equity buys at this close; none in debt."""
        cash = self.broker.getvalue() * self.p.equity_percent / 100
        return max(0, int(cash / self.data.close[0]))
