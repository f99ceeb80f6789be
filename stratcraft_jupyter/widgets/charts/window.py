"""The part of the bars that is in view, and how it moves. No widgets here."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MIN_SPAN = 20.0
"""Fewest bars across the charts: below this, candles become blocks."""

MAX_BUCKETS = 300
"""Most candles across the charts; more would be too thin, and too slow, in a browser."""

_EDGE = 0.01
"""Room beyond the first and the last bar, as a part of what is in view."""

_NICE = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


@dataclass(frozen=True)
class Window:
    """A stretch of the bar axis; bar ``i`` takes up ``i - 0.5`` to ``i + 0.5``.

    Attributes:
        first: Left edge, in bar numbers.
        last: Right edge, in bar numbers.
    """

    first: float
    last: float

    @property
    def span(self) -> float:
        """Width in bars."""
        return self.last - self.first

    def bars(self, count: int) -> tuple[int, int]:
        """First bar in view and the bar after the last, of ``count`` bars; never empty."""
        start = min(max(math.ceil(self.first), 0), count - 1)
        stop = min(max(math.floor(self.last) + 1, start + 1), count)
        return start, stop

    def shifted(self, bars: float) -> "Window":
        """The window moved by ``bars`` to the right."""
        return Window(self.first + bars, self.last + bars)


def full_window(count: int) -> Window:
    """All ``count`` bars, with a little room on both sides."""
    room = _room(count)
    return Window(-0.5 - room, count - 0.5 + room)


def fit(window: Window, count: int) -> Window:
    """The window nearest to ``window`` that shows bars only and is neither too wide nor narrow."""
    full = full_window(count)
    middle = (window.first + window.last) / 2.0
    if not math.isfinite(middle) or not math.isfinite(window.span):
        return full
    span = min(max(abs(window.span), MIN_SPAN), full.span)
    room = _room(min(span, count))
    first = min(max(middle - span / 2.0, -0.5 - room), count - 0.5 + room - span)
    return Window(first, first + span)


def _room(span: float) -> float:
    return max(0.5, _EDGE * span)


def zoom(window: Window, factor: float, count: int) -> Window:
    """``window`` made ``factor`` times as wide, around its middle."""
    middle, half = (window.first + window.last) / 2.0, window.span * factor / 2.0
    return fit(Window(middle - half, middle + half), count)


def pan(window: Window, part: float, count: int) -> Window:
    """``window`` moved to the right by ``part`` of its width."""
    return fit(window.shifted(part * window.span), count)


def around(first_bar: int, last_bar: int, count: int) -> Window:
    """A window that shows ``first_bar`` to ``last_bar`` with what came before and after."""
    context = max(20, (last_bar - first_bar) // 2) + 0.5
    return fit(Window(first_bar - context, last_bar + context), count)


def ending_at(window: Window, period: np.timedelta64, time: NDArray[np.datetime64]) -> Window:
    """The bars of the last ``period`` before the right edge of ``window``."""
    count = len(time)
    last = window.bars(count)[1] - 1
    first = int(np.searchsorted(time, time[last] - period, side="right"))
    return fit(Window(first - 0.5, last + 0.5), count)


def bucket_size(span: float, limit: int = MAX_BUCKETS) -> int:
    """Bars to draw as one, so that ``span`` bars make at most ``limit`` candles."""
    wanted = max(1.0, span / limit)
    power = 10.0 ** math.floor(math.log10(wanted))
    for step in _NICE:
        size = step * power
        if size >= wanted * (1 - 1e-12) and math.isclose(size, round(size)):
            return round(size)
    return math.ceil(wanted)
