"""Made-up bars that are hard on a strategy: trends, gaps, flat stretches, crashes, even numbers."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from stratcraft_jupyter.market import Bars

Floats = NDArray[np.float64]


def make_bars(symbol: str, opens: Floats, closes: Floats, reach: Floats) -> Bars:
    """Daily bars; ``reach`` is how far high and low lie beyond open and close, as a fraction."""
    opens, closes = np.round(opens, 2), np.round(closes, 2)
    high = np.maximum(opens, closes) * (1 + reach[: len(opens)])
    low = np.minimum(opens, closes) * (1 - reach[: len(opens)])
    return Bars(
        symbol=symbol,
        timeframe="1d",
        time=np.datetime64("2001-01-01", "ns") + np.arange(len(opens)) * np.timedelta64(1, "D"),
        open=opens,
        high=np.maximum(np.round(high, 2), np.maximum(opens, closes)),
        low=np.minimum(np.round(low, 2), np.minimum(opens, closes)),
        close=closes,
        volume=np.full(len(opens), 1_000.0),
    )


def _walk(symbol: str, change: Floats, gap: Floats, reach: Floats, start: float = 100.0) -> Bars:
    closes = start * np.exp(np.cumsum(change + gap))
    before = np.concatenate(([start], closes[:-1]))
    return make_bars(symbol, before * np.exp(gap), closes, reach)


def trends() -> Bars:
    """Long climbs and long falls."""
    random = np.random.default_rng(1)
    drift = np.repeat(random.permutation([0.006, -0.006, 0.004, -0.004, 0.01, -0.008] * 3), 60)
    change = drift + random.normal(0, 0.015, drift.size)
    return _walk("TRENDS", change, np.zeros(drift.size), random.uniform(0, 0.01, drift.size))


def gaps() -> Bars:
    """One bar in eight opens far from the close before: stops fill beyond their price."""
    random = np.random.default_rng(2)
    count = 1_500
    jumps = np.where(random.random(count) < 0.125, random.normal(0, 0.07, count), 0.0)
    return _walk(
        "GAPS", random.normal(0.0002, 0.012, count), jumps, random.uniform(0, 0.008, count)
    )


def flats() -> Bars:
    """Starts with 80 equal bars and stands still again and again, one price for all four."""
    random = np.random.default_rng(3)
    change = random.normal(0, 0.02, 1_600)
    still = np.zeros(change.size, dtype=bool)
    for begin in (0, 230, 260, 500, 777, 1_100, 1_300):
        still[begin : begin + 80] = True
    change[still] = 0
    reach = np.where(still, 0, random.uniform(0, 0.01, change.size))
    return _walk("FLATS", change, np.zeros(change.size), reach)


def crashes() -> Bars:
    """A climb with falls of a third in one bar, now and then at the open."""
    random = np.random.default_rng(4)
    count = 1_500
    change = random.normal(0.003, 0.015, count)
    jumps = np.zeros(count)
    change[100::130] = -0.4
    jumps[160::200] = -0.4
    return _walk("CRASHES", change, jumps, random.uniform(0, 0.01, count))


def squeezes() -> Bars:
    """A long fall with sudden rises to three times the price: a short loses more than all."""
    random = np.random.default_rng(5)
    count = 1_500
    change = random.normal(-0.003, 0.02, count)
    jumps = np.zeros(count)
    jumps[180::270] = 1.1
    return _walk("SQUEEZES", change, jumps, random.uniform(0, 0.01, count))


def steps() -> Bars:
    """Whole numbers in a narrow band: equal values, touched channels, stops met exactly."""
    random = np.random.default_rng(6)
    count = 1_500
    closes = 100 + np.cumsum(random.choice([-2, -1, 0, 0, 1, 2], count))
    closes = np.clip(closes, 60, None).astype(float)
    opens = np.concatenate(([100.0], closes[:-1])) + random.choice([0, 0, 0, -1, 1], count)
    return make_bars("STEPS", opens, closes, random.choice([0, 0.01], count))


HARD_BARS: Mapping[str, Callable[[], Bars]] = {
    bars.__name__: bars for bars in (trends, gaps, flats, crashes, squeezes, steps)
}
