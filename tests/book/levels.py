"""Pivot points, the opening range and the Ichimoku cloud, computed a second time."""

from collections.abc import Mapping
from datetime import timedelta

from book.series import MISSING, Given, Indicator, Series, combined, rolling, shifted


def _pivot(given: Given, bar: int) -> float:
    high, low, close = (given.prices[name][bar] for name in ("high", "low", "close"))
    if given.params["use_close_twice"]:
        return (high + low + close + close) / 4
    if given.params["use_open"]:
        return (high + low + close + given.prices["open"][bar]) / 4
    return (high + low + close) / 3


def _pivot_point(given: Given) -> Mapping[str, Series]:
    high, low = given.prices["high"], given.prices["low"]
    pivot = [_pivot(given, bar) for bar in range(len(high))]
    span = combined(lambda a, b: a - b, high, low)
    return {
        "pivot": pivot,
        "support_1": combined(lambda p, high: p + p - high, pivot, high),
        "support_2": combined(lambda p, s: p - s, pivot, span),
        "resistance_1": combined(lambda p, low: p + p - low, pivot, low),
        "resistance_2": combined(lambda p, s: p + s, pivot, span),
    }


def _fibonacci_pivot(given: Given) -> Mapping[str, Series]:
    span = combined(lambda a, b: a - b, given.prices["high"], given.prices["low"])
    found = {"pivot": [_pivot(given, bar) for bar in range(len(span))]}
    for side, sign in (("support", -1), ("resistance", 1)):
        for number in (1, 2, 3):
            share = sign * given.number(f"level_{number}")
            found[f"{side}_{number}"] = [
                p + share * s for p, s in zip(found["pivot"], span, strict=True)
            ]
    return found


def _demark_pivot(given: Given) -> Mapping[str, Series]:
    found: dict[str, Series] = {"pivot": [], "support": [], "resistance": []}
    columns = (given.prices[name] for name in ("open", "high", "low", "close"))
    for opened, high, low, close in zip(*columns, strict=True):
        weights = (1, 2, 1) if close < opened else (2, 1, 1) if close > opened else (1, 1, 2)
        x = sum(w * price for w, price in zip(weights, (high, low, close), strict=True))
        found["pivot"].append(x / 4)
        found["support"].append(x / 2 - high)
        found["resistance"].append(x / 2 - low)
    return found


def _ichimoku(given: Given) -> Mapping[str, Series]:
    def middle(name: str) -> Series:
        period = given.whole(f"{name}_period")
        highest = rolling(given.prices["high"], period, max)
        lowest = rolling(given.prices["low"], period, min)
        return combined(lambda a, b: (a + b) / 2, highest, lowest)

    tenkan, kijun, senkou = middle("tenkan"), middle("kijun"), middle("senkou")
    ago = given.whole("displacement")
    return {
        "tenkan": tenkan,
        "kijun": kijun,
        "senkou_a": shifted(combined(lambda a, b: (a + b) / 2, tenkan, kijun), ago),
        "senkou_b": shifted(senkou, ago),
        "chikou": given.prices["close"],
    }


def _session_range(given: Given) -> Mapping[str, Series]:
    wait = timedelta(minutes=given.whole("minutes"))
    found: dict[str, Series] = {"high": [], "low": []}
    dates = [time.date() for time in given.times]
    for bar, time in enumerate(given.times):
        first = dates.index(dates[bar])
        end = given.times[first] + wait
        early = [row for row in range(first, bar + 1) if given.times[row] < end]
        for name, of in (("high", max), ("low", min)):
            level = of(given.prices[name][row] for row in early)
            found[name].append(level if time >= end else MISSING)
    return found


INDICATORS: Mapping[str, Indicator] = {
    "indicator.pivot_point": _pivot_point,
    "indicator.fibonacci_pivot": _fibonacci_pivot,
    "indicator.demark_pivot": _demark_pivot,
    "indicator.session_range": _session_range,
    "indicator.ichimoku": _ichimoku,
}
