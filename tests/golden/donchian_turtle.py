"""Donchian turtle

Enters when the close leaves the 20-day channel, exits when it leaves the 10-day channel
on the other side, risks 1 % of equity to a stop 2 ATR away. System 1 of the Turtles,
without pyramiding: Richard Dennis and William Eckhardt, 1983.

On the close of every bar:
1. Enter long when close is above the upper line of Donchian channels(20) one bar ago,
   with 1 % of equity at risk to the stop (at most 95 % invested).
2. Enter short when close is below the lower line of Donchian channels(20) one bar ago,
   with 1 % of equity at risk to the stop (at most 95 % invested).
3. Exit long when close is below the lower line of Donchian channels(10) one bar ago.
4. Exit short when close is above the upper line of Donchian channels(10) one bar ago.
5. Protect long and short positions with a stop loss 2 x ATR(20), taken at the signal,
   from the entry price.

Market orders fill at the next open. This is a draft made from a strategy graph: review
it before you rely on it. It is no investment advice.
"""

import backtrader as bt


class DonchianChannels(bt.Indicator):
    """Highest high and lowest low of the last bars, and the middle between them."""

    lines = ("upper", "middle", "lower")
    params = {"period": 20}

    def __init__(self):
        self.lines.upper = bt.ind.Highest(self.data.high, period=self.p.period)
        self.lines.lower = bt.ind.Lowest(self.data.low, period=self.p.period)
        self.lines.middle = (self.lines.upper + self.lines.lower) / 2


class DonchianTurtle(bt.Strategy):
    params = {
        "atr_period": 20,  # Average true range: period, bars
        "entry_channel_period": 20,  # 20-day channel: period, bars
        "entry_high_bars": 1,  # 20-day high before: bars ago
        "entry_low_bars": 1,  # 20-day low before: bars ago
        "exit_channel_period": 10,  # 10-day channel: period, bars
        "exit_high_bars": 1,  # 10-day high before: bars ago
        "exit_low_bars": 1,  # 10-day low before: bars ago
        "size_percent": 1.0,  # Percent risk to the stop: risk, %
        "size_max_percent": 95.0,  # Percent risk to the stop: at most, %
        "stop_multiple": 2.0,  # 2 ATR stop: multiple
    }

    def __init__(self):
        # Average true range: ATR(20) (average distance the price covers in a bar).
        self.atr = bt.ind.ATR(self.data, period=self.p.atr_period)
        # 20-day channel: Donchian channels(20) (highest high and lowest low of n bars).
        self.entry_channel = DonchianChannels(
            self.data, period=self.p.entry_channel_period
        )
        # 20-day high before: the upper line of Donchian channels(20) one bar ago (a
        # series as it was n bars ago).
        self.entry_high = self.entry_channel.upper(-self.p.entry_high_bars)
        # 20-day low before: the lower line of Donchian channels(20) one bar ago (a
        # series as it was n bars ago).
        self.entry_low = self.entry_channel.lower(-self.p.entry_low_bars)
        # 10-day channel: Donchian channels(10) (highest high and lowest low of n bars).
        self.exit_channel = DonchianChannels(
            self.data, period=self.p.exit_channel_period
        )
        # 10-day high before: the upper line of Donchian channels(10) one bar ago (a
        # series as it was n bars ago).
        self.exit_high = self.exit_channel.upper(-self.p.exit_high_bars)
        # 10-day low before: the lower line of Donchian channels(10) one bar ago (a
        # series as it was n bars ago).
        self.exit_low = self.exit_channel.lower(-self.p.exit_low_bars)
        self.stop_order = None  # the stop of the open position
        self.stop_distance = None  # fixed when an entry is decided

    def next(self):
        # New 20-day high: close is above the upper line of Donchian channels(20) one
        # bar ago.
        break_up = self.data.close[0] > self.entry_high[0]
        # New 20-day low: close is below the lower line of Donchian channels(20) one bar
        # ago.
        break_down = self.data.close[0] < self.entry_low[0]
        # New 10-day high: close is above the upper line of Donchian channels(10) one
        # bar ago.
        bounce = self.data.close[0] > self.exit_high[0]
        # New 10-day low: close is below the lower line of Donchian channels(10) one bar
        # ago.
        fall_back = self.data.close[0] < self.exit_low[0]

        is_long = self.position.size > 0
        is_short = self.position.size < 0
        if not self.position:
            self.stop_order = None  # none yet, or it closed the position

        # Exit long when close is below the lower line of Donchian channels(10) one bar
        # ago.
        exit_long = is_long and fall_back
        # Exit short when close is above the upper line of Donchian channels(10) one bar
        # ago.
        exit_short = is_short and bounce
        if exit_long or exit_short:
            self.leave()
        # 2 ATR stop: protect long and short positions with a stop loss 2 x ATR(20),
        # taken at the signal, from the entry price.
        elif is_long and self.stop_order is None:
            price = self.position.price - self.stop_distance
            if price > 0:
                self.stop_order = self.close(exectype=bt.Order.Stop, price=price)
        # 2 ATR stop: protect long and short positions with a stop loss 2 x ATR(20),
        # taken at the signal, from the entry price.
        elif is_short and self.stop_order is None:
            price = self.position.price + self.stop_distance
            if price > 0:
                self.stop_order = self.close(exectype=bt.Order.Stop, price=price)

        can_enter_long = not self.position or exit_short
        can_enter_short = not self.position or exit_long
        # Enter long when close is above the upper line of Donchian channels(20) one bar
        # ago, with 1 % of equity at risk to the stop (at most 95 % invested).
        if can_enter_long and break_up:
            self.stop_distance = self.p.stop_multiple * self.atr[0]
            self.buy(size=self.position_size(self.stop_distance))
        # Enter short when close is below the lower line of Donchian channels(20) one
        # bar ago, with 1 % of equity at risk to the stop (at most 95 % invested).
        elif can_enter_short and break_down:
            self.stop_distance = self.p.stop_multiple * self.atr[0]
            self.sell(size=self.position_size(self.stop_distance))

    def leave(self):
        """Closes the position at the next open and cancels its stop."""
        if self.stop_order is not None:
            self.cancel(self.stop_order)
            self.stop_order = None
        self.close()

    def position_size(self, distance):
        """Whole shares that lose this part of equity over `distance`; none in debt."""
        if not distance > 0:
            return 0
        equity = max(0, self.broker.getvalue())
        at_risk = equity * self.p.size_percent / 100 / distance
        at_most = equity * self.p.size_max_percent / 100 / self.data.close[0]
        return int(min(at_risk, at_most))
