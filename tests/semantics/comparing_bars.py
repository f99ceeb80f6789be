"""The bars that random strategies are compared on: real ones, intraday ones, hard ones."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np
from handwritten.hard_bars import HARD_BARS

from stratcraft_jupyter import Bars, load_bars

INTRADAY_EVERY = 8
"""One strategy in so many runs on 5-minute bars alone."""

BARS = 120
"""In each set: enough for every warm-up that is drawn, and quick."""

_PRICES = ("open", "high", "low", "close")


def is_intraday(seed: int) -> bool:
    """Whether the strategy of this seed is for 5-minute bars."""
    return seed % INTRADAY_EVERY == 3


def bars_of_seed(seed: int) -> tuple[str, str, str]:
    """Names of the three sets of bars that the strategy of this seed runs on."""
    if is_intraday(seed):
        return ("SYNTH-5M", "SYNTH-5M later", "SYNTH-5M last")
    hard = tuple(HARD_BARS)
    return ("AAPL", "IBM", hard[seed // INTRADAY_EVERY % len(hard)])


@cache
def all_bars() -> Mapping[str, Bars]:
    """Every set of bars by its name.

    Prices of the real sets begin near 100 and are moved by up to a thousandth, so that no two are
    equal and no last digit decides; the hard sets hold many equal prices.
    """
    minutes = load_bars("sample:SYNTH-5M")
    real = {
        "AAPL": load_bars("sample:AAPL").head(BARS),
        "IBM": load_bars("sample:IBM").between("2008-08-01").head(BARS),
        "SYNTH-5M": minutes.head(BARS),
        "SYNTH-5M later": _rows(minutes, 1_000, 1_000 + BARS),
        "SYNTH-5M last": _rows(minutes, 2_000, 2_000 + BARS),
    }
    moved = {name: _moved(bars, number) for number, (name, bars) in enumerate(real.items())}
    return moved | {name: _rows(make(), 60, 60 + BARS) for name, make in HARD_BARS.items()}


@cache
def other_symbol(name: str) -> Bars:
    """The symbol ``MSFT`` beside a set of bars: other prices, and one bar in eight is missing."""
    bars, random = all_bars()[name], np.random.default_rng(7)
    steps = np.exp(np.cumsum(random.normal(0, 0.02, len(bars))))
    other = _moved(replace(bars, symbol="MSFT"), 8)
    other = replace(other, **{price: getattr(other, price) * steps for price in _PRICES})
    is_there = random.random(len(bars)) > 0.125
    columns = ("time", *_PRICES, "volume")
    return replace(other, **{column: getattr(other, column)[is_there] for column in columns})


def _rows(bars: Bars, first: int, last: int) -> Bars:
    columns = ("time", *_PRICES, "volume")
    return replace(bars, **{column: getattr(bars, column)[first:last] for column in columns})


def _moved(bars: Bars, seed: int) -> Bars:
    random = np.random.default_rng(seed)
    factor = 100 / bars.close[0] * (1 + 0.001 * random.random(len(bars)))
    prices = {price: getattr(bars, price) * factor for price in _PRICES}
    volume = bars.volume * (1 + 0.001 * random.random(len(bars)))
    return replace(bars, **prices, volume=volume)
