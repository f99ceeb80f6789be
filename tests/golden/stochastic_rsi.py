"""Stochastic with RSI confirmation

Buys a turn out of a dip: when %K crosses above %D below 30 and, within ten days, the
RSI rises above 50. Out when %K crosses below %D above 70, or at a loss of 5 %. The
stochastic is George Lane's, 1950s, the RSI J. Welles Wilder's, 1978.

On the close of every bar:
1. Enter long when RSI(14) of close crosses above 50, 1 to 10 bars after (%K of
   Stochastic(14, 3, 3) crosses above %D of Stochastic(14, 3, 3) and %D of
   Stochastic(14, 3, 3) is below 30), with 95 % of equity.
2. Exit long when %D of Stochastic(14, 3, 3) is above 70 and %K of Stochastic(14, 3, 3)
   crosses below %D of Stochastic(14, 3, 3).
3. Protect long positions with a stop loss 5 % from the entry price.

Market orders fill at the next open. This is a draft made from a strategy graph: review
it before you rely on it. It is no investment advice.
"""

import backtrader as bt


class StochasticWithRsiConfirmation(bt.Strategy):
    params = {
        "rsi_period": 14,  # Relative strength index: period, bars
        "rsi_up_value": 50.0,  # RSI rises above 50: value
        "stochastic_period": 14,  # Stochastic: period, bars
        "stochastic_fast_period": 3,  # Stochastic: fast %d period, bars
        "stochastic_slow_period": 3,  # Stochastic: slow %d period, bars
        "high_value": 70.0,  # %D is high: value
        "low_value": 30.0,  # %D is low: value
        "equity_percent": 95.0,  # Equity an entry buys, %
        "enter_long_confirm_bars": 10,  # Enter long: confirm within, bars
        "stop_percent": 5.0,  # Stop loss: percent, %
    }

    def __init__(self):
        # Relative strength index: RSI(14) of close (strength of rises against falls, 0
        # to 100).
        self.rsi = bt.ind.RSI(self.data.close, period=self.p.rsi_period, safediv=True)
        # RSI rises above 50: RSI(14) of close crosses above 50.
        self.rsi_up = bt.ind.CrossUp(self.rsi, self.p.rsi_up_value)
        # Stochastic(14, 3, 3) (smoothed place of the close in the range of n bars, 0 to
        # 100).
        self.stochastic = bt.ind.Stochastic(
            self.data,
            period=self.p.stochastic_period,
            period_dfast=self.p.stochastic_fast_period,
            period_dslow=self.p.stochastic_slow_period,
            safediv=True,
        )
        # %K crosses below %D: %K of Stochastic(14, 3, 3) crosses below %D of
        # Stochastic(14, 3, 3).
        self.k_down = bt.ind.CrossDown(self.stochastic.percK, self.stochastic.percD)
        # %K crosses above %D: %K of Stochastic(14, 3, 3) crosses above %D of
        # Stochastic(14, 3, 3).
        self.k_up = bt.ind.CrossUp(self.stochastic.percK, self.stochastic.percD)
        self.stop_order = None
        self.resting = None  # the shares and prices of what rests
        self.enter_long_ready_bar = None

    def next(self):
        self.watch_position()
        # %D is high: %D of Stochastic(14, 3, 3) is above 70.
        high = self.stochastic.percD[0] > self.p.high_value
        # %D is low: %D of Stochastic(14, 3, 3) is below 30.
        low = self.stochastic.percD[0] < self.p.low_value
        # Dip ends: (%K of Stochastic(14, 3, 3) crosses above %D of Stochastic(14, 3, 3)
        # and %D of Stochastic(14, 3, 3) is below 30).
        dip_ends = self.k_up[0] and low
        # Rally ends: (%D of Stochastic(14, 3, 3) is above 70 and %K of Stochastic(14,
        # 3, 3) crosses below %D of Stochastic(14, 3, 3)).
        rally_ends = high and self.k_down[0]

        # Enter long when RSI(14) of close crosses above 50, 1 to 10 bars after (%K of
        # Stochastic(14, 3, 3) crosses above %D of Stochastic(14, 3, 3) and %D of
        # Stochastic(14, 3, 3) is below 30), with 95 % of equity.
        long_confirmed = (
            self.enter_long_ready_bar is not None
            and len(self) - self.enter_long_ready_bar <= self.p.enter_long_confirm_bars
            and self.rsi_up[0]
        )
        if dip_ends:
            self.enter_long_ready_bar = len(self)
        is_long = self.position.size > 0

        # Exit long when %D of Stochastic(14, 3, 3) is above 70 and %K of Stochastic(14,
        # 3, 3) crosses below %D of Stochastic(14, 3, 3).
        closes = is_long and rally_ends

        if closes:
            self.leave()
        elif is_long:
            self.protect_long(self.position.size)

        if not self.position and long_confirmed:
            self.enter_long()

    def enter_long(self):
        """Orders this entry."""
        size = self.position_size()
        if size == 0:
            return
        self.buy(size=size)

    def protect_long(self, size):
        """Lets the stop of this entry rest for `size` shares."""
        stop = self.position.price * (100 - self.p.stop_percent) / 100
        self.place_exits(size, stop)

    def place_exits(self, size, stop):
        """Lets a stop rest; a stop never moves back."""
        if self.stop_order is not None:
            old = self.stop_order.created.price
            stop = max(stop, old)
        if self.resting == (size, stop):
            return
        self.cancel_exits()
        self.stop_order = self.close(size=size, exectype=bt.Order.Stop, price=stop)
        self.resting = (size, stop)

    def cancel_exits(self):
        """Cancels the stop, if there is one."""
        if self.stop_order is not None:
            self.cancel(self.stop_order)
        self.stop_order = self.resting = None

    def leave(self):
        """Closes the position at the next open; nothing protects it any more."""
        self.cancel_exits()
        self.close()

    def position_size(self):
        """Whole shares that this part of equity buys at this close; none in debt."""
        cash = self.broker.getvalue() * self.p.equity_percent / 100
        return max(0, int(cash / self.data.close[0]))

    def watch_position(self):
        """Notes what the bar has changed, before anything is decided."""
        order = self.stop_order
        if not self.position or (order and order.status == order.Completed):
            self.stop_order = self.resting = None
