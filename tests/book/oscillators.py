"""Oscillators without a fixed range."""

import math
from collections.abc import Mapping

from book.series import (
    MISSING,
    Given,
    Indicator,
    Series,
    combined,
    ema,
    rolling,
    shifted,
    sma,
    true_ranges,
    wilder,
)


def _minus(left: Series, right: Series) -> Series:
    return combined(lambda a, b: a - b, left, right)


def _fast_and_slow(given: Given) -> tuple[Series, Series]:
    return (
        ema(given.source, given.whole("fast_period")),
        ema(given.source, given.whole("slow_period")),
    )


def _macd(given: Given) -> Mapping[str, Series]:
    macd = _minus(*_fast_and_slow(given))
    signal = ema(macd, given.whole("signal_period"))
    return {"macd": macd, "signal": signal, "histogram": _minus(macd, signal)}


def _ppo(given: Given, *, of_the_fast: bool = False) -> Mapping[str, Series]:
    fast, slow = _fast_and_slow(given)
    base = fast if of_the_fast else slow
    ppo = combined(lambda f, s, b: 100 * (f - s) / b, fast, slow, base)
    signal = ema(ppo, given.whole("signal_period"))
    return {"ppo": ppo, "signal": signal, "histogram": _minus(ppo, signal)}


def _middles(given: Given) -> Series:
    return combined(lambda a, b: (a + b) / 2, given.prices["high"], given.prices["low"])


def _awesome_oscillator(given: Given) -> Mapping[str, Series]:
    fast, slow = (sma(_middles(given), given.whole(f"{name}_period")) for name in ("fast", "slow"))
    return {"value": _minus(fast, slow)}


def _cci(given: Given) -> Mapping[str, Series]:
    prices = (given.prices[name] for name in ("high", "low", "close"))
    typical = combined(lambda a, b, c: (a + b + c) / 3, *prices)
    away = _minus(typical, sma(typical, given.whole()))
    spread = sma([abs(x) for x in away], given.whole())  # of each bar from its own average
    factor = given.number("factor")
    return {"value": combined(lambda a, s: a / (factor * s), away, spread)}


def _dpo(given: Given) -> Mapping[str, Series]:
    average = sma(given.source, given.whole())
    return {"value": _minus(given.source, shifted(average, (given.whole() - 1) // 2))}


def _pretty_good_oscillator(given: Given) -> Mapping[str, Series]:
    close = given.prices["close"]
    away = _minus(close, sma(close, given.whole()))
    ranges = wilder(true_ranges(given.prices), given.whole())
    return {"value": combined(lambda a, r: a / r, away, ranges)}


def _fisher_transform(given: Given) -> Mapping[str, Series]:
    middles = _middles(given)
    found: dict[str, Series] = {"fisher": [], "trigger": []}
    value = fisher = 0.0
    lows, highs = (rolling(middles, given.whole(), of) for of in (min, max))
    for middle, low, high in zip(middles, lows, highs, strict=True):
        if math.isnan(low):
            found["fisher"].append(MISSING)
            found["trigger"].append(MISSING)
            continue
        place = 2 * ((middle - low) / (high - low) - 0.5) if high > low else 0.0
        value = 0.33 * place + 0.67 * value
        value = 0.999 if value > 0.99 else -0.999 if value < -0.99 else value
        found["trigger"].append(fisher)
        fisher = 0.5 * math.log((1 + value) / (1 - value)) + 0.5 * fisher
        found["fisher"].append(fisher)
    return found


INDICATORS: Mapping[str, Indicator] = {
    "indicator.macd": _macd,
    "indicator.apo": lambda given: {"value": _minus(*_fast_and_slow(given))},
    "indicator.ppo": _ppo,
    "indicator.ppo_short": lambda given: _ppo(given, of_the_fast=True),
    "indicator.awesome_oscillator": _awesome_oscillator,
    "indicator.cci": _cci,
    "indicator.dpo": _dpo,
    "indicator.pretty_good_oscillator": _pretty_good_oscillator,
    "indicator.fisher_transform": _fisher_transform,
}
