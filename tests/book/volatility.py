"""Indicators of volatility."""

from collections.abc import Mapping

from book.series import (
    Given,
    Indicator,
    Series,
    combined,
    deviation,
    ema,
    rolling,
    shifted,
    sma,
    true_ranges,
    wilder,
)


def _bollinger_bands(given: Given) -> Mapping[str, Series]:
    middle = sma(given.source, given.whole())
    wide = [given.number("deviations") * x for x in deviation(given.source, given.whole())]
    return {
        "upper": combined(lambda m, w: m + w, middle, wide),
        "middle": middle,
        "lower": combined(lambda m, w: m - w, middle, wide),
    }


def _bollinger_percent(given: Given) -> Mapping[str, Series]:
    bands = _bollinger_bands(given)
    lower, width = bands["lower"], combined(lambda a, b: a - b, bands["upper"], bands["lower"])
    return {
        "percent": combined(
            lambda x, low, wide: (x - low) / wide if wide else 0.5, given.source, lower, width
        ),
        "bandwidth": combined(lambda w, m: w / m if m else 0.0, width, bands["middle"]),
    }


def _keltner_channel(given: Given) -> Mapping[str, Series]:
    middle = ema(given.prices["close"], given.whole())
    ranges = wilder(true_ranges(given.prices), given.whole("atr_period"))
    multiple = given.number("multiple")
    return {
        "upper": combined(lambda m, r: m + multiple * r, middle, ranges),
        "middle": middle,
        "lower": combined(lambda m, r: m - multiple * r, middle, ranges),
    }


def _chaikin_volatility(given: Given) -> Mapping[str, Series]:
    ranges = combined(lambda a, b: a - b, given.prices["high"], given.prices["low"])
    average = ema(ranges, given.whole())
    before = shifted(average, given.whole("roc_period"))
    return {
        "value": combined(lambda a, b: 100 * (a - b) / b if b else 0.0, average, before),
    }


def _ulcer_index(given: Given) -> Mapping[str, Series]:
    highest = rolling(given.source, given.whole(), max)
    falls = combined(lambda x, high: 100 * (x / high - 1) if high else 0.0, given.source, highest)
    squares = [fall * fall for fall in falls]
    return {"value": [mean**0.5 for mean in sma(squares, given.whole())]}


def _true_price(given: Given, name: str) -> Series:
    before = shifted(given.prices["close"], 1)
    return combined(max if name == "high" else min, given.prices[name], before)


INDICATORS: Mapping[str, Indicator] = {
    "indicator.atr": lambda given: {"value": wilder(true_ranges(given.prices), given.whole())},
    "indicator.standard_deviation": lambda given: {"value": deviation(given.source, given.whole())},
    "indicator.bollinger_bands": _bollinger_bands,
    "indicator.bollinger_percent": _bollinger_percent,
    "indicator.keltner_channel": _keltner_channel,
    "indicator.chaikin_volatility": _chaikin_volatility,
    "indicator.ulcer_index": _ulcer_index,
    "indicator.true_range": lambda given: {"value": true_ranges(given.prices)},
    "indicator.true_high": lambda given: {"value": _true_price(given, "high")},
    "indicator.true_low": lambda given: {"value": _true_price(given, "low")},
}
