"""Williams %R

Buys the end of a dip in an uptrend: %R crosses above -80 while the close is above its
100-day average. Out when %R is above -20, after ten days, or at a loss of 5 %. After
Larry Williams, How I Made One Million Dollars Last Year Trading Commodities, 1973.

On the close of every bar:
1. Enter long when %R(14) crosses above -80 and close is above SMA(100) of close, with
   95 % of equity.
2. Exit long when %R(14) is above -20.
3. Protect long positions with a stop loss 5 % from the entry price.
4. Close every position once it has been held for 10 bars.

Market orders fill at the next open. This is a draft made from a strategy graph: review
it before you rely on it. It is no investment advice.
"""

import backtrader as bt


class WilliamsR(bt.Strategy):
    params = {
        "percent_r_period": 14,  # Williams %R: period, bars
        "dip_ends_value": -80.0,  # %R leaves the oversold zone: value
        "overbought_value": -20.0,  # %R is overbought: value
        "trend_period": 100,  # Trend SMA: period, bars
        "equity_percent": 95.0,  # Equity an entry buys, %
        "ten_days_limit": 10,  # Ten days at most: at most
        "stop_percent": 5.0,  # Stop loss: percent, %
    }

    def __init__(self):
        # Williams %R: %R(14) (distance of the close from the highest high, -100 to 0).
        self.percent_r = bt.ind.WilliamsR(self.data, period=self.p.percent_r_period)
        # %R leaves the oversold zone: %R(14) crosses above -80.
        self.dip_ends = bt.ind.CrossUp(self.percent_r, self.p.dip_ends_value)
        # Trend SMA: SMA(100) of close (mean of the last n values).
        self.trend = bt.ind.SMA(self.data.close, period=self.p.trend_period)
        self.side = 0  # of the position: 1 long, -1 short, 0 none
        self.entry_bar = None  # when the position was filled
        self.stop_order = None
        self.resting = None  # the shares and prices of what rests

    def next(self):
        self.watch_position()
        # %R is overbought: %R(14) is above -20.
        overbought = self.percent_r[0] > self.p.overbought_value
        # Close above trend SMA: close is above SMA(100) of close.
        uptrend = self.data.close[0] > self.trend[0]

        is_long = self.position.size > 0

        # Exit long when %R(14) is above -20.
        closes = is_long and overbought
        # Ten days at most: close every position once it has been held for 10 bars.
        if is_long:
            held = len(self) - self.entry_bar
            if held >= self.p.ten_days_limit:
                closes = True

        if closes:
            self.leave()
        elif is_long:
            self.protect_long(self.position.size)

        # Enter long when %R(14) crosses above -80 and close is above SMA(100) of close,
        # with 95 % of equity.
        if not self.position and self.dip_ends[0] and uptrend:
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
        side = (self.position.size > 0) - (self.position.size < 0)
        if side != self.side:
            self.side = side
            self.entry_bar = len(self) if side else None
