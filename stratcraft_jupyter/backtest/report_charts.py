"""The charts of a report as SVG text: candles with fills, equity against buy and hold, drawdown.

What is drawn is summed up to at most ``MOST_BUCKETS`` steps; the numbers beside it never are.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from stratcraft_jupyter.backtest.actions import MARKS, Shape, split_by_action
from stratcraft_jupyter.backtest.records import EquityCurve, Fill, Floats, Times

if TYPE_CHECKING:
    from stratcraft_jupyter.market import Bars

MOST_BUCKETS = 600
_WIDTH, _LEFT, _RIGHT, _TOP, _BOTTOM = 1040, 64, 14, 12, 24
# From the middle of a mark; about as large as each other.
_OUTLINES: dict[Shape, str] = {
    "triangle-up": "m0-5l5 9h-10z",
    "triangle-down": "m0 5l5-9h-10z",
    "diamond": "m0-5.5l5 5.5l-5 5.5l-5-5.5z",
    "square": "m-4-4h8v8h-8z",
}
_Indexes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Panel:
    """Maps bars and values to places in one chart."""

    bar_count: int
    low: float
    high: float
    height: int

    def x(self, bar: float) -> float:
        span = _WIDTH - _LEFT - _RIGHT
        return _LEFT + span * (bar + 0.5) / self.bar_count

    def y(self, value: float) -> float:
        part = (value - self.low) / ((self.high - self.low) or 1.0)
        return self.height - _BOTTOM - (self.height - _TOP - _BOTTOM) * part

    def wrap(self, title: str, parts: Sequence[str]) -> str:
        inside = "".join(parts)
        return (
            f'<svg viewBox="0 0 {_WIDTH} {self.height}" role="img" aria-label="{title}">'
            f"<title>{title}</title>{inside}</svg>"
        )


def draw_candles(bars: "Bars", fills: Sequence[Fill]) -> str:
    """Candles with marks for entries and exits, at most one of each per candle."""
    starts = _bucket_starts(len(bars))
    low, high = np.minimum.reduceat(bars.low, starts), np.maximum.reduceat(bars.high, starts)
    ends = np.r_[starts[1:], len(bars)] - 1
    opened, closed = bars.open[starts], bars.close[ends]
    room = (float(high.max()) - float(low.min())) * 0.08
    panel = _Panel(len(bars), float(low.min()) - room, float(high.max()) + room, 340)
    half = max((_WIDTH - _LEFT - _RIGHT) / len(starts) * 0.35, 0.4)
    wicks: dict[str, list[str]] = {"up": [], "down": []}
    bodies: dict[str, list[str]] = {"up": [], "down": []}
    for number, start in enumerate(starts.tolist()):
        kind = "up" if closed[number] >= opened[number] else "down"
        x = panel.x((start + int(ends[number])) / 2)
        top = panel.y(max(opened[number], closed[number]))
        tall = max(panel.y(min(opened[number], closed[number])) - top, 0.8)
        wicks[kind].append(f"M{x:.1f} {panel.y(high[number]):.1f}V{panel.y(low[number]):.1f}")
        bodies[kind].append(f"M{x - half:.1f} {top:.1f}h{2 * half:.1f}v{tall:.1f}h{-2 * half:.1f}z")
    parts = _axes(panel, bars.time, _plain)
    for kind in ("up", "down"):
        parts.append(f'<path class="wick {kind}" d="{"".join(wicks[kind])}"/>')
        parts.append(f'<path class="body {kind}" d="{"".join(bodies[kind])}"/>')
    parts += _markers(panel, fills, starts, low, high)
    return panel.wrap("Price with fills", parts)


def draw_equity(curve: EquityCurve) -> str:
    """The value of the account and of buy and hold."""
    both = np.r_[curve.value, curve.benchmark]
    panel = _Panel(len(curve), float(both.min()), float(both.max()), 250)
    parts = _axes(panel, curve.time, _plain)
    parts.append(f'<path class="hold" d="{_line(panel, curve.benchmark)}"/>')
    parts.append(f'<path class="value" d="{_line(panel, curve.value)}"/>')
    return panel.wrap("Equity curve and buy and hold", parts)


def draw_drawdown(curve: EquityCurve) -> str:
    """How far the account was below its highest value so far."""
    fall = curve.drawdown
    panel = _Panel(len(curve), min(float(fall.min()), -0.01), 0.0, 160)
    line = _line(panel, fall)
    floor = f"V{panel.y(0):.1f}H{panel.x(0):.1f}z"
    parts = _axes(panel, curve.time, lambda value: f"{value * 100:.3g} %")
    parts.append(f'<path class="area" d="{line}{floor}"/><path class="fall" d="{line}"/>')
    return panel.wrap("Drawdown", parts)


def _bucket_starts(count: int) -> _Indexes:
    return np.arange(0, count, -(-count // MOST_BUCKETS), dtype=np.int64)


def _line(panel: _Panel, values: Floats) -> str:
    """A line through the lowest and highest value of each bucket, in the order they came."""
    starts = _bucket_starts(len(values))
    shown = {0, len(values) - 1}
    for start, stop in zip(starts.tolist(), [*starts[1:].tolist(), len(values)], strict=True):
        part = values[start:stop]
        shown |= {start + int(np.argmin(part)), start + int(np.argmax(part))}
    points = (f"{panel.x(bar):.1f} {panel.y(float(values[bar])):.1f}" for bar in sorted(shown))
    return "M" + "L".join(points)


def _markers(
    panel: _Panel, fills: Sequence[Fill], starts: _Indexes, low: Floats, high: Floats
) -> list[str]:
    """A mark for each action in each bucket; an exit beside an entry stands further out."""
    parts: list[str] = []
    taken: set[tuple[int, bool]] = set()
    entries_first = sorted(split_by_action(fills).items(), key=lambda item: item[0][:4] == "exit")
    for action, found in entries_first:
        mark = MARKS[action]
        buckets = np.searchsorted(starts, [fill.bar for fill, _ in found], side="right") - 1
        for bucket in np.unique(buckets).tolist():
            here = [found[place] for place in np.flatnonzero(buckets == bucket).tolist()]
            away = 20 if (bucket, mark.is_below) in taken else 9
            taken.add((bucket, mark.is_below))
            y = panel.y(low[bucket]) + away if mark.is_below else panel.y(high[bucket]) - away
            x = panel.x(sum(fill.bar for fill, _ in here) / len(here))
            outline = f"M{x:.1f} {y:.1f}{_OUTLINES[mark.shape]}"
            parts.append(
                f'<path class="mark {action}" fill="{mark.color}" d="{outline}">'
                f"<title>{_told(mark.title, here)}</title></path>"
            )
    return parts


def _told(title: str, found: list[tuple[Fill, float]]) -> str:
    fill, size = found[0]
    told = f"{title}: {size:,.6g} at {fill.price:,.6g}, {_day(fill.time)}"
    return f"{told}, and {len(found) - 1} more" if len(found) > 1 else told


def _axes(panel: _Panel, time: Times, show: Callable[[float], str]) -> list[str]:
    parts = []
    right = _WIDTH - _RIGHT
    for tick in _ticks(panel.low, panel.high):
        y = panel.y(tick)
        parts.append(f'<path class="grid" d="M{_LEFT} {y:.1f}H{right}"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{show(tick)}</text>')
    for bar in np.unique(np.linspace(0, len(time) - 1, 7).astype(int))[:-1].tolist():
        place = f'x="{panel.x(bar):.1f}" y="{panel.height - 8}"'
        parts.append(f"<text {place}>{_day(time[bar])}</text>")
    return parts


def _ticks(low: float, high: float) -> list[float]:
    """About five round numbers from ``low`` to ``high``."""
    span = high - low
    if not span > 0:
        return [low]
    rough = span / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough)
    first = math.ceil(low / step)
    return [number * step for number in range(first, math.floor(high / step) + 1)]


def _day(time: np.datetime64) -> str:
    return str(time.astype("datetime64[D]"))


def _plain(value: float) -> str:
    return f"{value:,.6g}" if abs(value) < 1e6 else f"{value / 1e6:,.4g} M"
