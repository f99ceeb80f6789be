"""Candlestick patterns, computed a second time, bar by bar."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from book.knowing import Asked, OnBar


@dataclass(frozen=True)
class _Candle:
    open: float
    high: float
    low: float
    close: float

    @property
    def body(self) -> float:
        """Above 0 for a white one."""
        return self.close - self.open

    @property
    def length(self) -> float:
        return self.high - self.low

    @property
    def upper(self) -> float:
        return self.high - max(self.open, self.close)

    @property
    def lower(self) -> float:
        return min(self.open, self.close) - self.low

    def turned(self) -> "_Candle":
        """The same upside down."""
        return _Candle(-self.open, -self.low, -self.high, -self.close)


Candles = Callable[[int], _Candle]
Pattern = Callable[[Candles, Mapping[str, float]], bool]
"""Of the candles so many bars ago."""


def _is_doji(ago: Candles, p: Mapping[str, float]) -> bool:
    return abs(ago(0).body) <= p["body"] * ago(0).length


def _is_hammer(ago: Candles, p: Mapping[str, float]) -> bool:
    now = ago(0)
    return (
        0 < abs(now.body) <= p["body"] * now.length
        and now.lower >= p["shadow"] * abs(now.body)
        and now.upper <= p["other_shadow"] * now.length
        and ago(1).close < ago(1 + int(p["trend_bars"])).close
    )


def _is_inverted_hammer(ago: Candles, p: Mapping[str, float]) -> bool:
    now = ago(0)
    return (
        0 < abs(now.body) <= p["body"] * now.length
        and now.upper >= p["shadow"] * abs(now.body)
        and now.lower <= p["other_shadow"] * now.length
        and ago(1).close < ago(1 + int(p["trend_bars"])).close
    )


def _engulfs(ago: Candles, p: Mapping[str, float]) -> bool:
    now, before = ago(0), ago(1)
    return (
        before.body < 0 < now.body
        and now.open <= before.close
        and now.close >= before.open
        and now.body > -before.body
    )


def _is_harami(ago: Candles, p: Mapping[str, float]) -> bool:
    now, before = ago(0), ago(1)
    return (
        before.body < 0 < now.body
        and -before.body >= p["body"] * before.length
        and before.close <= now.open
        and now.close <= before.open
        and now.body < -before.body
    )


def _is_star(ago: Candles, p: Mapping[str, float]) -> bool:
    first, second, third = ago(2), ago(1), ago(0)
    middle = (first.open + first.close) / 2
    return (
        first.body < 0 < third.body
        and -first.body >= p["body"] * first.length
        and abs(second.body) <= p["star"] * -first.body
        and max(second.open, second.close) < middle < third.close
    )


def _are_soldiers(ago: Candles, p: Mapping[str, float]) -> bool:
    three = [ago(2), ago(1), ago(0)]
    return all(c.body > 0 and c.body >= p["body"] * c.length for c in three) and all(
        before.open <= now.open <= before.close < now.close
        for before, now in ((three[0], three[1]), (three[1], three[2]))
    )


def _pattern(of: Pattern, *, turned: bool = False) -> Callable[[Asked], OnBar]:
    def condition(asked: Asked) -> OnBar:
        params = {name: x for name, x in asked.params.items() if isinstance(x, int | float)}

        def on(bar: int) -> bool:
            def ago(bars: int) -> _Candle:
                names = ("open", "high", "low", "close")
                candle = _Candle(*(asked.prices[name][bar - bars] for name in names))
                return candle.turned() if turned else candle

            return of(ago, params)

        return on

    return condition


def _marubozu(asked: Asked) -> OnBar:
    def on(bar: int) -> bool:
        candle = _Candle(*(asked.prices[n][bar] for n in ("open", "high", "low", "close")))
        sizes = {"white": candle.body, "black": -candle.body, "either": abs(candle.body)}
        return candle.length > 0 and (
            sizes[asked.word("colour")] >= asked.number("body") * candle.length
        )

    return on


PATTERNS: Mapping[str, Callable[[Asked], OnBar]] = {
    "condition.doji": _pattern(_is_doji),
    "condition.hammer": _pattern(_is_hammer),
    "condition.inverted_hammer": _pattern(_is_inverted_hammer),
    "condition.shooting_star": _pattern(_is_hammer, turned=True),
    "condition.bullish_engulfing": _pattern(_engulfs),
    "condition.bearish_engulfing": _pattern(_engulfs, turned=True),
    "condition.bullish_harami": _pattern(_is_harami),
    "condition.bearish_harami": _pattern(_is_harami, turned=True),
    "condition.morning_star": _pattern(_is_star),
    "condition.evening_star": _pattern(_is_star, turned=True),
    "condition.three_white_soldiers": _pattern(_are_soldiers),
    "condition.three_black_crows": _pattern(_are_soldiers, turned=True),
    "condition.marubozu": _marubozu,
}

_BULLISH = ("hammer", "inverted_hammer", "bullish_engulfing", "bullish_harami", "morning_star")
_BEARISH = ("shooting_star", "bearish_engulfing", "bearish_harami", "evening_star")
GROUPS: Mapping[str, tuple[str, ...]] = {
    "bullish": (*_BULLISH, "three_white_soldiers"),
    "bearish": (*_BEARISH, "three_black_crows"),
    "reversal": (*_BULLISH, *_BEARISH),
}
