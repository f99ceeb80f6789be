"""Moving averages that weigh the past in a fixed way."""

import math
from collections.abc import Callable, Mapping

from book.series import Given, Indicator, Series, combined, ema, shifted, sma, smoothed, wilder, wma


def hma(values: Series, period: int) -> Series:
    """Hull's average."""
    half, whole = wma(values, period // 2), wma(values, period)
    return wma(combined(lambda a, b: 2 * a - b, half, whole), math.isqrt(period))


def _dema(given: Given) -> Series:
    once = ema(given.source, given.whole())
    return combined(lambda a, b: 2 * a - b, once, ema(once, given.whole()))


def _tema(given: Given) -> Series:
    once = ema(given.source, given.whole())
    twice = ema(once, given.whole())
    return combined(lambda a, b, c: 3 * a - 3 * b + c, once, twice, ema(twice, given.whole()))


def _zlema(given: Given) -> Series:
    before = shifted(given.source, (given.whole() - 1) // 2)
    return ema(combined(lambda x, b: 2 * x - b, given.source, before), given.whole())


def _t3(given: Given) -> Series:
    """From Tillson's expanded polynomial, not from its three factors."""
    v = given.number("factor")
    averages = [given.source]
    for _ in range(6):
        averages.append(ema(averages[-1], given.whole()))
    return combined(
        lambda third, fourth, fifth, sixth: math.fsum(
            (
                -(v**3) * sixth,
                (3 * v**2 + 3 * v**3) * fifth,
                (-6 * v**2 - 3 * v - 3 * v**3) * fourth,
                (1 + 3 * v + v**3 + 3 * v**2) * third,
            )
        ),
        *averages[3:],
    )


AVERAGES: Mapping[str, Callable[[Given], Series]] = {
    "sma": lambda given: sma(given.source, given.whole()),
    "ema": lambda given: ema(given.source, given.whole()),
    "wma": lambda given: wma(given.source, given.whole()),
    "smma": lambda given: wilder(given.source, given.whole()),
    "dema": _dema,
    "tema": _tema,
    "hma": lambda given: hma(given.source, given.whole()),
    "zlema": _zlema,
    "t3": _t3,
    "exponential_smoothing": lambda given: smoothed(
        given.source, given.whole(), given.number("alpha")
    ),
    "weighted_average": lambda given: [
        given.number("coefficient") * x for x in wma(given.source, given.whole())
    ],
}
"""By the name of the kind without its family, which envelopes and oscillators share."""


def indicator(average: Callable[[Given], Series]) -> Indicator:
    """An average as an indicator with one output."""
    return lambda given: {"value": average(given)}


INDICATORS: Mapping[str, Indicator] = {
    f"indicator.{name}": indicator(average) for name, average in AVERAGES.items()
}
