"""Entry and exit markers: fills by what they did to the position, few enough to tell apart."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stratcraft_jupyter.backtest.actions import MARKS, Action, split_by_action
from stratcraft_jupyter.backtest.records import Fill
from stratcraft_jupyter.widgets import numbers
from stratcraft_jupyter.widgets.charts.aggregate import Candles

MAX_PER_ACTION = 60
"""Most markers of one action across the charts; more cannot be told apart."""

# Exits keep clear of an entry on the same side of the candles.
_LEVEL: dict[Action, Action] = {"exit_long": "enter_short", "exit_short": "enter_long"}


@dataclass(frozen=True, eq=False)
class Executions:
    """All fills that did one thing, in bar order.

    Attributes:
        bar: Bar of each.
        price: Price of each.
        size: Shares of each that did this thing.
        time: Time of each.
    """

    bar: NDArray[np.int64]
    price: NDArray[np.float64]
    size: NDArray[np.float64]
    time: NDArray[np.datetime64]

    def __len__(self) -> int:
        return len(self.bar)


@dataclass(frozen=True, eq=False)
class Markers:
    """The markers of one action in view.

    Attributes:
        x: Where each is on the bar axis.
        y: Where each is on the price axis.
        names: What each says when pointed at.
        executions: How many executions they stand for.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    names: tuple[str, ...]
    executions: int


def executions_by_action(fills: Sequence[Fill]) -> dict[Action, Executions]:
    """The fills sorted by what they did; one that reverses a position counts as two."""
    return {action: _executions(rows) for action, rows in split_by_action(fills).items()}


def markers_in_view(
    executions: dict[Action, Executions], candles: Candles, step: float
) -> dict[Action, Markers]:
    """The markers to draw over ``candles``, ``step`` of the price axis away from them.

    Executions of one action that share a candle become one marker; if there are still too many,
    neighbouring candles share one.
    """
    first, last = int(candles.start[0]), int(candles.start[-1]) + candles.size
    seen = {
        action: slice(*np.searchsorted(found.bar, (first, last)))
        for action, found in executions.items()
    }
    slots = {
        action: _slots(found.bar[seen[action]], candles) for action, found in executions.items()
    }
    return {
        action: _markers(action, executions[action], seen[action], slots, candles, step)
        for action in MARKS
    }


def _executions(rows: list[tuple[Fill, float]]) -> Executions:
    return Executions(
        bar=np.array([fill.bar for fill, _ in rows], dtype=np.int64),
        price=np.array([fill.price for fill, _ in rows], dtype=np.float64),
        size=np.array([size for _, size in rows], dtype=np.float64),
        time=np.array([fill.time for fill, _ in rows], dtype="datetime64[ns]"),
    )


def _slots(bars: NDArray[np.int64], candles: Candles) -> NDArray[np.int64]:
    """The candle that each of ``bars`` is marked at; several bars may share one."""
    index = (bars - candles.start[0]) // candles.size
    shared = 1
    while len(np.unique(index // shared)) > MAX_PER_ACTION:
        shared += 1
    middle = index // shared * shared + shared // 2
    slots: NDArray[np.int64] = np.minimum(middle, len(candles) - 1)
    return slots


def _markers(
    action: Action,
    found: Executions,
    seen: slice,
    slots: dict[Action, NDArray[np.int64]],
    candles: Candles,
    step: float,
) -> Markers:
    at, first, count = np.unique(slots[action], return_index=True, return_counts=True)
    crowded = np.isin(at, slots[_LEVEL[action]]) if action in _LEVEL else np.zeros(len(at))
    away = step * np.where(crowded, 2.2, 1.0)
    y = candles.low[at] - away if MARKS[action].is_below else candles.high[at] + away
    rows = [
        slice(start, start + size) for start, size in zip(first + seen.start, count, strict=True)
    ]
    return Markers(
        x=candles.x[at],
        y=y,
        names=tuple(_name(action, found, row) for row in rows),
        executions=int(count.sum()),
    )


def _name(action: Action, found: Executions, row: slice) -> str:
    size, price, time = found.size[row], found.price[row], found.time[row]
    if len(size) == 1:
        return (
            f"{MARKS[action].title}: {numbers.size(size[0])} at {numbers.price(price[0])}, "
            f"{numbers.moment(time[0])}"
        )
    mean = float(np.average(price, weights=size))
    return (
        f"{len(size)} times {MARKS[action].title.lower()}: {numbers.size(float(size.sum()))} at "
        f"{numbers.price(mean)} on average, {numbers.moment(time[0])} to {numbers.moment(time[-1])}"
    )
