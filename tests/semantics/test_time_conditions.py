"""Conditions on the clock and the calendar: the bars on which they are true."""

import numpy as np
import pytest

from semantics.signal_desk import true_bars
from stratcraft_jupyter import Bars

BARS = "bars.bars -> it.bars"


def at(*stamps: str) -> Bars:
    """Bars at these times; the prices do not matter."""
    time = np.array(stamps, dtype="M8[ns]")
    ones = np.ones(len(stamps))
    return Bars("TEST", "5m", time, ones, ones, ones, ones, ones, None)


def on_day(*times: str) -> Bars:
    return at(*(f"2024-01-02T{time}" for time in times))


@pytest.mark.parametrize(
    ("span", "bars"),
    [
        ("from_time=09:35 until_time=09:50", [1, 2]),
        ("from_time=15:55 until_time=09:35", [0, 4, 5]),
        ("from_time=09:35 until_time=09:35", [0, 1, 2, 3, 4, 5]),
    ],
)
def test_time_of_day(span, bars):
    day = on_day("09:30", "09:35", "09:45", "09:50", "15:55", "20:00")
    assert true_bars(f"it: condition.time_of_day {span}\n{BARS}", day) == bars


def test_time_of_day_on_every_minute():
    minutes = [f"{minute // 60:02}:{minute % 60:02}" for minute in range(1_440)]
    text = f"it: condition.time_of_day from_time=09:35 until_time=16:00\n{BARS}"
    assert true_bars(text, on_day(*minutes)) == list(range(9 * 60 + 35, 16 * 60))


def test_weekday():
    week = at(*(f"2024-01-{day:02}" for day in range(1, 9)))  # Monday the 1st to Monday the 8th
    assert true_bars(f"it: condition.weekday\n{BARS}", week) == [0, 1, 2, 3, 4, 7]
    chosen = "monday=false tuesday=false wednesday=false thursday=false sunday=true"
    assert true_bars(f"it: condition.weekday {chosen}\n{BARS}", week) == [4, 6]


def test_no_weekday_is_never():
    days = ("monday", "tuesday", "wednesday", "thursday", "friday")
    none = " ".join(f"{day}=false" for day in days)
    week = at(*(f"2024-01-{day:02}" for day in range(1, 8)))
    assert true_bars(f"it: condition.weekday {none}\n{BARS}", week) == []


def test_month():
    year = at(*(f"2024-{month:02}-15" for month in range(1, 13)))
    summer = " ".join(f"{month}=false" for month in ("may", "june", "july", "august"))
    found = true_bars(f"it: condition.month {summer}\n{BARS}", year)
    assert found == [0, 1, 2, 3, 8, 9, 10, 11]


TWO_DAYS = at(
    *("2024-01-02T15:45", "2024-01-02T15:50", "2024-01-02T15:55", "2024-01-02T16:00"),
    *("2024-01-03T09:30", "2024-01-03T12:55", "2024-01-04T15:58", "2024-01-04T15:59"),
)


def test_first_bar_of_the_day():
    assert true_bars(f"it: condition.first_bar_of_day\n{BARS}", TWO_DAYS) == [0, 4, 6]


def test_last_bar_of_the_day_is_the_first_at_or_after_a_time():
    # the 3rd ended early: nothing was at or after 15:55
    assert true_bars(f"it: condition.last_bar_of_day\n{BARS}", TWO_DAYS) == [2, 6]


def test_time_conditions_need_no_further_bar():
    text = f"it: condition.last_bar_of_day at_time=00:00\n{BARS}"
    assert true_bars(text, TWO_DAYS) == [0, 4, 6]
