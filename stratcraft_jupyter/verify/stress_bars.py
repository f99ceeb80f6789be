"""Made-up bars that try a strategy: trends, waves, steps, gaps, stretches without trade, squeezes.

Each family has its own formulas; the draws come from a seed, so the same recipe gives the same
bars.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stratcraft_jupyter.backtest.batch import Series
from stratcraft_jupyter.market import Bars
from stratcraft_jupyter.market.synthetic import Times, bar_times
from stratcraft_jupyter.market.timeframe import get_timeframe
from stratcraft_jupyter.verify.stress_hours import make_sessions, session_times, shape_sessions
from stratcraft_jupyter.verify.stress_paths import (
    ALWAYS_KEPT,
    CHEAP,
    DEAR,
    FAMILIES,
    HOURS,
    PLATEAUS,
    WITHIN_THE_DAY,
    Path,
    quiet,
    shape_days,
    waves,
)
from stratcraft_jupyter.verify.times_of_day import minutes_of_a_bar

__all__ = [
    "ALWAYS_KEPT",
    "FAMILIES",
    "HOURS",
    "PLATEAUS",
    "WITHIN_THE_DAY",
    "Recipe",
    "make_series",
]

_START = "2019-01-01"
_STARTS = {DEAR: "2031-03-03", CHEAP: "1994-02-01"}
_FACTORS = {DEAR: 60.0, CHEAP: 0.03}
_DIGITS = {"steps": 0, CHEAP: 4}
_LOWEST = 0.05
_MISSING = 0.12
"""Part of the days on which families with other dates have no bar: holidays and more."""


_MOVED = " with bar "


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a series is made from.

    Attributes:
        family: Which formulas: a key of ``FAMILIES``.
        seed: Seed of the draws.
        count: How many bars.
        timeframe: Length of a bar.
        price: What the first bar opens near.
        until: Where the bars end; 0 for all.
        closes: Closes in the place of those drawn, as bar and price.
        times: Times of the day that sessions lie about, in the family for it.
    """

    family: str
    seed: int
    count: int
    timeframe: str
    price: float
    until: int = 0
    closes: tuple[tuple[int, float], ...] = ()
    times: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What the series is called in reports."""
        name = f"{self.family} {self.seed}"
        return f"{name}{_MOVED}{self.closes[-1][0]} set" if self.closes else name


def was_moved(name: str) -> bool:
    """Whether closes of the series of this name were moved to meet a threshold."""
    return _MOVED in name


def make_series(recipe: Recipe, symbols: Sequence[str] = ()) -> Series:
    """The bars of a recipe, with bars of further symbols that follow them loosely.

    Args:
        recipe: What they are made from.
        symbols: The further symbols.
    """
    number = list(FAMILIES).index(recipe.family)
    draws = np.random.default_rng([recipe.seed, number])
    path = FAMILIES[recipe.family](draws, recipe.count)
    if recipe.family == WITHIN_THE_DAY:
        shape_days(path, draws, _days(recipe))
    times = bar_times(recipe.count, recipe.timeframe, _STARTS.get(recipe.family, _START))
    if recipe.family == HOURS and get_timeframe(recipe.timeframe).is_intraday:
        bar = minutes_of_a_bar(recipe.timeframe)
        sessions = make_sessions(draws, recipe.count, bar, recipe.times, 3 * recipe.seed)
        shape_sessions(path, draws, sessions, bar)
        times = session_times(sessions, _START)
    bars = _with_closes(_bars(recipe, path, "STRESS", times), recipe.closes)
    others = {}
    for place, symbol in enumerate(symbols):
        # the distance between the two swings, so that it is far and near again and again
        swing = 0.06 * waves(draws, recipe.count, 12, 160)
        own = quiet(draws, recipe.count)
        own.body = path.body + np.diff(swing, prepend=0.0)
        own.gap = path.gap
        if recipe.family == PLATEAUS:  # it stands still too, and jumps less
            own = replace(path, body=0.4 * path.body)
        others[symbol] = _bars(recipe, own, symbol, times, factor=0.6 + 0.3 * place)
    if recipe.family == WITHIN_THE_DAY:
        is_open = _is_open(_days(recipe))
        others = {name: _only(other, is_open) for name, other in others.items()}
        bars = _only(bars, is_open)
    if recipe.family in _STARTS:
        is_open = _is_no_holiday(bars, draws)
        others = {name: _only(other, is_open) for name, other in others.items()}
        bars = _only(bars, is_open)
    if recipe.until:
        others = {name: other.head(recipe.until) for name, other in others.items()}
        bars = bars.head(recipe.until)
    return Series(bars, others)


def _with_closes(bars: Bars, closes: Sequence[tuple[int, float]]) -> Bars:
    """The bars with other closes, their highs and lows far enough apart for these."""
    if not closes:
        return bars
    close, high, low = bars.close.copy(), bars.high.copy(), bars.low.copy()
    for bar, price in closes:
        close[bar] = price
        high[bar], low[bar] = max(high[bar], price), min(low[bar], price)
    return replace(bars, close=close, high=high, low=low)


def _bars(recipe: Recipe, path: Path, symbol: str, times: Times, *, factor: float = 1.0) -> Bars:
    price = recipe.price * factor * _FACTORS.get(recipe.family, 1.0)
    close = np.cumsum(path.gap + path.body)
    opens = close - path.body
    high = np.maximum(opens, close) + path.above
    low = np.minimum(opens, close) - path.below
    digits = _DIGITS.get(recipe.family, 2)
    values = {
        name: np.maximum(np.round(price * np.exp(logs), digits), _LOWEST)
        for name, logs in {"open": opens, "high": high, "low": low, "close": close}.items()
    }
    return Bars(
        symbol=symbol,
        timeframe=recipe.timeframe,
        time=times,
        volume=np.round(path.volume),
        origin="Made up to try a strategy, not a real market",
        **values,  # type: ignore[arg-type]  # open, high, low and close
    )


def _days(recipe: Recipe) -> list[slice]:
    """The bars of each date."""
    dates = bar_times(recipe.count, recipe.timeframe, _START).astype("M8[D]")
    begins = np.flatnonzero(np.diff(dates, prepend=dates[0] - 1)).tolist()
    return [slice(*ends) for ends in zip(begins, [*begins[1:], recipe.count], strict=True)]


def _is_open(days: Sequence[slice]) -> NDArray[np.bool_]:
    """Which bars there are: every fifth day ends early, and some days lack a bar."""
    found = np.ones(days[-1].stop, dtype=bool)
    for number, part in enumerate(days):
        size = part.stop - part.start
        if number % 5 == 3:
            found[part.start + max(1, size // 2) : part.stop] = False
        elif number % 5 == 1 and size > 4:
            found[part.start + size // 3] = False
    return found


def _is_no_holiday(bars: Bars, draws: np.random.Generator) -> NDArray[np.bool_]:
    """Which bars there are where some dates have none."""
    dates, place = np.unique(bars.time.astype("M8[D]"), return_inverse=True)
    kept: NDArray[np.bool_] = (draws.random(len(dates)) >= _MISSING)[place]
    return kept


def _only(bars: Bars, is_kept: NDArray[np.bool_]) -> Bars:
    columns = ("time", "open", "high", "low", "close", "volume")
    kept: dict[str, Any] = {name: getattr(bars, name)[is_kept] for name in columns}
    return replace(bars, **kept)
