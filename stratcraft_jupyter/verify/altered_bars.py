"""Bars that end early, or that go on otherwise: what comes later must not change the past."""

from dataclasses import replace
from typing import Any

import numpy as np

from stratcraft_jupyter.backtest.batch import Series
from stratcraft_jupyter.market import Bars

_FIELDS = ("open", "high", "low", "close", "volume")
_SEED = 7_919


def beginning_of(series: Series, count: int) -> Series:
    """The first bars, and of other symbols what was known by then."""
    bars = series.bars.head(count)
    others = {}
    for symbol, other in series.others.items():
        known = int(np.searchsorted(other.time, bars.time[-1], side="right"))
        others[symbol] = other.head(max(known, 1))
    return Series(bars, others)


def with_other_future(series: Series, bar: int) -> Series:
    """The same bars up to one of them, and noise from then on."""
    moment = series.bars.time[bar]
    return Series(
        _noise_after(series.bars, moment, _SEED),
        {
            symbol: _noise_after(other, moment, _SEED + 1 + place)
            for place, (symbol, other) in enumerate(series.others.items())
        },
    )


def _noise_after(bars: Bars, moment: np.datetime64, seed: int) -> Bars:
    known = int(np.searchsorted(bars.time, moment, side="right"))
    left = len(bars) - known
    if known == 0 or left <= 0:
        return bars
    draws = np.random.default_rng(seed)
    moves = np.diff(np.log(bars.close[:known])) if known > 2 else np.array([0.01])
    size = max(float(np.std(moves)), 0.005)
    steps = draws.normal(0, 2 * size, (2, left))
    close = float(bars.close[known - 1]) * np.exp(np.cumsum(steps.sum(axis=0)))
    opens = close * np.exp(-steps[1])
    reach = np.exp(np.abs(draws.normal(0, size, (2, left))))
    later = {
        "open": opens,
        "close": close,
        "high": np.maximum(opens, close) * reach[0],
        "low": np.minimum(opens, close) / reach[1],
        "volume": draws.permutation(np.resize(bars.volume[:known], left)),
    }
    arrays: dict[str, Any] = {
        name: np.concatenate([getattr(bars, name)[:known], later[name]]) for name in _FIELDS
    }
    return replace(bars, **arrays)
