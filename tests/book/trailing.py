"""Levels that trail the price."""

from collections.abc import Mapping

from book.series import (
    MISSING,
    Given,
    Indicator,
    Series,
    combined,
    first_value,
    rolling,
    true_ranges,
    wilder,
)


def _distances(given: Given) -> Series:
    average = wilder(true_ranges(given.prices), given.whole())
    return [given.number("multiple") * x for x in average]


def _chandelier_exit(given: Given) -> Mapping[str, Series]:
    highest = rolling(given.prices["high"], given.whole(), max)
    lowest = rolling(given.prices["low"], given.whole(), min)
    return {
        "long": combined(lambda x, away: x - away, highest, _distances(given)),
        "short": combined(lambda x, away: x + away, lowest, _distances(given)),
    }


def _supertrend(given: Given) -> Mapping[str, Series]:
    closes, away = given.prices["close"], _distances(given)
    middles = combined(lambda h, low: (h + low) / 2, given.prices["high"], given.prices["low"])
    start = first_value(away)
    values, directions = [MISSING] * start, [MISSING] * start
    upper = lower = MISSING
    for bar in range(start, len(closes)):
        above, below, close = middles[bar] + away[bar], middles[bar] - away[bar], closes[bar]
        if bar == start:
            upper, lower = above, below
            direction = 1.0 if close >= middles[bar] else -1.0
        else:
            upper = above if closes[bar - 1] > upper else min(above, upper)
            lower = below if closes[bar - 1] < lower else max(below, lower)
            if direction > 0 and close < lower:
                direction = -1.0
            elif direction < 0 and close > upper:
                direction = 1.0
        directions.append(direction)
        values.append(lower if direction > 0 else upper)
    return {"value": values, "direction": directions}


INDICATORS: Mapping[str, Indicator] = {
    "indicator.chandelier_exit": _chandelier_exit,
    "indicator.supertrend": _supertrend,
}
