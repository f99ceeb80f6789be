"""Many bars drawn as few: whole-number buckets that keep every high, low and turn of a line.

What is drawn is thinned here; the numbers of a result never are.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stratcraft_jupyter.market import Bars

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Candles:
    """Candles of ``size`` bars each, in bar order.

    Attributes:
        start: First bar of each candle.
        size: Bars in one candle; the first and the last may hold fewer.
        x: Middle of each candle on the bar axis.
        open: First open.
        high: Highest high.
        low: Lowest low.
        close: Last close.
        volume: Sum of the volumes.
    """

    start: Ints
    size: int
    x: Floats
    open: Floats
    high: Floats
    low: Floats
    close: Floats
    volume: Floats

    def __len__(self) -> int:
        return len(self.start)


def bucket_starts(start: int, stop: int, size: int) -> Ints:
    """First bars of the buckets of ``size`` that cover ``start`` to ``stop``.

    Buckets begin at multiples of ``size``, so that they stay the same as the window moves.
    """
    return np.arange(start // size * size, stop, size, dtype=np.int64)


def aggregate(bars: Bars, start: int, stop: int, size: int) -> Candles:
    """The candles of ``size`` bars that cover the bars ``start`` to ``stop``."""
    starts = bucket_starts(start, stop, size)
    end = min(int(starts[-1]) + size, len(bars))
    base = int(starts[0])
    cuts = starts - base
    lasts = np.minimum(starts + size, end) - 1
    return Candles(
        start=starts,
        size=size,
        x=starts.astype(np.float64) + (size - 1) / 2.0,
        open=bars.open[starts],
        high=np.maximum.reduceat(bars.high[base:end], cuts),
        low=np.minimum.reduceat(bars.low[base:end], cuts),
        close=bars.close[lasts],
        volume=np.add.reduceat(bars.volume[base:end], cuts),
    )


def extremes(values: Floats, start: int, stop: int, size: int) -> tuple[Ints, Floats]:
    """The bars and values of a line through ``values[start:stop]`` that keeps its extremes.

    Of each bucket of ``size`` bars the lowest and the highest value stay, in bar order, and the
    first and the last point of the line.
    """
    if size <= 2:
        return np.arange(start, stop, dtype=np.int64), values[start:stop]
    starts = bucket_starts(start, stop, size)
    offset = start - int(starts[0])
    padded = np.full(len(starts) * size, np.nan)
    padded[offset : offset + stop - start] = values[start:stop]
    rows = padded.reshape(len(starts), size)
    missing = np.isnan(rows)
    lowest = starts + np.where(missing, np.inf, rows).argmin(axis=1)
    highest = starts + np.where(missing, -np.inf, rows).argmax(axis=1)
    kept = np.unique(np.concatenate(([start], lowest, highest, [stop - 1])))
    kept = kept[(kept >= start) & (kept < stop)]
    return kept, values[kept]
