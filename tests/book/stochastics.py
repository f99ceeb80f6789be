"""Where the close lies between the highest and the lowest price of the last bars."""

from collections.abc import Mapping

from book.series import Given, Indicator, Series, combined, rolling, sma


def _columns(given: Given) -> tuple[Series, Series, Series]:
    """The close, the lowest low and the highest high."""
    return (
        given.prices["close"],
        rolling(given.prices["low"], given.whole(), min),
        rolling(given.prices["high"], given.whole(), max),
    )


def _fast(given: Given) -> Mapping[str, Series]:
    def place(close: float, low: float, high: float) -> float:
        return 100 * (close - low) / (high - low) if high > low else 0.0

    raw = combined(place, *_columns(given))
    return {"k": raw, "d": sma(raw, given.whole("fast_period"))}


def _slow(given: Given) -> Mapping[str, Series]:
    once = _fast(given)["d"]
    return {"k": once, "d": sma(once, given.whole("slow_period"))}


def _full(given: Given) -> Mapping[str, Series]:
    return {**_fast(given), "slow_d": _slow(given)["d"]}


def _williams_r(given: Given) -> Mapping[str, Series]:
    def place(close: float, low: float, high: float) -> float:
        return -100 * (high - close) / (high - low)

    return {"value": combined(place, *_columns(given))}


INDICATORS: Mapping[str, Indicator] = {
    "indicator.fast_stochastic": _fast,
    "indicator.stochastic": _slow,
    "indicator.full_stochastic": _full,
    "indicator.williams_r": _williams_r,
}
