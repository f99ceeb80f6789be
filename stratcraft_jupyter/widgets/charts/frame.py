"""What is drawn for one window: a few hundred candles, thinned lines, markers, scales, ticks."""

from dataclasses import dataclass

import numpy as np

from stratcraft_jupyter.backtest.actions import Action
from stratcraft_jupyter.widgets import numbers
from stratcraft_jupyter.widgets.charts.aggregate import Candles, Floats, aggregate, extremes
from stratcraft_jupyter.widgets.charts.bands import DRAWDOWN, EQUITY, PRICE, VOLUME, Band
from stratcraft_jupyter.widgets.charts.data import ChartData, Legs
from stratcraft_jupyter.widgets.charts.markers import Markers, markers_in_view
from stratcraft_jupyter.widgets.charts.ticks import Ticks, Unit, number_ticks
from stratcraft_jupyter.widgets.charts.window import Window, bucket_size

MAX_LEGS = 30
"""Most trades in view whose entry and exit are joined by a line."""

_FAR = 1e7  # bars to the left of everything
_MARKER_STEP = 0.04
_BODY = 0.7

Line = tuple[Floats, Floats]


@dataclass(frozen=True, eq=False)
class Sticks:
    """Candles of one colour, as bqplot takes them.

    Attributes:
        x: Places on the bar axis.
        y: Open, high, low, close, one row a candle.
    """

    x: Floats
    y: Floats


@dataclass(frozen=True, eq=False)
class Panel:
    """The y axis of one band.

    Attributes:
        bottom: Value at the lower edge of the band.
        top: Value at the upper edge of the band.
        low: Value at the lower edge of the whole figure.
        high: Value at the upper edge.
        ticks: Its ticks.
    """

    bottom: float
    top: float
    low: float
    high: float
    ticks: Ticks


@dataclass(frozen=True, eq=False)
class Frame:
    """All that the figure shows for one window."""

    window: Window
    candles: Candles
    up: Sticks
    down: Sticks
    volume: Line
    equity: Line
    benchmark: Line
    drawdown: Line
    legs: Line
    markers: dict[Action, Markers]
    panels: dict[Band, Panel]
    ticks: Ticks
    range_text: str
    note: str


def build_frame(data: ChartData, window: Window, before: Frame | None = None) -> Frame:
    """The frame for ``window``.

    Args:
        data: What to draw from.
        window: What is in view.
        before: The frame shown until now. Panels keep its y scales where they still suit: a
            scale that stands still is calmer to look at, and saves the browser a redraw.
    """
    count = len(data)
    start, stop = window.bars(count)
    size = bucket_size(window.span)
    candles = aggregate(data.bars, start, stop, size)
    panels = _panels(data, candles, start, stop)
    if before is not None:
        panels = {band: _kept(before.panels[band], panel) for band, panel in panels.items()}
    price = panels[PRICE]
    markers = markers_in_view(data.executions, candles, _MARKER_STEP * (price.top - price.bottom))
    up = candles.close >= candles.open
    return Frame(
        window=window,
        candles=candles,
        up=_sticks(candles, up),
        down=_sticks(candles, ~up),
        volume=_columns(candles),
        equity=_line(data.equity, start, stop, size),
        benchmark=_line(data.benchmark, start, stop, size),
        drawdown=_area(data.drawdown, start, stop, size),
        legs=_joined(data.legs, start, stop),
        markers=markers,
        panels=panels,
        ticks=data.ticks.in_window(window),
        range_text=_range_text(data, start, stop),
        note=_note(size, markers),
    )


def _sticks(candles: Candles, chosen: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> Sticks:
    """The chosen candles, with two more far to the left.

    bqplot makes candles as wide as the smallest distance between two of one mark; the two out of
    sight keep that distance at one candle, however sparse the chosen ones are.
    """
    size = candles.size
    hidden = candles.x[0] - _FAR - size * np.array([1.0, 0.0])
    level = np.full((2, 4), candles.low[0])
    table = np.column_stack((candles.open, candles.high, candles.low, candles.close))
    return Sticks(
        x=np.concatenate((hidden, candles.x[chosen])), y=np.concatenate((level, table[chosen]))
    )


def _columns(candles: Candles) -> Line:
    """Volume as one outline: a rectangle per candle, with gaps between, but none at the end.

    bqplot puts a label at the end of a line and cannot do so in a gap.
    """
    half = _BODY * candles.size / 2.0
    x = candles.x[:, None] + np.array([-half, -half, half, half, np.nan])
    y = candles.volume[:, None] * np.array([0.0, 1.0, 1.0, 0.0, np.nan])
    return x.ravel()[:-1], y.ravel()[:-1]


def _line(values: Floats, start: int, stop: int, size: int) -> Line:
    bars, kept = extremes(values, start, stop, size)
    return bars.astype(np.float64), kept


def _area(values: Floats, start: int, stop: int, size: int) -> Line:
    x, y = _line(values, start, stop, size)
    return np.concatenate((x[:1], x, x[-1:])), np.concatenate(([0.0], y, [0.0]))


def _joined(legs: Legs, start: int, stop: int) -> Line:
    """A line from the entry to the exit of each trade in view; out of sight if there are many."""
    seen = (legs.bars[:, 0] < stop) & (legs.bars[:, 1] >= start)
    count = np.count_nonzero(seen)
    if not 0 < count <= MAX_LEGS:
        return np.array([-_FAR, 1.0 - _FAR]), np.array([1.0, 1.0])
    gap = np.full((count, 1), np.nan)
    x = np.hstack((legs.bars[seen].astype(np.float64), gap))
    y = np.hstack((legs.prices[seen], gap))
    return x.ravel()[:-1], y.ravel()[:-1]


def _panels(data: ChartData, candles: Candles, start: int, stop: int) -> dict[Band, Panel]:
    bars, seen = data.bars, slice(start, stop)
    shown = (candles.start < stop) & (candles.start + candles.size > start)
    lines = np.concatenate((data.equity[seen], data.benchmark[seen]))
    deepest = min(float(data.drawdown[seen].min()), -0.001)
    return {
        PRICE: _panel(PRICE, bars.low[seen].min(), bars.high[seen].max(), room=0.12),
        VOLUME: _panel(VOLUME, 0.0, candles.volume[shown].max() or 1.0, room=(0.0, 0.25), unit="k"),
        EQUITY: _panel(EQUITY, lines.min(), lines.max(), room=(0.06, 0.2), unit="k"),
        DRAWDOWN: _panel(DRAWDOWN, deepest, 0.0, room=(0.06, 0.28), unit="%"),
    }


def _panel(
    band: Band,
    low: float,
    high: float,
    *,
    room: float | tuple[float, float],
    unit: Unit = "",
) -> Panel:
    below, above = room if isinstance(room, tuple) else (room, room)
    span = float(high - low) or max(abs(float(high)) * 0.01, 1e-6)
    bottom, top = float(low) - below * span, float(high) + above * span
    ticks = number_ticks(float(low), float(low) + span, band.ticks, unit=unit)
    return Panel(bottom, top, *band.domain(bottom, top), ticks=ticks)


def _kept(old: Panel, new: Panel) -> Panel:
    """``old``, if it shows all that ``new`` does and does not waste much room."""
    covers = old.bottom <= new.bottom and new.top <= old.top
    return old if covers and new.top - new.bottom > 0.6 * (old.top - old.bottom) else new


def _range_text(data: ChartData, start: int, stop: int) -> str:
    first, last = numbers.moment(data.bars.time[start]), numbers.moment(data.bars.time[stop - 1])
    return f"{first} to {last}, {stop - start:,} bars"


def _note(size: int, markers: dict[Action, Markers]) -> str:
    parts = [f"Each candle is {size:,} bars."] if size > 1 else []
    drawn = sum(len(found.x) for found in markers.values())
    count = sum(found.executions for found in markers.values())
    few = {0: "No entries or exits", 1: "1 entry or exit"}
    told = few.get(count, f"{count:,} entries and exits")
    parts.append(f"{told}, drawn as {drawn:,} markers." if count > drawn else f"{told}.")
    return " ".join(parts)
