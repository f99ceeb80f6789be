"""Regimes, computed a second time."""

from collections.abc import Callable, Mapping

from book.knowing import Asked, Known, Line, OnBar, at, holds, order
from book.series import MISSING, Series, combined, deviation, sma, true_ranges, wilder


def _directions(asked: Asked) -> tuple[Line, Line, Line]:
    """ADX, +DI and -DI; 0 where there is nothing to divide by."""
    highs, lows, period = asked.prices["high"], asked.prices["low"], asked.whole("period")
    rises, falls = [MISSING], [MISSING]
    for bar in range(1, len(highs)):
        up, down = highs[bar] - highs[bar - 1], lows[bar - 1] - lows[bar]
        rises.append(up if up > max(down, 0.0) else 0.0)
        falls.append(down if down > max(up, 0.0) else 0.0)
    ranges = wilder(true_ranges(asked.prices), period)
    plus, minus = (
        combined(lambda m, r: 100 * m / r if r else 0.0, wilder(moves, period), ranges)
        for moves in (rises, falls)
    )
    index = combined(lambda p, m: abs(p - m) / (p + m) if p + m else 0.0, plus, minus)
    return Line([100 * x for x in wilder(index, period)]), Line(plus), Line(minus)


def _trending(operator: str) -> Callable[[Asked], OnBar]:
    def of(asked: Asked) -> OnBar:
        adx, plus, minus = _directions(asked)
        limit = Known(asked.number("adx"))
        return lambda bar: (
            holds(at(adx, bar), ">", limit) and holds(at(plus, bar), operator, at(minus, bar))
        )

    return of


def _ranging(asked: Asked) -> OnBar:
    adx, _, _ = _directions(asked)
    return lambda bar: holds(at(adx, bar), "<", Known(asked.number("adx")))


def _ranked(asked: Asked, values: Series, operator: str) -> OnBar:
    def on(bar: int) -> bool:
        window = values[bar - asked.whole("history") + 1 : bar]
        now = values[bar]  # equal to a value when the window lost what it gained: certain
        below = sum(x != now and order(x, now, exact=False) == -1 for x in window)
        rank = below / asked.whole("history") * 100
        return holds(Known(rank, True), operator, Known(asked.number("percent"), True))

    return on


def _volatility(operator: str) -> Callable[[Asked], OnBar]:
    def of(asked: Asked) -> OnBar:
        atr = wilder(true_ranges(asked.prices), asked.whole("period"))
        return _ranked(asked, combined(lambda a, c: a / c, atr, asked.prices["close"]), operator)

    return of


def _consolidation(asked: Asked) -> OnBar:
    closes, period = asked.prices["close"], asked.whole("period")
    widths = combined(lambda d, m: d / m, deviation(closes, period), sma(closes, period))
    return _ranked(asked, widths, "<=")


REGIMES: Mapping[str, Callable[[Asked], OnBar]] = {
    "regime.trending_up": _trending(">"),
    "regime.trending_down": _trending("<"),
    "regime.ranging": _ranging,
    "regime.high_volatility": _volatility(">="),
    "regime.low_volatility": _volatility("<="),
    "regime.consolidation": _consolidation,
}
