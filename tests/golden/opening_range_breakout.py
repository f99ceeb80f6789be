"""Opening range breakout

Day trade on 5-minute bars: the first close above the high of the first 30 minutes is
bought, the first one below their low sold short, one trade a day. Out when the close is
on the other side of the range, and before the session ends. After Toby Crabel, Day
Trading with Short Term Price Patterns and Opening Range Breakout, 1990.

On the close of every bar:
1. Enter long when close is above the high of Opening range(30), with 95 % of equity.
2. Enter short when close is below the low of Opening range(30), with 95 % of equity.
3. Exit long when close is below the low of Opening range(30) or it is the first bar of
   the day at or after 15:50.
4. Exit short when close is above the high of Opening range(30) or it is the first bar
   of the day at or after 15:50.
5. Enter at most once a day.
6. Enter only from 10:00 until before 15:00.

Market orders fill at the next open. This is a draft made from a strategy graph: review
it before you rely on it. It is no investment advice.
"""

import backtrader as bt


class FirstBarAt(bt.Indicator):
    """1 on the first bar of each date at or after a time of the day."""

    lines = ("found",)
    params = {"at_time": "15:55"}

    def __init__(self):
        self.found_on = None  # the last date with such a bar

    def next(self):
        date = self.data.datetime.date()
        time = self.data.datetime.time().strftime("%H:%M")
        self.lines.found[0] = time >= self.p.at_time and date != self.found_on
        if self.lines.found[0]:
            self.found_on = date


class OpeningRange(bt.Indicator):
    """High and low of the first minutes of each day; missing until these are over."""

    lines = ("high", "low")
    params = {"minutes": 30}

    def __init__(self):
        self.day = None

    def next(self):
        time = self.data.datetime.datetime()
        if time.date() != self.day:
            self.day, self.begin = time.date(), time
            self.top, self.bottom = float("-inf"), float("inf")
        is_over = (time - self.begin).total_seconds() >= 60 * self.p.minutes
        if not is_over:
            self.top = max(self.top, self.data.high[0])
            self.bottom = min(self.bottom, self.data.low[0])
        self.lines.high[0] = self.top if is_over else float("nan")
        self.lines.low[0] = self.bottom if is_over else float("nan")


class OpeningRangeBreakout(bt.Strategy):
    params = {
        "day_ends_at_time": "15:50",  # Day ends: at
        "opening_range_minutes": 30,  # First 30 minutes: minutes
        "equity_percent": 95.0,  # Equity an entry buys, %
        "hours_from_time": "10:00",  # No entry after 15:00: from, HH:MM
        "hours_until_time": "15:00",  # No entry after 15:00: until, HH:MM
        "one_a_day_count": 1,  # One trade a day: count, entries
    }

    def __init__(self):
        # Day ends: it is the first bar of the day at or after 15:50.
        self.day_ends = FirstBarAt(self.data, at_time=self.p.day_ends_at_time)
        # First 30 minutes: Opening range(30) (high and low of the first minutes of the
        # day).
        self.opening_range = OpeningRange(
            self.data, minutes=self.p.opening_range_minutes
        )
        self.one_a_day_made = {}

    def next(self):
        # Close above the range: close is above the high of Opening range(30).
        above = self.data.close[0] > self.opening_range.high[0]
        # Close below the range: close is below the low of Opening range(30).
        below = self.data.close[0] < self.opening_range.low[0]
        # Failed, or day ends: (close is below the low of Opening range(30) or it is the
        # first bar of the day at or after 15:50).
        leave_long = below or self.day_ends[0]
        # Failed, or day ends: (close is above the high of Opening range(30) or it is
        # the first bar of the day at or after 15:50).
        leave_short = above or self.day_ends[0]

        is_long = self.position.size > 0
        is_short = self.position.size < 0

        # Exit long when close is below the low of Opening range(30) or it is the first
        # bar of the day at or after 15:50.
        exit_long = is_long and leave_long
        # Exit short when close is above the high of Opening range(30) or it is the
        # first bar of the day at or after 15:50.
        exit_short = is_short and leave_short
        closes = exit_long or exit_short
        blocked = False
        # No entry after 15:00: enter only from 10:00 until before 15:00.
        now = f"{self.data.datetime.time(0):%H:%M}"
        if now < self.p.hours_from_time or now >= self.p.hours_until_time:
            blocked = True
        # One trade a day: enter at most once a day.
        period = self.one_a_day_period()
        if self.one_a_day_made.get(period, 0) >= self.p.one_a_day_count:
            blocked = True

        if closes:
            self.close()

        if blocked:
            return
        free_long = not self.position or (closes and is_short)
        free_short = not self.position or (closes and is_long)
        # Enter long when close is above the high of Opening range(30), with 95 % of
        # equity.
        if free_long and above:
            self.enter_long()
        # Enter short when close is below the low of Opening range(30), with 95 % of
        # equity.
        elif free_short and below:
            self.enter_short()

    def enter_long(self):
        """Orders this entry."""
        size = self.position_size()
        if size == 0:
            return
        period = self.one_a_day_period()
        self.one_a_day_made[period] = self.one_a_day_made.get(period, 0) + 1
        self.buy(size=size)

    def enter_short(self):
        """Orders this entry."""
        size = self.position_size()
        if size == 0:
            return
        period = self.one_a_day_period()
        self.one_a_day_made[period] = self.one_a_day_made.get(period, 0) + 1
        self.sell(size=size)

    def position_size(self):
        """Whole shares that this part of equity buys at this close; none in debt."""
        cash = self.broker.getvalue() * self.p.equity_percent / 100
        return max(0, int(cash / self.data.close[0]))

    def one_a_day_period(self):
        """The day of this bar."""
        return self.data.datetime.date(0)
