"""Notes on bars that seem to be missing; a gap is worth telling and never an error."""

import numpy as np
from numpy.typing import NDArray

from stratcraft_jupyter.market.problems import show_time
from stratcraft_jupyter.market.timeframe import DAY, Timeframe

Times = NDArray[np.datetime64]

_LONGEST_PAUSE = np.timedelta64(7, "D")  # between two intraday sessions
_FEWEST_WEEKDAYS = 60
# Exchanges close on about 4 of 100 weekdays.
_MISSING_WEEKDAYS = 0.08


def gap_notes(time: Times, timeframe: Timeframe) -> tuple[str, ...]:
    """What is worth telling about times without bars, one sentence each."""
    return (*_holes(time, timeframe), *_missing_weekdays(time, timeframe))


def _holes(time: Times, timeframe: Timeframe) -> list[str]:
    """Steps far longer than the timeframe; nights and weekends are none."""
    steps = np.diff(time)
    limit = np.full(len(steps), timeframe.hole, dtype="m8[ns]")
    if timeframe.is_intraday:
        over_night = np.diff(time.astype("M8[D]")) > np.timedelta64(0, "D")
        limit[over_night] = _LONGEST_PAUSE
        limit[over_night & _round_the_clock(time, timeframe)] = timeframe.hole
    holes = np.flatnonzero(steps > limit)
    if not len(holes):
        return []
    longest = int(holes[np.argmax(steps[holes])])
    span = f"from {show_time(time[longest])} to {show_time(time[longest + 1])}"
    if len(holes) == 1:
        return [f"There is a gap without bars {span}."]
    return [f"There are {len(holes)} gaps without bars, the longest {span}."]


def _round_the_clock(time: Times, timeframe: Timeframe) -> bool:
    """Whether trading goes on at midnight on most days, as crypto does."""
    days = np.diff(time.astype("M8[D]")) > np.timedelta64(0, "D")
    through = np.count_nonzero(np.diff(time)[days] <= timeframe.longest)
    return bool(through > np.count_nonzero(days) * 0.9)


def _missing_weekdays(time: Times, timeframe: Timeframe) -> list[str]:
    if timeframe.name != "1d":
        return []
    first, last = time[0].astype("M8[D]"), time[-1].astype("M8[D]")
    weekdays = int(np.busday_count(first, last + DAY))
    present = int(np.count_nonzero(np.is_busday(time.astype("M8[D]"))))
    missing = weekdays - present
    if weekdays < _FEWEST_WEEKDAYS or missing <= weekdays * _MISSING_WEEKDAYS:
        return []
    return [
        f"{missing} of {weekdays} weekdays between {first} and {last} have no bar "
        f"({missing / weekdays:.0%})."
    ]
