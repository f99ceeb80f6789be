"""Extremes of the recent past."""

from collections.abc import Callable, Mapping

from book.series import Given, Indicator, Series, combined, rolling


def _donchian_channels(given: Given) -> Mapping[str, Series]:
    upper = rolling(given.prices["high"], given.whole(), max)
    lower = rolling(given.prices["low"], given.whole(), min)
    return {
        "upper": upper,
        "middle": combined(lambda a, b: (a + b) / 2, upper, lower),
        "lower": lower,
    }


def _bars_since(extreme: Callable[..., float], which: Callable[..., int]) -> Indicator:
    """Bars since the extreme; which of several equal ones."""

    def of(window: Series) -> float:
        best, last = extreme(window), len(window) - 1
        return float(which(last - at for at, value in enumerate(window) if value == best))

    return lambda given: {"value": rolling(given.source, given.whole(), of)}


INDICATORS: Mapping[str, Indicator] = {
    "indicator.highest": lambda given: {"value": rolling(given.source, given.whole(), max)},
    "indicator.lowest": lambda given: {"value": rolling(given.source, given.whole(), min)},
    "indicator.donchian_channels": _donchian_channels,
    "indicator.first_index_of_highest": _bars_since(max, min),
    "indicator.first_index_of_lowest": _bars_since(min, min),
    "indicator.last_index_of_highest": _bars_since(max, max),
    "indicator.last_index_of_lowest": _bars_since(min, max),
}
