"""Trend with a volatility target

Long while the 16-day exponential average is above the 64-day one, short while it is
below; each position is sized so that it would swing about 20 % a year. After Robert
Carver, Systematic Trading, 2015, and Moskowitz, Ooi and Pedersen, Time Series Momentum,
2012.

On the close of every bar:
1. Enter long when EMA(16) of close is above EMA(64) of close, with a volatility of 20 %
   a year, measured over 36 bars at 252 bars a year (at most 95 % invested).
2. Enter short when EMA(16) of close is below EMA(64) of close, with a volatility of 20
   % a year, measured over 36 bars at 252 bars a year (at most 95 % invested).
3. Exit long when EMA(16) of close is below EMA(64) of close.
4. Exit short when EMA(16) of close is above EMA(64) of close.

Market orders fill at the next open. This is a draft made from a strategy graph: review
it before you rely on it. It is no investment advice.
"""

import backtrader as bt


class TrendWithAVolatilityTarget(bt.Strategy):
    params = {
        "fast_period": 16,  # 16-day EMA: period, bars
        "slow_period": 64,  # 64-day EMA: period, bars
        "size_period": 36,  # 20 % volatility: period, bars
        "size_bars_per_year": 252,  # 20 % volatility: bars a year, bars
        "size_max_percent": 95.0,  # 20 % volatility: at most, %
        "size_target": 20.0,  # 20 % volatility: target, % a year
    }

    def __init__(self):
        # 16-day EMA: EMA(16) of close (average that weighs recent values more).
        self.fast = bt.ind.EMA(self.data.close, period=self.p.fast_period)
        # 64-day EMA: EMA(64) of close (average that weighs recent values more).
        self.slow = bt.ind.EMA(self.data.close, period=self.p.slow_period)
        # 20 % volatility: a volatility of 20 % a year, measured over 36 bars at 252
        # bars a year (at most 95 % invested).
        self.size_deviation = bt.ind.StdDev(
            bt.ind.PctChange(self.data.close, period=1), period=self.p.size_period
        )

    def next(self):
        # Trend is down: EMA(16) of close is below EMA(64) of close.
        down = self.fast[0] < self.slow[0]
        # Trend is up: EMA(16) of close is above EMA(64) of close.
        up = self.fast[0] > self.slow[0]

        is_long = self.position.size > 0
        is_short = self.position.size < 0

        # Exit long when EMA(16) of close is below EMA(64) of close.
        exit_long = is_long and down
        # Exit short when EMA(16) of close is above EMA(64) of close.
        exit_short = is_short and up
        if exit_long or exit_short:
            self.close()

        can_enter_long = not self.position or exit_short
        can_enter_short = not self.position or exit_long
        # Enter long when EMA(16) of close is above EMA(64) of close, with a volatility
        # of 20 % a year, measured over 36 bars at 252 bars a year (at most 95 %
        # invested).
        if can_enter_long and up:
            self.buy(size=self.position_size())
        # Enter short when EMA(16) of close is below EMA(64) of close, with a volatility
        # of 20 % a year, measured over 36 bars at 252 bars a year (at most 95 %
        # invested).
        elif can_enter_short and down:
            self.sell(size=self.position_size())

    def position_size(self):
        """Whole shares for the wanted volatility a year; none in debt."""
        volatility = self.size_deviation[0] * self.p.size_bars_per_year**0.5 * 100
        percent = self.p.size_max_percent
        if volatility > 0:
            percent = min(self.p.size_target / volatility * 100, percent)
        cash = self.broker.getvalue() * percent / 100
        return max(0, int(cash / self.data.close[0]))
