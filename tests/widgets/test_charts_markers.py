import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_results import cross_fills, fill, make_bars

from stratcraft_jupyter.widgets.charts.aggregate import aggregate
from stratcraft_jupyter.widgets.charts.markers import (
    MAX_PER_ACTION,
    executions_by_action,
    markers_in_view,
)

BARS = make_bars(4000)


def test_fills_are_told_apart_by_what_they_did():
    found = executions_by_action([fill(BARS, 1, 10), fill(BARS, 5, -10), fill(BARS, 7, -3)])
    assert found["enter_long"].bar.tolist() == [1]
    assert found["exit_long"].bar.tolist() == [5]
    assert found["enter_short"].bar.tolist() == [7]
    assert len(found["exit_short"]) == 0


def test_a_reversal_is_an_exit_and_an_entry_with_their_own_sizes():
    found = executions_by_action([fill(BARS, 1, 10), fill(BARS, 5, -25)])
    assert found["exit_long"].size.tolist() == [10]
    assert found["enter_short"].size.tolist() == [15]


def test_partial_exits_and_added_entries_keep_their_side():
    changes = [(1, 10), (2, 10), (3, -5), (4, -15), (5, -4), (6, 1), (7, 3)]
    found = executions_by_action([fill(BARS, bar, change) for bar, change in changes])
    bars = {action: executions.bar.tolist() for action, executions in found.items()}
    assert bars == {
        "enter_long": [1, 2],
        "exit_long": [3, 4],
        "enter_short": [5],
        "exit_short": [6, 7],
    }


def test_rounding_left_by_shares_is_no_position():
    found = executions_by_action([fill(BARS, 1, 0.1 + 0.2), fill(BARS, 2, -0.3)])
    assert len(found["enter_short"]) == 0
    assert found["exit_long"].size.tolist() == [0.3]


@given(st.lists(st.integers(-50, 50).filter(bool), max_size=30))
def test_sizes_add_up_to_what_was_filled(changes):
    fills = [fill(BARS, bar, change) for bar, change in enumerate(changes)]
    found = executions_by_action(fills)
    bought = found["enter_long"].size.sum() + found["exit_short"].size.sum()
    sold = found["exit_long"].size.sum() + found["enter_short"].size.sum()
    assert bought == sum(change for change in changes if change > 0)
    assert sold == -sum(change for change in changes if change < 0)


def view(fills, start, stop, size):
    candles = aggregate(BARS, start, stop, size)
    return candles, markers_in_view(executions_by_action(fills), candles, step=0.5)


def test_only_what_falls_in_view_is_marked():
    _, markers = view([fill(BARS, bar, 1) for bar in (99, 100, 149, 150)], 100, 150, 1)
    assert markers["enter_long"].x.tolist() == [100, 149]
    assert markers["enter_long"].executions == 2


def test_what_buys_stands_below_and_what_sells_above():
    fills = [fill(BARS, 3, 1), fill(BARS, 6, -1), fill(BARS, 9, -1), fill(BARS, 12, 1)]
    candles, markers = view(fills, 0, 20, 1)
    assert markers["enter_long"].y[0] == pytest.approx(candles.low[3] - 0.5)
    assert markers["exit_long"].y[0] == pytest.approx(candles.high[6] + 0.5)
    assert markers["enter_short"].y[0] == pytest.approx(candles.high[9] + 0.5)
    assert markers["exit_short"].y[0] == pytest.approx(candles.low[12] - 0.5)


def test_the_two_marks_of_a_reversal_do_not_lie_on_each_other():
    _, markers = view([fill(BARS, 3, 1), fill(BARS, 6, -2)], 0, 20, 1)
    assert markers["exit_long"].y[0] > markers["enter_short"].y[0] + 0.5


def test_one_execution_says_side_size_price_and_date():
    _, markers = view([fill(BARS, 3, 12, price=45.5)], 0, 20, 1)
    assert markers["enter_long"].names == ("Enter long: 12 at 45.50, 2000-03-06",)


def test_several_in_one_candle_are_one_marker_that_says_so():
    fills = [fill(BARS, 40, 10, price=10.0), fill(BARS, 44, 30, price=20.0)]
    _, markers = view(fills, 0, 100, 10)
    assert markers["enter_long"].names == (
        "2 times enter long: 40 at 17.50 on average, 2000-04-26 to 2000-05-02",
    )
    assert markers["enter_long"].executions == 2


def test_too_many_markers_are_thinned_but_all_are_counted():
    fills = [fill(BARS, bar, 1 if bar % 2 else -1) for bar in range(3999)]
    _, markers = view(fills, 0, 4000, 14)
    assert all(len(found.x) <= MAX_PER_ACTION for found in markers.values())
    assert sum(found.executions for found in markers.values()) == 3999


@given(st.integers(0, 3990), st.integers(1, 3000), st.integers(1, 60))
def test_every_marker_stands_at_a_candle_in_view(start, span, size):
    stop = min(start + span, 4000)
    candles, markers = view(cross_fills(BARS, short=True), start, stop, size)
    for found in markers.values():
        assert len(found.x) == len(found.y) == len(found.names)
        assert np.isin(found.x, candles.x).all()
