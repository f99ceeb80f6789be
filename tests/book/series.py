"""Series as plain lists, and the few things nearly every indicator is made of."""

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

MISSING = float("nan")

Series = list[float]


@dataclass(frozen=True)
class Given:
    """What an indicator computes from.

    Attributes:
        series: What is connected to its series inputs, by port.
        prices: open, high, low, close and volume of the bars connected to its bars input.
        params: Values of its parameters.
        times: When the bars are.
    """

    series: Mapping[str, Series]
    prices: Mapping[str, Series]
    params: Mapping[str, float | str | bool]
    times: Sequence[dt.datetime] = ()

    @property
    def source(self) -> Series:
        """The series of the usual single input."""
        return self.series["source"]

    def whole(self, name: str = "period") -> int:
        """A whole-number parameter."""
        return int(self.params[name])

    def number(self, name: str) -> float:
        """A parameter."""
        return float(self.params[name])


Indicator = Callable[[Given], Mapping[str, Series]]
"""Gives the series of each output."""


def first_value(values: Series) -> int:
    """The first bar with a value; the number of bars if there is none."""
    return next((bar for bar, value in enumerate(values) if not math.isnan(value)), len(values))


def rolling(values: Series, period: int, of: Callable[[Series], float]) -> Series:
    """A function of the last ``period`` values, from the first bar that has so many."""
    start = first_value(values) + period - 1
    return [
        of(values[bar - period + 1 : bar + 1]) if bar >= start else MISSING
        for bar in range(len(values))
    ]


def combined(of: Callable[..., float], *columns: Series) -> Series:
    """A function of the values of one bar; missing where any is missing."""
    return [
        MISSING if any(math.isnan(item) for item in row) else of(*row)
        for row in zip(*columns, strict=True)
    ]


def shifted(values: Series, bars: int) -> Series:
    """The values as they were so many bars ago."""
    return [MISSING] * min(bars, len(values)) + values[: max(0, len(values) - bars)]


def mean(window: Series) -> float:
    """The mean of a list."""
    return math.fsum(window) / len(window)


def sma(values: Series, period: int) -> Series:
    """Simple moving average."""
    return rolling(values, period, mean)


def smoothed(values: Series, period: int, share: float) -> Series:
    """Starts as the mean of the first values, then moves by a share towards each new one."""
    found: Series = []
    seed = first_value(values) + period - 1
    for bar, value in enumerate(values):
        if bar < seed:
            found.append(MISSING)
        elif bar == seed:
            found.append(mean(values[bar - period + 1 : bar + 1]))
        else:
            found.append(found[-1] * (1 - share) + value * share)
    return found


def ema(values: Series, period: int) -> Series:
    """Exponential moving average, seeded with the mean."""
    return smoothed(values, period, 2 / (period + 1))


def wilder(values: Series, period: int) -> Series:
    """Wilder's smoothed average, seeded with the mean."""
    return smoothed(values, period, 1 / period)


def wma(values: Series, period: int) -> Series:
    """Weighted moving average: the newest value counts most."""
    share = 2 / (period * (period + 1))  # multiplied, as Backtrader does: the last digit counts

    def of(window: Series) -> float:
        return share * math.fsum(weight * x for weight, x in enumerate(window, start=1))

    return rolling(values, period, of)


def deviation(values: Series, period: int) -> Series:
    """Population standard deviation, as the mean of squares minus the square of the mean."""

    def of(window: Series) -> float:
        return math.sqrt(abs(mean([x**2 for x in window]) - mean(window) ** 2))

    return rolling(values, period, of)


def true_ranges(prices: Mapping[str, Series]) -> Series:
    """Wilder's true range; missing on the first bar."""
    found = [MISSING]
    for bar in range(1, len(prices["close"])):
        before = prices["close"][bar - 1]
        found.append(max(prices["high"][bar], before) - min(prices["low"][bar], before))
    return found
