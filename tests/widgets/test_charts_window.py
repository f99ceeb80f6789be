import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stratcraft_jupyter.widgets.charts.window import (
    MAX_BUCKETS,
    MIN_SPAN,
    Window,
    around,
    bucket_size,
    ending_at,
    fit,
    full_window,
    pan,
    zoom,
)

COUNTS = st.integers(1, 200_000)
EDGES = st.floats(-1e6, 1e6)


def test_full_window_holds_every_bar_with_room_on_both_sides():
    full = full_window(1000)
    assert full.bars(1000) == (0, 1000)
    assert full.first < -0.5
    assert full.last > 999.5


@given(COUNTS, EDGES, EDGES)
def test_a_fitted_window_stays_within_all_bars_and_shows_at_least_one(count, first, last):
    window, full = fit(Window(first, last), count), full_window(count)
    assert full.first - 1e-6 <= window.first < window.last <= full.last + 1e-6
    start, stop = window.bars(count)
    assert 0 <= start < stop <= count
    assert window.first <= start
    assert stop - 1 <= window.last


@given(COUNTS, EDGES, EDGES)
def test_fitting_twice_changes_nothing_more(count, first, last):
    once = fit(Window(first, last), count)
    twice = fit(once, count)
    assert (twice.first, twice.last) == pytest.approx((once.first, once.last), abs=1e-6)


def test_a_window_that_is_no_window_becomes_everything():
    assert fit(Window(float("nan"), 5.0), 100) == full_window(100)


def test_zoom_stops_at_the_narrowest_and_the_widest():
    assert zoom(Window(100, 130), 0.01, 1000).span == MIN_SPAN
    assert zoom(Window(100, 900), 100, 1000) == full_window(1000)


def test_pan_keeps_the_width_and_stops_at_the_ends():
    assert pan(Window(100, 200), 0.5, 1000) == Window(150, 250)
    stopped = pan(Window(900, 1000), 5, 1000)
    assert stopped.span == pytest.approx(100)
    assert stopped.last == pytest.approx(1000.5)


@given(st.integers(0, 4999), st.integers(0, 4999))
def test_a_trade_is_wholly_inside_the_window_around_it(one, other):
    first, last = sorted((one, other))
    start, stop = around(first, last, 5000).bars(5000)
    assert start <= first
    assert last < stop


def test_a_period_ends_where_the_window_ended_however_often_it_is_asked_for():
    time = np.arange("2000-01-01", "2004-01-01", dtype="datetime64[D]").astype("datetime64[ns]")
    window = Window(199.5, 799.5)
    for _ in range(3):
        window = ending_at(window, np.timedelta64(31, "D"), time)
        assert window.bars(len(time)) == (769, 800)


@given(st.floats(1, 1e7))
def test_buckets_are_whole_bars_few_enough_and_not_needlessly_few(span):
    size = bucket_size(span)
    assert size == int(size) >= 1
    assert span / size <= MAX_BUCKETS * (1 + 1e-9)
    assert size == 1 or span / size > MAX_BUCKETS / 2.1
