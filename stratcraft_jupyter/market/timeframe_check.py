"""Settles the timeframe of loaded bars, and refuses bars of another or of two timeframes."""

import numpy as np
from numpy.typing import NDArray

from stratcraft_jupyter.errors import BarsError
from stratcraft_jupyter.market.problems import Problems
from stratcraft_jupyter.market.timeframe import (
    TIMEFRAMES,
    Timeframe,
    coarser_run,
    finer_rows,
    get_timeframe,
    has_own_steps,
    infer_timeframe,
    typical_step,
)

_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def settle_timeframe(
    time: NDArray[np.datetime64], given: str | None, problems: Problems
) -> Timeframe:
    """The timeframe of bars at ``time``: the given one if it fits, else the one of their steps.

    Args:
        time: Strictly increasing bar times, at least two.
        given: Name of a timeframe, or None.
        problems: Names the source and its rows.
    """
    inferred = infer_timeframe(time)
    timeframe = get_timeframe(given) if given is not None else inferred
    typical = describe_span(typical_step(time))
    if timeframe is None:
        raise BarsError(
            f"{problems.name}: bars are usually {typical} apart, which is no known timeframe "
            f"({', '.join(TIMEFRAMES)}).",
            hint="Resample them to one of these, or pass timeframe= if bars are missing.",
        )
    instead = f'timeframe="{inferred.name}"' if inferred not in (None, timeframe) else ""
    if not has_own_steps(time, timeframe):
        raise BarsError(
            f"{problems.name} does not hold bars of {timeframe.title}: they are usually "
            f"{typical} apart.",
            hint=f"Leave timeframe out{f' or pass {instead}' if instead else ''}.",
        )
    _refuse_finer(time, timeframe, problems, instead)
    _refuse_coarser(time, timeframe, problems)
    return timeframe


def _refuse_finer(
    time: NDArray[np.datetime64], timeframe: Timeframe, problems: Problems, instead: str
) -> None:
    rows = finer_rows(time, timeframe)
    if not len(rows):
        return
    row = int(rows[0])
    span = describe_span(time[row] - time[row - 1])
    others = len(rows) - 1
    more = f"; so {'does 1 more row' if others == 1 else f'do {others} more rows'}"
    raise BarsError(
        f"{problems.name}, {problems.place(row)}: it comes {span} after the row before, too soon "
        f"for bars of {timeframe.title}{more if others else ''}.",
        hint=f"Load bars of one timeframe only{f', or pass {instead}' if instead else ''}.",
    )


def _refuse_coarser(time: NDArray[np.datetime64], timeframe: Timeframe, problems: Problems) -> None:
    run = coarser_run(time, timeframe)
    if run is None:
        return
    row, coarser = run
    raise BarsError(
        f"{problems.name}, {problems.place(row)}: from here on bars are {coarser.title} apart, "
        f"in bars of {timeframe.title}.",
        hint="Load bars of one timeframe only.",
    )


def describe_span(span: np.timedelta64) -> str:
    """A length of time in its two largest units, such as ``"1 hour 30 minutes"``."""
    seconds = int(span / np.timedelta64(1, "s"))
    words = []
    for unit, size in _UNITS:
        count, seconds = divmod(seconds, size)
        if count:
            words.append(f"{count} {unit}{'s' if count > 1 else ''}")
    return " ".join(words[:2]) or "less than a second"
