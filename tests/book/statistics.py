"""Statistics, computed a second time."""

import math
from collections.abc import Callable, Mapping
from itertools import accumulate

from book.series import MISSING, Given, Indicator, Series, combined, first_value, mean, rolling, sma


def _sum_of_products(left: Series, right: Series) -> float:
    """Of the distances from the means."""
    a, b = mean(left), mean(right)
    return math.fsum((x - a) * (y - b) for x, y in zip(left, right, strict=True))


def _correlation_of(left: Series, right: Series) -> float:
    if len(set(left)) == 1 or len(set(right)) == 1:
        return 0.0
    lengths = math.sqrt(_sum_of_products(left, left)) * math.sqrt(_sum_of_products(right, right))
    return _sum_of_products(left, right) / lengths


def _line_of(left: Series, right: Series) -> tuple[float, float]:
    """Slope and intercept of left on right."""
    if len(set(right)) == 1:
        return 0.0, mean(left)
    slope = _sum_of_products(left, right) / _sum_of_products(right, right)
    return slope, mean(left) - slope * mean(right)


def _pairs(given: Given, of: Callable[[Series, Series], float]) -> Series:
    """A function of the last values of left and right."""
    left, right, period = given.series["left"], given.series["right"], given.whole()
    start = max(first_value(left), first_value(right)) + period - 1
    return [
        MISSING
        if bar < start
        else of(left[bar - period + 1 : bar + 1], right[bar - period + 1 : bar + 1])
        for bar in range(len(left))
    ]


def _time(period: int) -> Series:
    return [float(bar) for bar in range(period)]


def _cumulative_sum(given: Given) -> Mapping[str, Series]:
    start = first_value(given.source)
    sums = accumulate(given.source[start:], initial=given.number("seed"))
    return {"value": [MISSING] * start + list(sums)[1:]}


def _mean_deviation(given: Given) -> Mapping[str, Series]:
    averages = sma(given.source, given.whole())
    distances = combined(lambda x, m: abs(x - m), given.source, averages)
    return {"value": sma(distances, given.whole())}


def _percent_rank(given: Given) -> Mapping[str, Series]:
    def of(window: Series) -> float:
        return sorted(window).index(window[-1]) / len(window)

    return {"value": rolling(given.source, given.whole(), of)}


def _r_squared(given: Given) -> Mapping[str, Series]:
    def of(window: Series) -> float:
        return _correlation_of(window, _time(len(window))) ** 2

    return {"value": rolling(given.source, given.whole(), of)}


def _hurst_exponent(given: Given) -> Mapping[str, Series]:
    period = given.whole()
    end = min(max(given.whole("lag_end") or period // 2, 3), period - 1)
    lags = list(range(min(given.whole("lag_start"), end - 2), end))

    def of(window: Series) -> float:
        roots = []
        for lag in lags:
            changes = [window[i + lag] - window[i] for i in range(period - lag)]
            variance = _sum_of_products(changes, changes) / len(changes)
            roots.append(math.sqrt(math.sqrt(variance)))
        if 0 in roots:
            return 0.5
        return 2 * _line_of([math.log(x) for x in roots], [math.log(lag) for lag in lags])[0]

    return {"value": rolling(given.source, period, of)}


INDICATORS: Mapping[str, Indicator] = {
    "indicator.cumulative_sum": _cumulative_sum,
    "indicator.rolling_sum": lambda given: {
        "value": rolling(given.source, given.whole(), math.fsum)
    },
    "indicator.mean_deviation": _mean_deviation,
    "indicator.percent_rank": _percent_rank,
    "indicator.correlation": lambda given: {"value": _pairs(given, _correlation_of)},
    "indicator.r_squared": _r_squared,
    "indicator.ols_regression": lambda given: {
        "slope": _pairs(given, lambda left, right: _line_of(left, right)[0]),
        "intercept": _pairs(given, lambda left, right: _line_of(left, right)[1]),
    },
    "indicator.hurst_exponent": _hurst_exponent,
}
