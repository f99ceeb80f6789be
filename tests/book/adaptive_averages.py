"""Moving averages that adapt to how the series moves."""

import math
from collections.abc import Callable, Mapping
from itertools import pairwise

from book.averages import hma, indicator
from book.series import MISSING, Given, Indicator, Series, combined, ema, first_value, mean


def _adapting(values: Series, start: int, first: float, shares: Series) -> Series:
    """Starts as a number, then moves by the share of each bar towards each new value."""
    found = [MISSING] * min(start, len(values))
    for bar in range(start, len(values)):
        moved = found[-1] * (1 - shares[bar]) + values[bar] * shares[bar] if bar > start else first
        found.append(moved)
    return found


def _efficiency(values: Series, period: int) -> Series:
    """How far a series got, divided by the way it went."""
    ways = [MISSING, *(abs(b - a) for a, b in pairwise(values))]
    found = [MISSING] * len(values)
    for bar in range(first_value(values) + period, len(values)):
        way = math.fsum(ways[bar - period + 1 : bar + 1])
        found[bar] = abs(values[bar] - values[bar - period]) / way if way else 0.0
    return found


def _kama(given: Given) -> Series:
    period = given.whole()
    fast, slow = (2 / (given.whole(f"{name}_period") + 1) for name in ("fast", "slow"))
    efficiency = _efficiency(given.source, period)
    shares = combined(lambda e: (e * fast + (1 - e) * slow) ** 2, efficiency)
    start = first_value(shares)
    seed = mean(given.source[start - period + 1 : start + 1])
    return _adapting(given.source, start, seed, shares)


def _vidya(given: Given) -> Series:
    momentum = _efficiency(given.source, given.whole("momentum_period"))
    shares = [2 / (given.whole() + 1) * x for x in momentum]
    start = first_value(shares)
    return _adapting(given.source, start, given.source[start], shares)


def _dynamic_smoothing(given: Given) -> Series:
    period, alphas = given.whole(), given.series["alpha"]
    start = max(first_value(given.source), first_value(alphas)) + period - 1
    seed = mean(given.source[start - period + 1 : start + 1])
    return _adapting(given.source, start, seed, [min(max(x, 0.0), 1.0) for x in alphas])


def _frama(given: Given) -> Series:
    highs, lows = given.prices["high"], given.prices["low"]
    half = given.whole() // 2
    fast, slow = given.whole("fast_period"), given.whole("slow_period")

    def span(begin: int, end: int) -> float:
        return max(highs[begin:end]) - min(lows[begin:end])

    alpha = 2 / (fast + 1)
    shares = [MISSING] * len(highs)
    for bar in range(2 * half, len(highs)):
        begin, middle, end = bar - 2 * half + 1, bar - half + 1, bar + 1
        newer, older = span(middle, end) / half, span(begin, middle) / half
        whole = span(begin, end) / (2 * half)
        if newer > 0 and older > 0 and whole > 0:
            dimension = (math.log(newer + older) - math.log(whole)) / math.log(2)
            raw = math.exp(math.log(2 / (slow + 1)) * (dimension - 1))
            raw = min(max(raw, 2 / (slow + 1)), 1.0)
            bars = (2 - raw) / raw
            alpha = 2 / ((slow - fast) * ((bars - 1) / (slow - 1)) + fast + 1)
        shares[bar] = alpha
    prices = [(high + low) / 2 for high, low in zip(highs, lows, strict=True)]
    return _adapting(prices, 2 * half - 1, prices[2 * half - 1], shares)


def _zero_lag(given: Given) -> Series:
    share, limit = 2 / (given.whole() + 1), given.whole("gain_limit")
    averages = ema(given.source, given.whole())
    start = first_value(averages)
    found = averages[: start + 1]
    for bar in range(start + 1, len(averages)):
        price, before, average = given.source[bar], found[-1], averages[bar]
        tried = [
            share * (average + gain / 10 * (price - before)) + (1 - share) * before
            for gain in range(-limit, limit + 1)
        ]
        found.append(min(tried, key=lambda value: abs(price - value)))
    return found


def _dickson_average(given: Given) -> Series:
    hull = hma(given.source, given.whole("hull_period"))
    return combined(lambda a, b: (a + b) / 2, _zero_lag(given), hull)


def _laguerre_filter(given: Given) -> Series:
    gamma = given.number("gamma")
    steps = [0.0] * 4
    found = []
    for value in given.source:
        if math.isnan(value):
            found.append(MISSING)
            continue
        before, steps = steps, [(1 - gamma) * value + gamma * steps[0]]
        for number in (1, 2, 3):
            last = steps[-1]
            steps.append(-gamma * last + before[number - 1] + gamma * before[number])
        found.append((steps[0] + 2 * steps[1] + 2 * steps[2] + steps[3]) / 6)
    return found


AVERAGES: Mapping[str, Callable[[Given], Series]] = {
    "kama": _kama,
    "vidya": _vidya,
    "frama": _frama,
    "dynamic_smoothing": _dynamic_smoothing,
    "zero_lag": _zero_lag,
    "dickson_average": _dickson_average,
    "laguerre_filter": _laguerre_filter,
}
"""By the name of the kind without its family, which envelopes and oscillators share."""

INDICATORS: Mapping[str, Indicator] = {
    f"indicator.{name}": indicator(average) for name, average in AVERAGES.items()
}
