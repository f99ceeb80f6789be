"""Crossings and tests for zero, computed a second time."""

import math
from collections.abc import Mapping

from book.series import MISSING, Given, Indicator, Series, rolling


def _differences(given: Given) -> Series:
    """Left minus right, or the last one that was not 0."""
    found: Series = []
    last = 0.0
    for left, right in zip(given.series["left"], given.series["right"], strict=True):
        last = left - right or (0.0 if math.isnan(last) else last)
        found.append(last)
    return found


def _crossover(given: Given) -> Mapping[str, Series]:
    found, last = [MISSING], _differences(given)
    for bar in range(1, len(last)):
        now = given.series["left"][bar] - given.series["right"][bar]
        crossed = float((now > 0 > last[bar - 1]) - (now < 0 < last[bar - 1]))
        found.append(MISSING if math.isnan(last[bar - 1]) else crossed)
    return {"value": found}


INDICATORS: Mapping[str, Indicator] = {
    "indicator.crossover": _crossover,
    "indicator.non_zero_difference": lambda given: {"value": _differences(given)},
    "indicator.all_non_zero": lambda given: {
        "value": rolling(given.source, given.whole(), lambda window: float(0.0 not in window))
    },
    "indicator.any_non_zero": lambda given: {
        "value": rolling(given.source, given.whole(), lambda window: float(set(window) != {0.0}))
    },
}
