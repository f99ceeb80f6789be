"""The vectorised parts of the engine, against what they replace."""

import datetime
import math

import backtrader as bt
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stratcraft_jupyter.backtest.worker_feed import date_numbers, make_feed
from stratcraft_jupyter.backtest.worker_sums import window_extremes, window_sums

moments = st.datetimes(datetime.datetime(1700, 1, 1), datetime.datetime(2250, 1, 1))


@settings(max_examples=500)
@given(st.lists(moments, min_size=1, max_size=20))
def test_date_numbers_are_those_of_backtrader(times):
    time = np.array(times, dtype="datetime64[ns]").view(np.int64)
    assert date_numbers(time).tolist() == [bt.date2num(moment) for moment in times]


def test_every_minute_of_a_day_has_backtraders_number():
    start = datetime.datetime(2013, 5, 17)
    times = [start + datetime.timedelta(seconds=17 * k) for k in range(5000)]
    time = np.array(times, dtype="datetime64[ns]").view(np.int64)
    assert date_numbers(time).tolist() == [bt.date2num(moment) for moment in times]


floats = st.one_of(
    st.floats(-1e6, 1e6),
    st.floats(0.01, 500).map(lambda x: round(x, 2)),
    st.sampled_from([0.0, -0.0, 0.1, 0.5, 1.0, 2.0**-40, 1e15]),
)


def tie_makers():
    """Values whose sums often lie just between two floats."""
    return st.lists(
        st.sampled_from([1.0, 2.0**-53, 3 * 2.0**-53, 2.0**-52, 1 + 2.0**-52, -(2.0**-53)]),
        min_size=8,
        max_size=60,
    )


@settings(max_examples=500)
@given(st.one_of(st.lists(floats, min_size=8, max_size=80), tie_makers()), st.integers(1, 8))
def test_window_sums_are_those_of_fsum(values, period):
    sums = window_sums(np.array(values), period)
    if sums is None:
        assert max(map(abs, values)) > 0
        return
    expected = [math.fsum(values[k : k + period]) for k in range(len(values) - period + 1)]
    assert sums.tolist() == expected


@pytest.mark.parametrize("period", [1, 2, 3, 10, 30, 63, 64, 200])
def test_window_sums_of_prices_are_exact(period):
    values = np.random.default_rng(period).uniform(1, 400, 5000)
    sums = window_sums(values, period)
    expected = [math.fsum(values[k : k + period]) for k in range(len(values) - period + 1)]
    assert sums is not None
    assert sums.tolist() == expected


def test_window_sums_leave_what_they_cannot_do_exactly():
    assert window_sums(np.array([1e300, 1e-300, 1.0]), 2) is None
    assert window_sums(np.array([1.0, np.nan, 1.0]), 2) is None
    assert window_sums(np.array([1.0, np.inf, 1.0]), 2) is None
    assert window_sums(np.zeros(5), 2).tolist() == [0.0] * 4


@settings(max_examples=300)
@given(st.lists(st.floats(allow_nan=False), min_size=9, max_size=60), st.integers(1, 9))
def test_window_extremes_are_those_of_max_and_min(values, period):
    windows = [values[k : k + period] for k in range(len(values) - period + 1)]
    array = np.array(values)
    assert window_extremes(array, period, np.maximum).tolist() == [max(w) for w in windows]
    assert window_extremes(array, period, np.minimum).tolist() == [min(w) for w in windows]


def test_window_extremes_leave_nan_to_python():
    assert window_extremes(np.array([1.0, np.nan, 2.0]), 2, np.maximum) is None


@pytest.mark.parametrize("options", [{}, {"preload": False}, {"runonce": False}])
def test_the_feed_gives_the_same_bars_however_it_is_read(daily, options):
    columns = {name: getattr(daily, name) for name in ("open", "high", "low", "close", "volume")}
    seen = []

    class Reader(bt.Strategy):
        def next(self):
            data = self.data
            seen.append((data.open[0], data.high[0], data.low[0], data.close[0], data.volume[0]))
            assert math.isnan(data.openinterest[0])
            assert data.datetime.date(0) == daily.time[len(self) - 1].astype("M8[D]").item()

    engine = bt.Cerebro(stdstats=False, **options)
    engine.adddata(make_feed(columns, daily.time.view(np.int64), "1d"))
    engine.addstrategy(Reader)
    engine.run()
    expected = zip(*(array.tolist() for array in columns.values()), strict=True)
    assert seen == list(expected)
