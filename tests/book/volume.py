"""Volume, computed a second time."""

import datetime as dt
import math
from collections.abc import Callable, Iterable, Mapping
from itertools import accumulate

from book.series import MISSING, Given, Indicator, Series, combined, ema, rolling, sma


def _typical(given: Given) -> Series:
    prices = given.prices
    return combined(
        lambda *three: sum(three) / 3, *(prices[name] for name in ("high", "low", "close"))
    )


def _added_up(terms: Iterable[float]) -> Series:
    """The running sum, from the first bar that has a term."""
    known = list(terms)
    start = next(bar for bar, term in enumerate(known) if not math.isnan(term))
    return [MISSING] * start + list(accumulate(known[start:]))


def _by_change(given: Given, of: Callable[[int, float], float]) -> Series:
    """A function of the bar and of the change of the close, which the first bar has not."""
    close = given.prices["close"]
    return [MISSING, *(of(bar, close[bar] - close[bar - 1]) for bar in range(1, len(close)))]


def _placed_volume(given: Given) -> Series:
    """Volume times -1 for a close at the low up to 1 for a close at the high."""

    def of(high: float, low: float, close: float, volume: float) -> float:
        return 0.0 if high == low else ((close - low) - (high - close)) / (high - low) * volume

    prices = given.prices
    return combined(of, prices["high"], prices["low"], prices["close"], prices["volume"])


def _obv(given: Given) -> Mapping[str, Series]:
    volume = given.prices["volume"]
    signed = _by_change(given, lambda bar, x: math.copysign(volume[bar], x) if x else 0.0)
    return {"value": _added_up(signed)}


def _pvt(given: Given) -> Mapping[str, Series]:
    close, volume = given.prices["close"], given.prices["volume"]
    return {"value": _added_up(_by_change(given, lambda t, x: x / close[t - 1] * volume[t]))}


def _williams_ad(given: Given) -> Mapping[str, Series]:
    close, high, low = (given.prices[name] for name in ("close", "high", "low"))

    def of(bar: int, change: float) -> float:
        if change > 0:
            return close[bar] - min(low[bar], close[bar - 1])
        if change < 0:
            return close[bar] - max(high[bar], close[bar - 1])
        return 0.0

    return {"value": _added_up(_by_change(given, of))}


def _ratio_of_sums(above: Series, below: Series, period: int, empty: float) -> Series:
    return combined(
        lambda a, b: a / b if b else empty,
        rolling(above, period, math.fsum),
        rolling(below, period, math.fsum),
    )


def _cmf(given: Given) -> Mapping[str, Series]:
    volume = given.prices["volume"]
    return {"value": _ratio_of_sums(_placed_volume(given), volume, given.whole(), 0.0)}


def _mfi(given: Given) -> Mapping[str, Series]:
    price, volume = _typical(given), given.prices["volume"]
    rises, falls = [MISSING], [MISSING]
    for bar in range(1, len(price)):
        flow = price[bar] * volume[bar]
        rises.append(flow if price[bar] > price[bar - 1] else 0.0)
        falls.append(flow if price[bar] < price[bar - 1] else 0.0)
    both = combined(lambda a, b: a + b, rises, falls)
    return {"value": [100 * x for x in _ratio_of_sums(rises, both, given.whole(), 0.5)]}


def _ease_of_movement(given: Given) -> Mapping[str, Series]:
    high, low, volume = (given.prices[name] for name in ("high", "low", "volume"))
    found = [MISSING]
    for bar in range(1, len(high)):
        moved = (high[bar] + low[bar]) / 2 - (high[bar - 1] + low[bar - 1]) / 2
        box = volume[bar] / given.number("divisor")
        found.append(moved * (high[bar] - low[bar]) / box if box else 0.0)
    return {"value": sma(found, given.whole())}


def _volume_force(given: Given) -> Series:
    price, volume = _typical(given), given.prices["volume"]
    spans = combined(lambda a, b: a - b, given.prices["high"], given.prices["low"])
    found, trend, since = [MISSING], 0, 0
    for bar in range(1, len(price)):
        # compared as sums: a third can round two different ones to the same
        now, before = (
            given.prices["high"][at] + given.prices["low"][at] + given.prices["close"][at]
            for at in (bar, bar - 1)
        )
        if now != before and trend != (1 if now > before else -1):
            trend, since = (1 if now > before else -1), bar
        ranges = math.fsum(spans[max(since - 1, 0) : bar + 1])
        share = spans[bar] / ranges if ranges else 0.5
        found.append(volume[bar] * abs(2 * share - 1) * trend * 100)
    return found


def _klinger_oscillator(given: Given) -> Mapping[str, Series]:
    force = _volume_force(given)
    fast, slow = (ema(force, given.whole(f"{name}_period")) for name in ("fast", "slow"))
    oscillator = combined(lambda a, b: a - b, fast, slow)
    return {"oscillator": oscillator, "signal": ema(oscillator, given.whole("signal_period"))}


_SPAN: Mapping[str, Callable[[dt.datetime], object]] = {
    "session": lambda time: time.date(),
    "week": lambda time: time.strftime("%G-%V"),
    "month": lambda time: time.strftime("%Y-%m"),
    "year": lambda time: time.year,
}


def _vwap(given: Given) -> Mapping[str, Series]:
    price, volume = _typical(given), given.prices["volume"]
    spans = [_SPAN[str(given.params["anchor"])](time) for time in given.times]
    found = []
    for bar, span in enumerate(spans):
        since = spans.index(span)
        paid = math.fsum(
            p * v for p, v in zip(price[since : bar + 1], volume[since:], strict=False)
        )
        traded = math.fsum(volume[since : bar + 1])
        found.append(paid / traded if traded else price[bar])
    return {"value": found}


def _rolling_vwap(given: Given) -> Mapping[str, Series]:
    price, volume = _typical(given), given.prices["volume"]
    paid = combined(lambda p, v: p * v, price, volume)
    means = _ratio_of_sums(paid, volume, given.whole(), math.inf)
    return {"value": combined(lambda m, p: p if m == math.inf else m, means, price)}


INDICATORS: Mapping[str, Indicator] = {
    "indicator.obv": _obv,
    "indicator.accumulation_distribution": lambda given: {
        "value": _added_up(_placed_volume(given))
    },
    "indicator.williams_ad": _williams_ad,
    "indicator.cmf": _cmf,
    "indicator.mfi": _mfi,
    "indicator.ease_of_movement": _ease_of_movement,
    "indicator.klinger_oscillator": _klinger_oscillator,
    "indicator.pvt": _pvt,
    "indicator.vwap": _vwap,
    "indicator.rolling_vwap": _rolling_vwap,
}
