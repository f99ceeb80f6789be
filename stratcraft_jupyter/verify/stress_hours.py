"""Sessions about the times of the day that a strategy names, with moves on their very bars."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stratcraft_jupyter.verify.stress_paths import Path
from stratcraft_jupyter.verify.times_of_day import LAST_MINUTE, minutes_of

_USUAL = ("10:00", "15:30")
_HOUR = 60
_BEFORE, _AFTER = (60, 241), (60, 181)
"""Minutes from the begin of a session to its time, and from there to its end."""
_BEYOND = 90
"""Minutes before the first time and after the last on days that have them all."""
_FEWEST = 3
_LIVELY = 3
"""Bars at the beginning that move: fewer than most opening ranges have."""
_NEAR = None
_PLANS: Sequence[tuple[int | None, str]] = (
    (0, "calm"),
    (-1, "calm"),
    (0, "slide"),
    (_NEAR, "calm"),
    (-1, "slide"),
    (0, "begin"),
    (1, "calm"),
    (_NEAR, "swing"),
)
"""Where a leap is, in bars from the time, and what comes before it: one after the other."""


@dataclass(frozen=True, slots=True)
class Session:
    """The bars of one date.

    Attributes:
        bars: Which bars.
        stamps: Their times, as minutes after midnight.
        mark: Which of them is stamped with a time that the strategy names; in bars longer than
            an hour, perhaps with the time an hour before.
        plan: Where it leaps, in bars from the mark, and what comes before.
    """

    bars: slice
    stamps: NDArray[np.int64]
    mark: int
    plan: tuple[int | None, str]


def make_sessions(
    draws: np.random.Generator, count: int, bar: int, times: Sequence[str], first: int = 0
) -> list[Session]:
    """As many dates as the bars need: in any order, about each time, and with all of them.

    Args:
        draws: Says how long they are.
        count: How many bars.
        bar: Minutes of a bar.
        times: Times that the strategy names.
        first: Which plan comes first.
    """
    named = sorted(minutes_of(time) for time in times or _USUAL)
    found: list[Session] = []
    turns: list[int] = []
    begin = 0
    while begin < count:
        turns = turns or draws.permutation(len(named) + 1).tolist()
        turn = turns.pop()
        before, after = (int(draws.integers(*ends)) for ends in (_BEFORE, _AFTER))
        time = named[turn] if turn < len(named) else int(draws.choice(named))
        if turn == len(named):
            before, after = time - named[0] + _BEYOND, named[-1] - time + _BEYOND
        if bar > _HOUR and draws.random() < 0.5:  # else no bar is in the hour before a time
            time = max(0, time - _HOUR)
        bars_before = max(before // bar, _FEWEST)
        plan = _PLANS[(first + len(found) // (len(named) + 1)) % len(_PLANS)]
        if plan[1] == "calm":  # positions that end with the day do so before the next session
            after = max(after, named[-1] - time + _HOUR // 2)
        if turn < len(named) and plan[1] == "begin":
            bars_before = int(draws.integers(0, 3))
        mark = min(bars_before, time // bar)
        more = min(max(after // bar, _FEWEST), (LAST_MINUTE - time) // bar)
        stamps = time + bar * np.arange(-mark, more + 1)[: count - begin]
        end = begin + len(stamps)
        found.append(Session(slice(begin, end), stamps, min(mark, len(stamps) - 1), plan))
        begin = end
    return found


def session_times(sessions: Sequence[Session], start: str) -> NDArray[np.datetime64]:
    """When the bars are, on weekdays."""
    days = np.busday_offset(np.datetime64(start, "D"), np.arange(len(sessions)), "forward")
    found = [
        day.astype("M8[m]") + session.stamps.astype("m8[m]")
        for day, session in zip(days, sessions, strict=True)
    ]
    times: NDArray[np.datetime64] = np.concatenate(found).astype("M8[ns]")
    return times


def shape_sessions(
    path: Path, draws: np.random.Generator, sessions: Sequence[Session], bar: int
) -> None:
    """Leaps on the bar of the time, next to it or near, after a calm or a slide."""
    near = max(1, _HOUR // bar)
    for session in sessions:
        part, size = session.bars, len(session.stamps)
        for values in (path.gap, path.above, path.below):
            values[part] *= 0.15
        path.gap[part.start] = draws.normal(0, 0.006)
        step, shape = session.plan
        if shape == "swing":
            path.body[part] *= 0.5
            continue
        at = session.mark + (int(draws.integers(-near, near + 1)) if step is _NEAR else step)
        at = max(1, min(at, size - 1))
        lively = max(1, min(at // 2, _LIVELY))
        leap = draws.choice([-1, 1]) * draws.uniform(0.02, 0.04)
        body = draws.normal(0, 0.006, size)
        body[lively:] *= 0.07
        # back into the middle of what was lively, so that the leap is what leaves it
        body[lively:at] -= np.sum(body[:lively]) / max(1, at - lively) / 2
        if shape == "slide":
            body[:at] = -leap / at
            path.gap[part] = 0.0
        back = at + int(draws.integers(1, 2 * near + 2))
        body[at : at + 1] = leap
        if back < size and draws.random() < 0.5:
            body[back] = -2 * leap
        path.body[part] = body
