"""Two regimes

Two strategies in one, each in its market. In ranges (ADX below 20) it buys a close
below the lower Bollinger band and sells short one above the upper band, until the close
is back at the middle. In trends (ADX above 25) it follows a new 20-day high or low with
a trailing stop of 3 ATR, and these entries come first. No entries for 60 days after a
drawdown of 15 %. The regimes are those of J. Welles Wilder, 1978.

On the close of every bar:
1. Enter long ('Follow up') when close is at its highest in 20 bars while the market is
   trending up (ADX(14) above 25, +DI above -DI), with 95 % of equity.
2. Enter long ('Buy dip') when close is below the lower band of Bollinger bands(20, 2)
   of close while the market is ranging (ADX(14) below 20), priority 2, with 95 % of
   equity.
3. Enter short ('Follow down') when close is at its lowest in 20 bars while the market
   is trending down (ADX(14) above 25, -DI above +DI), with 95 % of equity.
4. Enter short ('Sell rally') when close is above the upper band of Bollinger bands(20,
   2) of close while the market is ranging (ADX(14) below 20), priority 2, with 95 % of
   equity.
5. Of several true entries, take the one with the lowest priority number, long before
   short among equals.
6. Exit long positions of 'Buy dip' when close is above the middle band of Bollinger
   bands(20, 2) of close.
7. Exit short positions of 'Sell rally' when close is below the middle band of Bollinger
   bands(20, 2) of close.
8. Protect positions of 'Buy dip' and 'Sell rally' with a stop loss 8 % from the entry
   price.
9. Protect positions of 'Follow down' and 'Follow up' with a trailing stop 3 x ATR(14)
   from the close.
10. When equity is 15 % or more below its peak, allow no entry for the next 60 bars.

Market orders fill at the next open. This is a draft made from a strategy graph: review
it before you rely on it. It is no investment advice.
"""

import backtrader as bt


class DirectionalIndex(bt.Indicator):
    """ADX, +DI and -DI as Wilder's; 0 instead of a division by zero."""

    lines = ("adx", "plus", "minus")
    params = {"period": 14}

    def __init__(self):
        up = self.data.high - self.data.high(-1)
        down = self.data.low(-1) - self.data.low
        rises = bt.If(bt.And(up > down, up > 0), up, 0.0)
        falls = bt.If(bt.And(down > up, down > 0), down, 0.0)
        atr = bt.ind.ATR(self.data, period=self.p.period)
        plus = 100 * bt.DivByZero(bt.ind.SMMA(rises, period=self.p.period), atr)
        minus = 100 * bt.DivByZero(bt.ind.SMMA(falls, period=self.p.period), atr)
        dx = bt.DivByZero(abs(plus - minus), plus + minus)
        self.lines.plus = plus
        self.lines.minus = minus
        self.lines.adx = 100 * bt.ind.SMMA(dx, period=self.p.period)


class TwoRegimes(bt.Strategy):
    params = {
        "atr_period": 14,  # Average true range: period, bars
        "bands_period": 20,  # Bollinger bands: period, bars
        "bands_deviations": 2.0,  # Bollinger bands: deviations
        "new_high_bars": 20,  # New 20-day high: bars
        "new_low_bars": 20,  # New 20-day low: bars
        "ranging_period": 14,  # Ranging: period, bars
        "ranging_adx": 20.0,  # Ranging: adx
        "trending_down_adx": 25.0,  # Trending down: adx
        "trending_up_adx": 25.0,  # Trending up: adx
        "equity_percent": 95.0,  # Equity an entry buys, %
        "halt_recovery_bars": 60,  # Halt after a drawdown: recovery, bars
        "halt_percent": 15.0,  # Halt after a drawdown: drawdown, %
        "trail_multiple": 3.0,  # 3 ATR trailing stop: multiple
        "stop_percent": 8.0,  # 8 % stop: percent, %
    }

    def __init__(self):
        # Average true range: ATR(14) (average distance the price covers in a bar).
        self.atr = bt.ind.ATR(self.data, period=self.p.atr_period)
        # Bollinger bands(20, 2) of close (average with bands n standard deviations
        # away).
        self.bands = bt.ind.BollingerBands(
            self.data.close,
            period=self.p.bands_period,
            devfactor=self.p.bands_deviations,
        )
        # New 20-day high: close is at its highest in 20 bars.
        self.new_high = self.data.close >= bt.ind.Highest(
            self.data.close, period=self.p.new_high_bars
        )
        # New 20-day low: close is at its lowest in 20 bars.
        self.new_low = self.data.close <= bt.ind.Lowest(
            self.data.close, period=self.p.new_low_bars
        )
        # Ranging: the market is ranging (ADX(14) below 20). Also for: Trending down,
        # Trending up.
        self.ranging_index = DirectionalIndex(self.data, period=self.p.ranging_period)
        self.stop_order = None
        self.resting = None  # the shares and prices of what rests
        self.long_entry = None  # which entry opened the long position
        self.short_entry = None  # which entry opened the short position
        self.halt_until = 0
        self.halt_peak = None

    def next(self):
        self.watch_position()
        # Close above upper band: close is above the upper band of Bollinger bands(20,
        # 2) of close.
        above_band = self.data.close[0] > self.bands.top[0]
        # Close above middle band: close is above the middle band of Bollinger bands(20,
        # 2) of close.
        above_middle = self.data.close[0] > self.bands.mid[0]
        # Close below lower band: close is below the lower band of Bollinger bands(20,
        # 2) of close.
        below_band = self.data.close[0] < self.bands.bot[0]
        # Close below middle band: close is below the middle band of Bollinger bands(20,
        # 2) of close.
        below_middle = self.data.close[0] < self.bands.mid[0]
        # Ranging: the market is ranging (ADX(14) below 20).
        ranging = self.ranging_index.adx[0] < self.p.ranging_adx
        # Trending down: the market is trending down (ADX(14) above 25, -DI above +DI).
        trending_down = (
            self.ranging_index.adx[0] > self.p.trending_down_adx
            and self.ranging_index.plus[0] < self.ranging_index.minus[0]
        )
        # Trending up: the market is trending up (ADX(14) above 25, +DI above -DI).
        trending_up = (
            self.ranging_index.adx[0] > self.p.trending_up_adx
            and self.ranging_index.plus[0] > self.ranging_index.minus[0]
        )

        is_long = self.position.size > 0
        is_short = self.position.size < 0

        # Dip is over: exit long positions of "Buy dip" when close is above the middle
        # band of Bollinger bands(20, 2) of close.
        exit_long = is_long and self.long_entry == "buy_dip" and above_middle
        # Rally is over: exit short positions of "Sell rally" when close is below the
        # middle band of Bollinger bands(20, 2) of close.
        exit_short = is_short and self.short_entry == "sell_rally" and below_middle
        closes = exit_long or exit_short
        blocked = False
        # Halt after a drawdown: when equity is 15 % or more below its peak, allow no
        # entry for the next 60 bars.
        if len(self) <= self.halt_until:
            blocked = True
        else:
            equity = self.broker.getvalue()
            if self.halt_peak is None or equity > self.halt_peak:
                self.halt_peak = equity
            if equity <= self.halt_peak * (100 - self.p.halt_percent) / 100:
                blocked = True
                self.halt_until = len(self) + (
                    self.p.halt_recovery_bars or float("inf")
                )
                self.halt_peak = None

        if closes:
            self.leave()
        elif is_long and self.long_entry == "follow_up":
            self.protect_follow_up(self.position.size)
        elif is_short and self.short_entry == "follow_down":
            self.protect_follow_down(-self.position.size)
        elif is_long and self.long_entry == "buy_dip":
            self.protect_buy_dip(self.position.size)
        elif is_short and self.short_entry == "sell_rally":
            self.protect_sell_rally(-self.position.size)

        if blocked:
            return
        free_long = not self.position or (closes and is_short)
        free_short = not self.position or (closes and is_long)
        # Follow up: enter long when close is at its highest in 20 bars while the market
        # is trending up (ADX(14) above 25, +DI above -DI), with 95 % of equity.
        if free_long and self.new_high[0] and trending_up:
            self.enter_follow_up()
        # Follow down: enter short when close is at its lowest in 20 bars while the
        # market is trending down (ADX(14) above 25, -DI above +DI), with 95 % of
        # equity.
        elif free_short and self.new_low[0] and trending_down:
            self.enter_follow_down()
        # Buy dip: enter long when close is below the lower band of Bollinger bands(20,
        # 2) of close while the market is ranging (ADX(14) below 20), priority 2, with
        # 95 % of equity.
        elif free_long and below_band and ranging:
            self.enter_buy_dip()
        # Sell rally: enter short when close is above the upper band of Bollinger
        # bands(20, 2) of close while the market is ranging (ADX(14) below 20), priority
        # 2, with 95 % of equity.
        elif free_short and above_band and ranging:
            self.enter_sell_rally()

    def enter_follow_up(self):
        """Orders the entry Follow up."""
        size = self.position_size()
        if size == 0:
            return
        self.long_entry = "follow_up"
        self.buy(size=size)

    def enter_follow_down(self):
        """Orders the entry Follow down."""
        size = self.position_size()
        if size == 0:
            return
        self.short_entry = "follow_down"
        self.sell(size=size)

    def enter_buy_dip(self):
        """Orders the entry Buy dip."""
        size = self.position_size()
        if size == 0:
            return
        self.long_entry = "buy_dip"
        self.buy(size=size)

    def enter_sell_rally(self):
        """Orders the entry Sell rally."""
        size = self.position_size()
        if size == 0:
            return
        self.short_entry = "sell_rally"
        self.sell(size=size)

    def protect_follow_up(self, size):
        """Lets the stop of this entry rest for `size` shares."""
        stop = self.data.close[0] - self.p.trail_multiple * self.atr[0]
        self.place_exits(size, stop)

    def protect_follow_down(self, size):
        """Lets the stop of this entry rest for `size` shares."""
        stop = self.data.close[0] + self.p.trail_multiple * self.atr[0]
        self.place_exits(size, stop)

    def protect_buy_dip(self, size):
        """Lets the stop of this entry rest for `size` shares."""
        stop = self.position.price * (100 - self.p.stop_percent) / 100
        self.place_exits(size, stop)

    def protect_sell_rally(self, size):
        """Lets the stop of this entry rest for `size` shares."""
        stop = self.position.price * (100 + self.p.stop_percent) / 100
        self.place_exits(size, stop)

    def place_exits(self, size, stop):
        """Lets a stop rest; a stop never moves back."""
        if self.stop_order is not None:
            old = self.stop_order.created.price
            nearer = max if self.position.size > 0 else min
            stop = nearer(stop, old)
        if self.resting == (size, stop):
            return
        self.cancel_exits()
        if stop > 0:
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
