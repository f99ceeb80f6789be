"""RSI mean reversion

Buys weakness and sells strength: long when the RSI falls below 30, out when it rises
above 70 or when the position has lost 5 %. After J. Welles Wilder, 1978.

On the close of every bar:
1. Enter long when RSI(14) of close is below 30, with 95 % of equity.
2. Exit long when RSI(14) of close is above 70.
3. Protect long positions with a stop loss 5 % from the entry price.

Market orders fill at the next open. This is a draft made from a strategy graph: review
it before you rely on it. It is no investment advice.
"""

import backtrader as bt


class RsiMeanReversion(bt.Strategy):
    params = {
        "rsi_period": 14,  # Relative strength index: period, bars
        "overbought_value": 70.0,  # Overbought: value
        "oversold_value": 30.0,  # Oversold: value
        "equity_percent": 95.0,  # Equity an entry buys, %
        "stop_percent": 5.0,  # Stop loss: percent, %
    }

    def __init__(self):
        # Relative strength index: RSI(14) of close (strength of rises against falls, 0
        # to 100).
        self.rsi = bt.ind.RSI(self.data.close, period=self.p.rsi_period, safediv=True)
        self.stop_order = None  # the stop of the open position

    def next(self):
        # Overbought: RSI(14) of close is above 70.
        overbought = self.rsi[0] > self.p.overbought_value
        # Oversold: RSI(14) of close is below 30.
        oversold = self.rsi[0] < self.p.oversold_value

        if not self.position:
            self.stop_order = None  # none yet, or it closed the position
            # Enter long when RSI(14) of close is below 30, with 95 % of equity.
            if oversold:
                self.buy(size=self.position_size())
        # Exit long when RSI(14) of close is above 70.
        elif overbought:
            self.leave()
        # Stop loss: protect long positions with a stop loss 5 % from the entry price.
        elif self.stop_order is None:
            price = self.position.price * (100 - self.p.stop_percent) / 100
            self.stop_order = self.close(exectype=bt.Order.Stop, price=price)

    def leave(self):
        """Closes the position at the next open and cancels its stop."""
        if self.stop_order is not None:
            self.cancel(self.stop_order)
            self.stop_order = None
        self.close()

    def position_size(self):
        """Whole shares that this part of equity buys at this close; none in debt."""
        cash = self.broker.getvalue() * self.p.equity_percent / 100
        return max(0, int(cash / self.data.close[0]))
