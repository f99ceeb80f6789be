"""SuperTrend

Always in the market: long while the SuperTrend rises, short while it falls. The line
stays 3 ATR behind the price and turns when the close goes through it. After Olivier
Seban.

On the close of every bar:
1. Enter long when the direction of SuperTrend(10, 3) is above 0, with 95 % of equity.
2. Enter short when the direction of SuperTrend(10, 3) is below 0, with 95 % of equity.
3. Exit long when the direction of SuperTrend(10, 3) is below 0.
4. Exit short when the direction of SuperTrend(10, 3) is above 0.

Market orders fill at the next open. This is a draft made from a strategy graph: review
it before you rely on it. It is no investment advice.
"""

import backtrader as bt


class SuperTrend(bt.Indicator):
    """Level that trails the price by true ranges and changes sides when crossed."""

    lines = ("value", "direction")
    params = {"period": 10, "multiple": 3.0}

    def __init__(self):
        self.addminperiod(self.p.period + 1)
        distance = self.p.multiple * bt.ind.ATR(self.data, period=self.p.period)
        self.middle = (self.data.high + self.data.low) / 2
        self.above = self.middle + distance
        self.below = self.middle - distance

    def nextstart(self):
        self.upper, self.lower = self.above[0], self.below[0]
        self.rising = self.data.close[0] >= self.middle[0]
        self.show()

    def next(self):
        close, before = self.data.close[0], self.data.close[-1]
        if self.above[0] < self.upper or before > self.upper:
            self.upper = self.above[0]
        if self.below[0] > self.lower or before < self.lower:
            self.lower = self.below[0]
        self.rising = close >= self.lower if self.rising else close > self.upper
        self.show()

    def show(self):
        self.lines.value[0] = self.lower if self.rising else self.upper
        self.lines.direction[0] = 1 if self.rising else -1


class SupertrendStrategy(bt.Strategy):
    params = {
        "supertrend_period": 10,  # SuperTrend: period, bars
        "supertrend_multiple": 3.0,  # SuperTrend: multiple
        "falls_value": 0.0,  # Trend falls: value
        "rises_value": 0.0,  # Trend rises: value
        "equity_percent": 95.0,  # Equity an entry buys, %
    }

    def __init__(self):
        # SuperTrend(10, 3) (trailing level that changes sides when the close crosses
        # it).
        self.supertrend = SuperTrend(
            self.data,
            period=self.p.supertrend_period,
            multiple=self.p.supertrend_multiple,
        )

    def next(self):
        # Trend falls: the direction of SuperTrend(10, 3) is below 0.
        falls = self.supertrend.direction[0] < self.p.falls_value
        # Trend rises: the direction of SuperTrend(10, 3) is above 0.
        rises = self.supertrend.direction[0] > self.p.rises_value

        is_long = self.position.size > 0
        is_short = self.position.size < 0

        # Exit long when the direction of SuperTrend(10, 3) is below 0.
        exit_long = is_long and falls
        # Exit short when the direction of SuperTrend(10, 3) is above 0.
        exit_short = is_short and rises
        if exit_long or exit_short:
            self.close()

        can_enter_long = not self.position or exit_short
        can_enter_short = not self.position or exit_long
        # Enter long when the direction of SuperTrend(10, 3) is above 0, with 95 % of
        # equity.
        if can_enter_long and rises:
            self.buy(size=self.position_size())
        # Enter short when the direction of SuperTrend(10, 3) is below 0, with 95 % of
        # equity.
        elif can_enter_short and falls:
            self.sell(size=self.position_size())

    def position_size(self):
        """Whole shares that this part of equity buys at this close; none in debt."""
        cash = self.broker.getvalue() * self.p.equity_percent / 100
        return max(0, int(cash / self.data.close[0]))
