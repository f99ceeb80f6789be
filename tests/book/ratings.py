"""Oscillators with a fixed range."""

import math
from collections.abc import Callable, Mapping
from itertools import pairwise

from book.series import (
    MISSING,
    Given,
    Indicator,
    Series,
    combined,
    ema,
    first_value,
    rolling,
    shifted,
    sma,
    true_ranges,
    wilder,
)


def _changes(values: Series, bars: int = 1) -> Series:
    return combined(lambda new, old: new - old, values, shifted(values, bars))


def _rises_and_falls(values: Series, bars: int = 1) -> tuple[Series, Series]:
    changes = _changes(values, bars)
    return (
        combined(lambda x: max(x, 0.0), changes),
        combined(lambda x: max(-x, 0.0), changes),
    )


def _strength(
    average: Callable[[Series, int], Series], lookback: str = ""
) -> Callable[[Given], Mapping[str, Series]]:
    """Rises against falls, with this average, over one bar or as many as a parameter says."""

    def of(rise: float, fall: float) -> float:
        if fall == 0:
            return 50.0 if rise == 0 else 100.0
        return 100 - 100 / (1 + rise / fall)

    def indicator(given: Given) -> Mapping[str, Series]:
        moves = _rises_and_falls(given.source, given.whole(lookback) if lookback else 1)
        return {"value": combined(of, *(average(side, given.whole()) for side in moves))}

    return indicator


def _laguerre_rsi(given: Given) -> Mapping[str, Series]:
    gamma = given.number("gamma")
    start = first_value(given.source) + given.whole() - 1
    found = [MISSING] * min(start, len(given.source))
    stages = [0.0, 0.0, 0.0, 0.0]
    for price in given.source[start:]:
        before, stages = stages, [(1 - gamma) * price + gamma * stages[0]]
        for number in (1, 2, 3):
            passed_on = before[number - 1] - gamma * stages[number - 1]
            stages.append(passed_on + gamma * before[number])
        gaps = [quick - slow for quick, slow in pairwise(stages)]
        size = sum(abs(gap) for gap in gaps)
        found.append(sum(max(gap, 0.0) for gap in gaps) / size if size else 1.0)
    return {"value": found}


def _cmo(given: Given) -> Mapping[str, Series]:
    rises, falls = (
        rolling(side, given.whole(), math.fsum) for side in _rises_and_falls(given.source)
    )
    return {"value": combined(lambda r, f: 100 * (r - f) / (r + f) if r + f else 0.0, rises, falls)}


def _tsi(given: Given) -> Mapping[str, Series]:
    changes = _changes(given.source, given.whole("change_period"))
    sizes = [abs(x) for x in changes]
    net, whole = (
        ema(ema(values, given.whole("slow_period")), given.whole("fast_period"))
        for values in (changes, sizes)
    )
    return {"value": combined(lambda n, w: 100 * n / w, net, whole)}


def _ultimate_oscillator(given: Given) -> Mapping[str, Series]:
    close = given.prices["close"]
    lows = combined(min, given.prices["low"], shifted(close, 1))
    pressure = combined(lambda a, b: a - b, close, lows)
    ranges = true_ranges(given.prices)

    def share(period: int) -> Series:
        sums = (rolling(values, period, math.fsum) for values in (pressure, ranges))
        return combined(lambda p, r: p / r, *sums)

    shares = (share(given.whole(f"{name}_period")) for name in ("fast", "middle", "slow"))
    return {"value": combined(lambda a, b, c: 100 * (4 * a + 2 * b + c) / 7, *shares)}


def _dv2(given: Given) -> Mapping[str, Series]:
    prices = (given.prices[name] for name in ("high", "low", "close"))
    places = combined(lambda high, low, close: close / ((high + low) / 2), *prices)

    def rank(window: Series) -> float:
        return 100 * sum(x < window[-1] for x in window) / len(window)

    return {"value": rolling(sma(places, given.whole("average_period")), given.whole(), rank)}


INDICATORS: Mapping[str, Indicator] = {
    "indicator.rsi": _strength(wilder),
    "indicator.rsi_sma": _strength(sma),
    "indicator.rsi_ema": _strength(ema),
    "indicator.rmi": _strength(wilder, "lookback"),
    "indicator.laguerre_rsi": _laguerre_rsi,
    "indicator.cmo": _cmo,
    "indicator.tsi": _tsi,
    "indicator.ultimate_oscillator": _ultimate_oscillator,
    "indicator.dv2": _dv2,
}
