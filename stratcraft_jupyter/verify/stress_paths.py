"""The formulas of made-up bars: trends, waves, steps, gaps, stretches without trade, squeezes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_CLIMB = 40


@dataclass(slots=True)
class Path:
    """Logarithms of prices relative to the first, bar by bar.

    Attributes:
        gap: From the close before to the open.
        body: From the open to the close.
        above: From the upper end of the body to the high.
        below: From the lower end of the body to the low.
        volume: Volume.
    """

    gap: Floats
    body: Floats
    above: Floats
    below: Floats
    volume: Floats


def quiet(draws: np.random.Generator, count: int) -> Path:
    """Small bars with little noise, to build on."""
    zero = np.zeros(count)
    return Path(
        gap=draws.normal(0, 0.002, count),
        body=zero.copy(),
        above=np.abs(draws.normal(0, 0.004, count)),
        below=np.abs(draws.normal(0, 0.004, count)),
        volume=100_000 * np.exp(draws.normal(0, 0.4, count)),
    )


def _stretches(draws: np.random.Generator, count: int, shortest: int, longest: int) -> list[slice]:
    """The bars cut into stretches of random length."""
    found, begin = [], 0
    while begin < count:
        end = begin + int(draws.integers(shortest, longest + 1))
        found.append(slice(begin, min(end, count)))
        begin = end
    return found


def waves(draws: np.random.Generator, count: int, shortest: float, longest: float) -> Floats:
    """Three swings of different length, together between about -1 and 1."""
    bar = np.arange(count)
    total = np.zeros(count)
    for share in (0.6, 0.3, 0.2):
        length = float(np.exp(draws.uniform(np.log(shortest), np.log(longest))))
        total += share * np.sin(2 * np.pi * (bar / length + draws.random()))
    return total


def _trends(draws: np.random.Generator, count: int) -> Path:
    """Climbs and falls of random length and strength."""
    path = quiet(draws, count)
    for place, part in enumerate(_stretches(draws, count, 15, 90)):
        strength = draws.uniform(0.001, 0.012) * (1 if place % 2 else -1)
        noise = draws.uniform(0.004, 0.016)
        path.body[part] = draws.normal(strength, noise, part.stop - part.start)
    return path


def _swings(draws: np.random.Generator, count: int) -> Path:
    """Swings about a level, with noise: what oscillators are made for."""
    path = quiet(draws, count)
    level = draws.uniform(0.06, 0.15) * waves(draws, count, 9, 70)
    path.body = np.diff(level, prepend=level[0]) + draws.normal(0, 0.006, count)
    return path


def _steps(draws: np.random.Generator, count: int) -> Path:
    """Whole prices in a narrow band: equal values, levels touched exactly."""
    path = quiet(draws, count)
    wave = np.round(8 * waves(draws, count, 8, 50))
    moves = np.diff(wave, prepend=0.0) + draws.choice([-1, 0, 0, 0, 1], count)
    level = np.clip(100 + np.cumsum(moves - np.concatenate(([0.0], 0.02 * moves[:-1]))), 60, 160)
    level = np.round(level)
    logs = np.log(level / 100)
    opens = np.log(
        np.round(np.concatenate(([100.0], level[:-1])) + draws.choice([-1, 0, 0, 0, 1], count))
        / 100
    )
    path.body = logs - opens
    path.gap = opens - np.concatenate(([0.0], logs[:-1]))
    reach = draws.choice([0.0, 0.0, 0.01, 0.02], count)
    path.above, path.below = reach, draws.permutation(reach)
    path.volume = np.round(draws.choice([1.0, 1.0, 2.0, 5.0], count)) * 1000
    return path


def _gaps(draws: np.random.Generator, count: int) -> Path:
    """Opens far from the close before, and bars that reach far and come back."""
    path = _swings(draws, count)
    jumps = draws.random(count) < 0.12
    path.gap = np.where(jumps, draws.normal(0, 0.05, count), path.gap)
    left = 0.0  # what jumps moved comes back slowly, so that prices stay in sight
    for bar in range(count):
        path.body[bar] -= 0.06 * left
        left = 0.94 * left + path.gap[bar]
    path.above += np.where(draws.random(count) < 0.06, draws.uniform(0.03, 0.12, count), 0)
    path.below += np.where(draws.random(count) < 0.06, draws.uniform(0.03, 0.12, count), 0)
    return path


def _still(draws: np.random.Generator, count: int) -> Path:
    """Trends with stretches in between in which nothing moves and nothing is traded."""
    path = _trends(draws, count)
    for place, part in enumerate(_stretches(draws, count, 6, 45)):
        if place % 3 == 2:
            for values in (path.gap, path.body, path.above, path.below, path.volume):
                values[part] = 0.0
    return path


def _plateaus(draws: np.random.Generator, count: int) -> Path:
    """Jumps between levels, each held without the least move: whole windows of equal prices."""
    path = quiet(draws, count)
    for values in (path.gap, path.above, path.below):
        values[:] = 0.0
    level = 0.0
    for part in _stretches(draws, count, 6, max(12, count // 4)):
        # what jumps moved comes back, so that prices stay in sight
        path.body[part.start] = draws.choice([-1, 1]) * draws.uniform(0.01, 0.06) - 0.3 * level
        level += path.body[part.start]
    return path


def _squeezes(draws: np.random.Generator, count: int) -> Path:
    """Calm and storm in turn, with bursts of volume."""
    path = quiet(draws, count)
    for place, part in enumerate(_stretches(draws, count, 12, 50)):
        size = part.stop - part.start
        is_storm = place % 2 == 1
        drift = draws.choice([-0.012, 0.012]) if is_storm else 0.0
        noise = 0.025 if is_storm else 0.0015
        path.body[part] = draws.normal(drift, noise, size)
        factor = noise / 0.008
        path.above[part] *= factor
        path.below[part] *= factor
        path.gap[part] *= factor
        path.volume[part] *= draws.uniform(2, 6) if is_storm else 1.0
    return path


def _dear(draws: np.random.Generator, count: int) -> Path:
    """Swings in which many bars have no volume, also those on which something is decided."""
    path = _swings(draws, count)
    path.volume[draws.random(count) < 0.3] = 0.0
    return path


def _cheap(draws: np.random.Generator, count: int) -> Path:
    """Trends after a climb without a fall, which leaves nothing to divide by in some indicators."""
    path = _trends(draws, count)
    path.gap[:_CLIMB] = 0.0
    path.body[:_CLIMB] = np.abs(path.body[:_CLIMB]) + 0.002
    return path


def shape_days(path: Path, draws: np.random.Generator, days: Sequence[slice]) -> None:
    """Lively first bars, then calm in their middle, until a break at any time of the day."""
    for part in days:
        size = part.stop - part.start
        lively, breaks = max(1, size // 8), int(size * draws.uniform(0.2, 1.05))
        body = draws.normal(0, 0.003, size)
        body[lively:] *= 0.15
        body[lively:breaks] -= np.sum(body[:lively]) / max(1, min(size, breaks) - lively) / 2
        body[breaks:] += draws.choice([-0.002, 0.002])
        path.body[part] = body
        path.gap[part.start : part.stop] *= 0.05
        path.gap[part.start] = draws.normal(0, 0.006)
        path.above[part] *= 0.15
        path.below[part] *= 0.15


WITHIN_THE_DAY = "workdays"
"""The family whose days have a shape; it is of use for bars within the day only."""
PLATEAUS = "plateaus"
"""The family in which nothing but jumps moves, of no symbol."""
STILL = ("still", PLATEAUS)
"""The families whose prices stand still for whole windows."""
HOURS = "hours"
"""The family whose days lie about times of the day; for strategies that name such times only."""
DEAR, CHEAP = "dear", "cheap"
"""Two families whose prices and dates are far from the others, and which lack days."""
ALWAYS_KEPT = (PLATEAUS, DEAR, CHEAP)
"""The families that try what no mutant asks for."""
FAMILIES: Mapping[str, Callable[[np.random.Generator, int], Path]] = {
    "gaps": _gaps,
    "squeezes": _squeezes,
    "steps": _steps,
    "still": _still,
    "swings": _swings,
    "trends": _trends,
    WITHIN_THE_DAY: quiet,
    PLATEAUS: _plateaus,
    DEAR: _dear,
    CHEAP: _cheap,
    HOURS: _swings,
}
"""The formulas by name. Draws hang on the order: a new family comes last."""
