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


@dataclass(frozen=True, slots=True)
class Session:
    """The bars of one date.

    Attributes:
        bars: Which bars.
        stamps: Their times, as minutes after midnight.
        mark: Which of them is stamped just with a time that the strategy names.
    """

    bars: slice
    stamps: NDArray[np.int64]
    mark: int


def make_sessions(
    draws: np.random.Generator, count: int, bar: int, times: Sequence[str]
) -> list[Session]:
    """As many dates as the bars need; each time in turn, and then a day that has them all.

    Args:
        draws: Says how long they are.
        count: How many bars.
        bar: Minutes of a bar.
        times: Times that the strategy names.
    """
    named = sorted(minutes_of(time) for time in times or _USUAL)
    found: list[Session] = []
    begin = 0
    while begin < count:
        turn = len(found) % (len(named) + 1)
        before, after = (int(draws.integers(*ends)) for ends in (_BEFORE, _AFTER))
        if turn < len(named):
            time = named[turn]
        else:
            time = int(draws.choice(named))
            before, after = time - named[0] + _BEYOND, named[-1] - time + _BEYOND
        mark = min(max(before // bar, _FEWEST), time // bar)
        more = min(max(after // bar, _FEWEST), (LAST_MINUTE - time) // bar)
        stamps = time + bar * np.arange(-mark, more + 1)[: count - begin]
        end = begin + len(stamps)
        found.append(Session(slice(begin, end), stamps, min(mark, len(stamps) - 1)))
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
    """Two days of three: lively, calm, and a leap on the bar of the time, next to it or near."""
    near = max(1, _HOUR // bar)
    for number, session in enumerate(sessions):
        part, size = session.bars, len(session.stamps)
        for values in (path.gap, path.above, path.below):
            values[part] *= 0.15
        path.gap[part.start] = draws.normal(0, 0.006)
        if number % 3 == 2:
            path.body[part] *= 0.5
            continue
        at = session.mark + int(draws.choice([-1, 0, 0, 1, int(draws.integers(-near, near + 1))]))
        at = min(max(at, 1), size - 1)
        lively = max(1, min(at, size // 8))
        body = draws.normal(0, 0.003, size)
        body[lively:] *= 0.15
        # back into the middle of what was lively, so that the leap is what leaves it
        body[lively:at] -= np.sum(body[:lively]) / max(1, at - lively) / 2
        leap = draws.choice([-1, 1]) * draws.uniform(0.02, 0.04)
        back = at + int(draws.integers(1, 2 * near + 2))
        body[at : at + 1] = leap
        if back < size and draws.random() < 0.5:
            body[back] = -2 * leap
        path.body[part] = body
