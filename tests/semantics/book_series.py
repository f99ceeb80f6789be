"""The indicators of docs/semantics.md in plain Python, a list of numbers in and one out."""

import math
from collections.abc import Callable, Mapping
from itertools import pairwise

MISSING = float("nan")

Series = list[float]
Signals = list[bool]


def first_value(values: Series) -> int:
    return next((bar for bar, value in enumerate(values) if not math.isnan(value)), len(values))


def minus(left: Series, right: Series) -> Series:
    return [a - b for a, b in zip(left, right, strict=True)]


def _rolling(values: Series, period: int, of: Callable[[Series], float]) -> Series:
    start = first_value(values) + period - 1
    return [
        of(values[bar - period + 1 : bar + 1]) if bar >= start else MISSING
        for bar in range(len(values))
    ]


def sma(values: Series, period: int) -> Series:
    return _rolling(values, period, lambda window: math.fsum(window) / period)


def wma(values: Series, period: int) -> Series:
    weights = range(1, period + 1)
    share = 2 / (period * (period + 1))  # multiplied, as Backtrader does: the last digit counts

    def of(window: Series) -> float:
        return share * math.fsum(w * x for w, x in zip(weights, window, strict=True))

    return _rolling(values, period, of)


def deviation(values: Series, period: int) -> Series:
    def of(window: Series) -> float:
        mean = math.fsum(window) / period
        return math.sqrt(abs(math.fsum(x * x for x in window) / period - mean * mean))

    return _rolling(values, period, of)


def _smoothed(values: Series, period: int, share: float) -> Series:
    found, seed = [], first_value(values) + period - 1
    for bar, value in enumerate(values):
        if bar < seed:
            found.append(MISSING)
        elif bar == seed:
            found.append(math.fsum(values[bar - period + 1 : bar + 1]) / period)
        else:
            found.append(found[-1] * (1 - share) + value * share)
    return found


def ema(values: Series, period: int) -> Series:
    return _smoothed(values, period, 2 / (period + 1))


def _wilder(values: Series, period: int) -> Series:
    return _smoothed(values, period, 1 / period)


def rsi(values: Series, period: int) -> Series:
    changes = [MISSING, *(b - a for a, b in pairwise(values))]
    rises = _wilder([x if math.isnan(x) else max(x, 0.0) for x in changes], period)
    falls = _wilder([x if math.isnan(x) else max(-x, 0.0) for x in changes], period)

    def of(rise: float, fall: float) -> float:
        if fall == 0:
            return 50.0 if rise == 0 else 100.0
        return 100 - 100 / (1 + rise / fall)

    return [of(rise, fall) for rise, fall in zip(rises, falls, strict=True)]


def atr(prices: Mapping[str, Series], period: int) -> Mapping[str, Series]:
    ranges = [MISSING]
    for bar in range(1, len(prices["close"])):
        before = prices["close"][bar - 1]
        ranges.append(max(prices["high"][bar], before) - min(prices["low"][bar], before))
    return {"value": _wilder(ranges, period)}


def donchian(prices: Mapping[str, Series], period: int) -> Mapping[str, Series]:
    upper, lower = _rolling(prices["high"], period, max), _rolling(prices["low"], period, min)
    middle = [(a + b) / 2 for a, b in zip(upper, lower, strict=True)]
    return {"upper": upper, "middle": middle, "lower": lower}


def crosses(left: Series, right: Series, direction: int) -> Signals:
    found, last = [], 0.0
    for a, b in zip(left, right, strict=True):
        difference = (a - b) * direction
        found.append(difference > 0 and last < 0)
        if difference:
            last = 0.0 if math.isnan(difference) else difference
    return found


OF_BARS: Mapping[str, Callable[[Mapping[str, Series], int], Mapping[str, Series]]] = {
    "atr": atr,
    "donchian_channels": donchian,
}
OF_SOURCE: Mapping[str, Callable[[Series, int], Series]] = {
    "sma": sma,
    "ema": ema,
    "wma": wma,
    "rsi": rsi,
    "standard_deviation": deviation,
    "highest": lambda values, period: _rolling(values, period, max),
    "lowest": lambda values, period: _rolling(values, period, min),
}
RELATIONS: Mapping[str, Callable[[float, float], bool]] = {
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
}
