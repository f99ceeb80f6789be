"""Trend, computed a second time."""

import math
from collections.abc import Mapping

from book.series import (
    MISSING,
    Given,
    Indicator,
    Series,
    combined,
    rolling,
    shifted,
    true_ranges,
    wilder,
)


def _moves(given: Given) -> tuple[Series, Series]:
    """What counts as upward and as downward movement of each bar."""
    highs, lows = given.prices["high"], given.prices["low"]
    ups, downs = [MISSING], [MISSING]
    for bar in range(1, len(highs)):
        up, down = highs[bar] - highs[bar - 1], lows[bar - 1] - lows[bar]
        ups.append(up if up > down and up > 0 else 0.0)
        downs.append(down if down > up and down > 0 else 0.0)
    return ups, downs


def _directional(given: Given) -> Mapping[str, Series]:
    period = given.whole()
    ranges = wilder(true_ranges(given.prices), period)
    plus, minus = (
        combined(lambda m, r: 100 * m / r, wilder(side, period), ranges) for side in _moves(given)
    )
    index = combined(lambda p, m: abs(p - m) / (p + m), plus, minus)
    adx = [100 * x for x in wilder(index, period)]
    adxr = combined(lambda a, b: (a + b) / 2, adx, shifted(adx, period))
    return {"adx": adx, "adxr": adxr, "plus": plus, "minus": minus}


def _directional_indicator(given: Given) -> Mapping[str, Series]:
    lines = _directional(given)
    return {"plus": lines["plus"], "minus": lines["minus"]}


def _aroon(given: Given) -> Mapping[str, Series]:
    period = given.whole()

    def recency(window: Series, extreme: float) -> float:
        return 100 * max(bar for bar, price in enumerate(window) if price == extreme) / period

    up = rolling(given.prices["high"], period + 1, lambda window: recency(window, max(window)))
    down = rolling(given.prices["low"], period + 1, lambda window: recency(window, min(window)))
    return {"up": up, "down": down, "oscillator": combined(lambda a, b: a - b, up, down)}


def _vortex(given: Given) -> Mapping[str, Series]:
    highs, lows = given.prices["high"], given.prices["low"]
    period = given.whole()
    whole = rolling(true_ranges(given.prices), period, math.fsum)

    def share(ends: Series, starts: Series) -> Series:
        moves = combined(lambda a, b: abs(a - b), ends, shifted(starts, 1))
        return combined(lambda m, w: m / w, rolling(moves, period, math.fsum), whole)

    return {"plus": share(highs, lows), "minus": share(lows, highs)}


INDICATORS: Mapping[str, Indicator] = {
    "indicator.adx": lambda given: {"value": _directional(given)["adx"]},
    "indicator.adxr": lambda given: {"value": _directional(given)["adxr"]},
    "indicator.directional_indicator": _directional_indicator,
    "indicator.directional_movement": _directional,
    "indicator.aroon": _aroon,
    "indicator.vortex": _vortex,
}
