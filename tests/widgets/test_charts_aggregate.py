import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from made_results import make_bars

from stratcraft_jupyter.widgets.charts.aggregate import aggregate, extremes

BARS = make_bars(700)


@st.composite
def ranges(draw, count=700):
    start = draw(st.integers(0, count - 1))
    return start, draw(st.integers(start + 1, count)), draw(st.integers(1, 90))


@given(ranges())
def test_each_candle_sums_up_exactly_its_own_bars(case):
    start, stop, size = case
    candles = aggregate(BARS, start, stop, size)
    for row, first in enumerate(candles.start):
        own = slice(first, min(first + size, len(BARS)))
        assert candles.open[row] == BARS.open[first]
        assert candles.high[row] == BARS.high[own].max()
        assert candles.low[row] == BARS.low[own].min()
        assert candles.close[row] == BARS.close[own][-1]
        assert candles.volume[row] == pytest.approx(BARS.volume[own].sum())


@given(ranges())
def test_candles_cover_the_range_without_gap_or_overlap(case):
    start, stop, size = case
    candles = aggregate(BARS, start, stop, size)
    assert candles.start[0] <= start
    assert candles.start[-1] < stop <= candles.start[-1] + size
    assert set(np.diff(candles.start)) <= {size}


@given(ranges())
def test_buckets_stay_the_same_as_the_window_moves(case):
    start, stop, size = case
    assert set(aggregate(BARS, start, stop, size).start % size) == {0}


def test_one_bar_a_candle_is_the_bars_themselves():
    candles = aggregate(BARS, 10, 20, 1)
    assert np.array_equal(candles.x, np.arange(10.0, 20.0))
    assert np.array_equal(candles.high, BARS.high[10:20])


VALUES = hnp.arrays(
    np.float64, st.integers(1, 400), elements=st.floats(-1e9, 1e9, allow_subnormal=False)
)


@given(VALUES, st.integers(1, 60), st.data())
def test_a_thinned_line_keeps_its_extremes_and_its_ends(values, size, data):
    start = data.draw(st.integers(0, len(values) - 1))
    stop = data.draw(st.integers(start + 1, len(values)))
    x, y = extremes(values, start, stop, size)
    assert y.max() == values[start:stop].max()
    assert y.min() == values[start:stop].min()
    assert (x[0], x[-1]) == (start, stop - 1)
    assert np.array_equal(y, values[x])
    assert (np.diff(x) > 0).all()


@given(VALUES, st.integers(3, 60))
def test_a_thinned_line_keeps_the_extremes_of_every_bucket_and_is_short(values, size):
    x, y = extremes(values, 0, len(values), size)
    buckets = -(-len(values) // size)
    assert len(x) <= 2 * buckets + 2
    for number in range(buckets):
        own = values[number * size : (number + 1) * size]
        kept = y[(x >= number * size) & (x < (number + 1) * size)]
        assert kept.max() == own.max()
        assert kept.min() == own.min()


def test_missing_values_do_not_stop_a_line():
    values = np.array([np.nan] * 5 + [1.0, 3.0, 2.0, np.nan, 0.5])
    x, y = extremes(values, 0, 10, 5)
    assert np.nanmax(y) == 3.0
    assert np.nanmin(y) == 0.5
    assert x[-1] == 9
