"""Moves from value to value and Heikin-Ashi, computed a second time."""

from collections.abc import Callable, Mapping

from book.series import MISSING, Given, Indicator, Series, combined, shifted, sma


def _against_earlier(
    of: Callable[[float, float], float], bars: int | None = None
) -> Callable[[Given], Mapping[str, Series]]:
    """A function of the present value and of the one so many bars ago."""

    def indicator(given: Given) -> Mapping[str, Series]:
        ago = bars or given.whole()
        return {"value": combined(of, given.source, shifted(given.source, ago))}

    return indicator


def _heikin_ashi_bars(given: Given) -> dict[str, Series]:
    found: dict[str, Series] = {name: [MISSING] for name in ("open", "high", "low", "close")}
    columns = (given.prices[name] for name in found)
    middle = 0.0
    for bar, (opened, high, low, close) in enumerate(zip(*columns, strict=True)):
        mean = (opened + high + low + close) / 4
        start = middle if bar else (opened + close) / 2
        if bar:
            found["open"].append(start)
            found["high"].append(max(high, start, mean))
            found["low"].append(min(low, start, mean))
            found["close"].append(mean)
        middle = (start + mean) / 2
    return found


def _heikin_ashi_delta(given: Given) -> Mapping[str, Series]:
    bars = _heikin_ashi_bars(given) if given.params["convert"] else given.prices
    delta = combined(lambda c, o: c - o, bars["close"], bars["open"])
    return {"delta": delta, "smoothed": sma(delta, given.whole())}


INDICATORS: Mapping[str, Indicator] = {
    "indicator.percent_change": _against_earlier(lambda x, y: x / y - 1 if y else 0.0),
    "indicator.up_move": _against_earlier(lambda x, y: x - y, 1),
    "indicator.down_move": _against_earlier(lambda x, y: y - x, 1),
    "indicator.up_day": _against_earlier(lambda x, y: max(x - y, 0.0)),
    "indicator.down_day": _against_earlier(lambda x, y: max(y - x, 0.0)),
    "indicator.up_day_boolean": _against_earlier(lambda x, y: float(x > y)),
    "indicator.down_day_boolean": _against_earlier(lambda x, y: float(x < y)),
    "indicator.heikin_ashi": _heikin_ashi_bars,
    "indicator.heikin_ashi_delta": _heikin_ashi_delta,
}
