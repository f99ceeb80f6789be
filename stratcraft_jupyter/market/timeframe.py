"""Timeframes: their names, how one is told from bar times, and why bars do not fit one."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from stratcraft_jupyter.errors import UnknownNameError

Times = NDArray[np.datetime64]
Steps = NDArray[np.timedelta64]

DAY = np.timedelta64(1, "D")
_LONG_RUN = 10  # so many coarser steps in a row are another timeframe, not missing bars
_ENOUGH = 0.1  # share of steps that must have the timeframe's length


@dataclass(frozen=True, slots=True)
class Timeframe:
    """How much time one bar covers.

    Attributes:
        name: Its name in `Bars.timeframe`, such as ``"5m"``.
        title: Its name on screen, such as ``"5 minutes"``.
        step: The usual time from one bar to the next.
        shortest: A shorter step between two bars belongs to a finer timeframe.
        longest: A longer step between two bars is not this timeframe's own.
        hole: A longer step is worth telling: bars are probably missing.
    """

    name: str
    title: str
    step: np.timedelta64
    shortest: np.timedelta64
    longest: np.timedelta64
    hole: np.timedelta64

    @property
    def is_intraday(self) -> bool:
        """Whether several bars fit in one day."""
        return bool(self.step < DAY)


def _intraday(name: str, title: str, minutes: int) -> Timeframe:
    step = np.timedelta64(minutes, "m")
    return Timeframe(name, title, step, step, step, max(4 * step, np.timedelta64(2, "h")))


def _days(
    name: str, title: str, days: int, shortest_hours: int, longest: int, hole: int
) -> Timeframe:
    step, shortest = np.timedelta64(days, "D"), np.timedelta64(shortest_hours, "h")
    return Timeframe(
        name, title, step, shortest, np.timedelta64(longest, "D"), np.timedelta64(hole, "D")
    )


# Daily bars pause for a weekend and a holiday; weeks and months are shifted by holidays.
_ALL = (
    _intraday("1m", "1 minute", 1),
    _intraday("5m", "5 minutes", 5),
    _intraday("15m", "15 minutes", 15),
    _intraday("30m", "30 minutes", 30),
    _intraday("1h", "1 hour", 60),
    _intraday("2h", "2 hours", 120),
    _intraday("4h", "4 hours", 240),
    _days("1d", "1 day", 1, 18, 4, 10),
    _days("1w", "1 week", 7, 4 * 24, 10, 21),
    _days("1M", "1 month", 30, 20 * 24, 40, 62),
)
TIMEFRAMES: Mapping[str, Timeframe] = MappingProxyType({item.name: item for item in _ALL})


def get_timeframe(name: str) -> Timeframe:
    """The timeframe of that name."""
    if name not in TIMEFRAMES:
        raise UnknownNameError("timeframe", name, TIMEFRAMES)
    return TIMEFRAMES[name]


def typical_step(time: Times) -> np.timedelta64:
    """The median step between bars (the shorter of the two middle ones if there are two)."""
    steps = np.diff(time)
    middle = (len(steps) - 1) // 2
    step: np.timedelta64 = np.partition(steps, middle)[middle]
    return step


def infer_timeframe(time: Times) -> Timeframe | None:
    """The timeframe whose step is the median step of ``time``, if there is one."""
    step = typical_step(time)
    for item in _ALL:
        if item.is_intraday and step == item.step:
            return item
        # the median of days, weeks and months varies with daylight saving and month length
        if not item.is_intraday and abs(step - item.step) <= item.step / 5:
            return item
    return None


def has_own_steps(time: Times, timeframe: Timeframe) -> bool:
    """Whether enough steps between bars are as long as ``timeframe`` says."""
    steps = np.diff(time)
    own = (steps >= timeframe.shortest) & (steps <= timeframe.longest)
    return bool(np.count_nonzero(own) >= _ENOUGH * len(steps))


def finer_rows(time: Times, timeframe: Timeframe) -> NDArray[np.intp]:
    """Rows that come too soon after the row before for ``timeframe``.

    Intraday sessions may begin or end with a shorter bar (10:00 after 9:30 in hourly bars), so
    the first and the last step of a day are free.
    """
    finer = np.diff(time) < timeframe.shortest
    if timeframe.is_intraday:
        new_day = np.diff(time.astype("M8[D]")) > np.timedelta64(0, "D")
        edge = np.concatenate(([True], new_day[:-1])) | np.concatenate((new_day[1:], [True]))
        finer &= ~edge
    return np.flatnonzero(finer) + 1


def coarser_run(time: Times, timeframe: Timeframe) -> tuple[int, Timeframe] | None:
    """Where a long run of bars of a coarser timeframe begins, and which one that is."""
    steps = np.diff(time)
    for item in _ALL[_ALL.index(timeframe) + 1 :]:
        start = _first_run((steps >= item.shortest) & (steps <= item.longest))
        if start is not None:
            return start + 1, item
    return None


def _first_run(flags: NDArray[np.bool_]) -> int | None:
    """Where the first run of at least `_LONG_RUN` true values begins."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    starts, ends = edges[::2], edges[1::2]
    long = starts[ends - starts >= _LONG_RUN]
    return int(long[0]) if len(long) else None
