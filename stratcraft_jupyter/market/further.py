"""Bars beside those a strategy runs on: on which of its bars each row of them becomes known."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stratcraft_jupyter.market.bars import Bars
from stratcraft_jupyter.market.checks import FIELDS
from stratcraft_jupyter.market.timeframe import DAY, get_timeframe
from stratcraft_jupyter.market.zones import convert

Times = NDArray[np.datetime64]


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Rows of further bars, in the order in which they become known.

    Attributes:
        at: The strategy's bar on which each row becomes known, from 0; strictly increasing.
        columns: open, high, low, close and volume of the rows.
    """

    at: NDArray[np.intp]
    columns: dict[str, NDArray[np.float64]]

    def __len__(self) -> int:
        return len(self.at)


def period_starts(time: Times, timeframe: str) -> Times:
    """When the calendar period that holds each time began.

    Weeks begin on Monday; days, hours and minutes count from midnight.
    """
    days = time.astype("M8[D]")
    if timeframe == "1M":
        return days.astype("M8[M]").astype("M8[ns]")
    if timeframe == "1w":
        # 1970 began on a Thursday
        weekday = (days.astype(np.int64) + 3) % 7
        return (days - weekday).astype("M8[ns]")
    step = get_timeframe(timeframe).step
    midnight = days.astype("M8[ns]")
    if step >= DAY:
        return midnight
    starts: Times = midnight + (time - midnight) // step * step
    return starts


def merge_into_periods(rows: Bars, timeframe: str, bars: Bars) -> Arrivals:
    """The rows merged into calendar periods, each known on the first bar of a later period.

    Periods that no bar follows never become known. Of several that would become known on one
    bar, which happens only if ``rows`` are not ``bars``, the last one does.

    Args:
        rows: What is merged: the strategy's bars, or those of another symbol.
        timeframe: Length of a period.
        bars: The strategy's bars.
    """
    starts = period_starts(times_on_clock_of(bars, rows), timeframe)
    first = np.flatnonzero(np.r_[True, starts[1:] != starts[:-1]])
    last = np.r_[first[1:], len(starts)] - 1
    columns = {
        "open": rows.open[first],
        "high": np.maximum.reduceat(rows.high, first),
        "low": np.minimum.reduceat(rows.low, first),
        "close": rows.close[last],
        "volume": np.add.reduceat(rows.volume, first),
    }
    at = np.searchsorted(period_starts(bars.time, timeframe), starts[first], side="right")
    kept = (at < len(bars)) & np.r_[at[1:] != at[:-1], True]
    return Arrivals(at[kept], {name: values[kept] for name, values in columns.items()})


def line_up(rows: Bars, bars: Bars) -> Arrivals:
    """On each bar the latest row that is not later; nothing on the bars before the first row."""
    found = np.searchsorted(times_on_clock_of(bars, rows), bars.time, side="right") - 1
    at = np.flatnonzero(found >= 0)
    return Arrivals(at, {name: getattr(rows, name)[found[at]] for name in FIELDS})


def first_known(rows: Bars, bars: Bars) -> int:
    """The first bar on which there is a row; the number of bars if there is none."""
    return int(np.searchsorted(bars.time, times_on_clock_of(bars, rows)[0]))


def times_on_clock_of(bars: Bars, rows: Bars) -> Times:
    """The times of ``rows`` as the wall clock of ``bars`` shows them, if both zones are known."""
    if rows.timezone and bars.timezone and rows.timezone != bars.timezone:
        return convert(rows.time, rows.timezone, bars.timezone)
    return rows.time
