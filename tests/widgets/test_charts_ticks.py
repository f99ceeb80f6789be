import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_results import make_bars

from stratcraft_jupyter.widgets.charts.ticks import (
    TimeTicks,
    nice_steps,
    number_key,
    number_ticks,
)
from stratcraft_jupyter.widgets.charts.window import Window, fit, full_window

DAILY = make_bars(3000).time
FIVE_MINUTES = make_bars(3000, timeframe="5m").time


def labels(time, first, last):
    return TimeTicks(time).in_window(Window(first, last)).labels


def test_thirteen_years_are_ticked_by_years():
    assert TimeTicks(DAILY).in_window(full_window(3000)).labels == (
        "2002",
        "2004",
        "2006",
        "2008",
        "2010",
    )


def test_a_year_is_ticked_by_months_a_month_by_weeks():
    assert labels(DAILY, 219, 480)[:2] == ("Mar 2001", "May 2001")
    assert labels(DAILY, 219, 245)[:2] == ("8 Jan 2001", "15 Jan")


def test_hours_say_the_day_only_when_it_changes():
    assert labels(FIVE_MINUTES, 0, 77) == (
        "5 Jan 2015",
        "11:00",
        "12:00",
        "13:00",
        "14:00",
        "15:00",
    )


def test_ticks_are_at_the_first_bar_of_what_they_name():
    ticks = TimeTicks(DAILY).in_window(full_window(3000))
    for value, label in zip(ticks.values, ticks.labels, strict=True):
        bar = int(value)
        assert str(DAILY[bar])[:4] == label != str(DAILY[bar - 1])[:4]


@pytest.mark.parametrize("time", [DAILY, FIVE_MINUTES], ids=["daily", "5m"])
@given(first=st.floats(-20, 3000), span=st.floats(1, 3100))
def test_any_window_has_ticks_in_view_few_and_apart(time, first, span):
    window = fit(Window(first, first + span), 3000)
    ticks = TimeTicks(time).in_window(window, 7)
    assert 1 <= len(ticks.values) <= 7
    assert all(ticks.labels)
    assert ((ticks.values >= window.first) & (ticks.values <= window.last)).all()
    assert (np.diff(ticks.values) >= window.span / 10.5 - 1e-9).all()


def test_a_single_bar_has_one_tick_with_its_whole_date():
    assert TimeTicks(DAILY[:1]).in_window(full_window(1)).labels == ("1 Mar 2000",)


@given(st.floats(-1e9, 1e9), st.floats(1e-6, 1e9), st.integers(1, 8))
def test_number_ticks_lie_in_their_range_and_are_even(low, span, most):
    high = low + span
    values = nice_steps(low, high, most)
    assert 1 <= len(values) <= most
    slack = 1e-6 * max(span, abs(low), abs(high))
    assert values[0] >= low - slack
    assert values[-1] <= high + slack
    if len(values) > 2:
        assert np.allclose(np.diff(values), values[1] - values[0], atol=1e-9 * abs(values).max())


def test_a_range_of_no_width_still_has_a_tick():
    assert nice_steps(5.0, 5.0, 4).tolist() == [5.0]
    assert nice_steps(math.nan, math.nan, 4).tolist() == [0.0]


@pytest.mark.parametrize(
    ("low", "high", "unit", "expected"),
    [
        (10.2, 10.9, "", ("10.2", "10.4", "10.6", "10.8")),
        (90_000, 260_000, "k", ("100k", "150k", "200k", "250k")),
        (0, 7.3e8, "k", ("0", "200M", "400M", "600M")),
        (-0.43, 0, "%", ("-40 %", "-30 %", "-20 %", "-10 %", "0")),
        (2.1e7, 6.2e7, "", ("30M", "40M", "50M", "60M")),
        (99_900, 100_300, "k", ("99.9k", "100.0k", "100.1k", "100.2k", "100.3k")),
    ],
)
def test_number_labels_are_short_and_exact(low, high, unit, expected):
    assert number_ticks(low, high, 5, unit=unit).labels == expected


@given(st.floats(-1e15, 1e15).filter(lambda value: value == 0 or abs(value) > 1e-6))
def test_labels_are_found_under_the_text_javascript_makes_of_a_number(value):
    # JSON numbers are written as JavaScript writes them, but for a trailing ".0" and exponents.
    expected = json.dumps(value)
    expected = expected.removesuffix(".0").replace("-0", "0") if value == 0 else expected
    assert number_key(value) == expected.removesuffix(".0")


def test_every_tick_finds_its_label():
    ticks = number_ticks(0.1, 0.9, 9)
    assert ticks.by_value == {number_key(v): f"{v:.1f}" for v in ticks.values}
