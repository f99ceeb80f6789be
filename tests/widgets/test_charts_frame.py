from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_results import cross_fills, fill, make_bars, make_result

from stratcraft_jupyter.errors import BacktestError
from stratcraft_jupyter.widgets.charts.bands import BANDS, EQUITY, PRICE
from stratcraft_jupyter.widgets.charts.data import bars_of, chart_data
from stratcraft_jupyter.widgets.charts.frame import MAX_LEGS, build_frame
from stratcraft_jupyter.widgets.charts.hover import hover_html
from stratcraft_jupyter.widgets.charts.window import MAX_BUCKETS, Window, fit, full_window

COUNT = 3000
BARS = make_bars(COUNT)
DATA = chart_data(make_result(BARS, cross_fills(BARS, short=True)), BARS)
WINDOWS = st.builds(
    lambda first, span: fit(Window(first, first + span), COUNT),
    st.floats(-50, COUNT),
    st.floats(1, 4000),
)


@given(WINDOWS)
def test_few_candles_are_drawn_and_none_but_those_in_view(window):
    frame = build_frame(DATA, window)
    start, stop = window.bars(COUNT)
    assert len(frame.candles) <= MAX_BUCKETS + 2
    assert frame.candles.start[0] <= start
    assert frame.candles.start[-1] < stop
    # two more of each colour keep the width; they are far out of sight
    assert len(frame.up.x) + len(frame.down.x) == len(frame.candles) + 4
    assert (np.concatenate((frame.up.x[:2], frame.down.x[:2])) < -1e6).all()


@given(WINDOWS)
def test_candles_are_told_up_from_down_and_keep_their_width(window):
    frame = build_frame(DATA, window)
    assert (frame.up.y[2:, 3] >= frame.up.y[2:, 0]).all()
    assert (frame.down.y[2:, 3] < frame.down.y[2:, 0]).all()
    for sticks in (frame.up, frame.down):
        assert np.diff(sticks.x).min() == frame.candles.size
        # bqplot draws nothing at all where one high is not the highest
        assert (sticks.y[:, 1] == sticks.y.max(axis=1)).all()
        assert (sticks.y[:, 2] == sticks.y.min(axis=1)).all()


@given(WINDOWS)
def test_every_band_shows_all_of_its_values(window):
    frame = build_frame(DATA, window)
    start, stop = window.bars(COUNT)
    values = {
        "price": (BARS.low[start:stop].min(), BARS.high[start:stop].max()),
        "volume": (0.0, frame.candles.volume.max()),
        "equity": (
            min(DATA.equity[start:stop].min(), DATA.benchmark[start:stop].min()),
            max(DATA.equity[start:stop].max(), DATA.benchmark[start:stop].max()),
        ),
        "drawdown": (DATA.drawdown[start:stop].min(), 0.0),
    }
    for band in BANDS:
        panel = frame.panels[band]
        places = (np.array(values[band.name]) - panel.low) / (panel.high - panel.low)
        assert places[0] >= band.bottom - 1e-9
        assert places[1] <= band.top + 1e-9


@given(WINDOWS)
def test_markers_stay_inside_the_price_band(window):
    frame = build_frame(DATA, window)
    panel = frame.panels[PRICE]
    for markers in frame.markers.values():
        assert (markers.y >= panel.bottom - 1e-9).all()
        assert (markers.y <= panel.top + 1e-9).all()


@given(WINDOWS)
def test_lines_have_no_gap_at_their_end(window):
    # bqplot writes errors to the console when a line ends in a gap or has nothing to draw
    frame = build_frame(DATA, window)
    for x, y in (frame.volume, frame.equity, frame.benchmark, frame.drawdown, frame.legs):
        assert len(x) == len(y) >= 2
        assert np.isfinite([x[0], x[-1], y[0], y[-1]]).all()


def test_equity_and_drawdown_keep_their_extremes():
    frame = build_frame(DATA, full_window(COUNT))
    assert frame.equity[1].max() == DATA.equity.max()
    assert frame.equity[1].min() == DATA.equity.min()
    assert frame.drawdown[1].min() == DATA.drawdown.min()
    assert len(frame.equity[1]) <= 2 * MAX_BUCKETS + 4


def test_trades_are_joined_only_when_they_can_be_told_apart():
    near = build_frame(DATA, Window(1000.5, 1100.5))
    first = next(row for row in DATA.legs.bars if row[1] >= 1001)
    assert near.legs[0][0] == first[0]
    assert len(DATA.legs.bars) > MAX_LEGS
    assert (build_frame(DATA, full_window(COUNT)).legs[0] < -1e6).all()


def test_the_y_scale_stays_while_it_suits_and_moves_when_it_does_not():
    frame = build_frame(DATA, Window(1000.5, 1500.5))
    next_door = build_frame(DATA, Window(1010.5, 1510.5), frame)
    assert next_door.panels[EQUITY] is frame.panels[EQUITY]
    elsewhere = build_frame(DATA, Window(1200.5, 1230.5), frame)
    assert elsewhere.panels[PRICE] is not frame.panels[PRICE]


def test_the_note_says_what_is_not_drawn_one_by_one():
    frame = build_frame(DATA, full_window(COUNT))
    count = sum(len(found) for found in DATA.executions.values())
    assert frame.note.startswith(f"Each candle is 12 bars. {count} entries and exits")
    near = build_frame(DATA, Window(1000.5, 1030.5))
    assert near.note == "2 entries and exits."
    assert near.range_text == "2004-01-01 to 2004-02-11, 30 bars"


def test_a_run_without_trades_and_a_flat_price_can_be_drawn():
    flat = make_bars(40, seed=1)
    level = np.full(40, 7.0)
    bars = type(flat)("FLAT", "1d", flat.time, level, level, level, level, np.zeros(40))
    frame = build_frame(chart_data(make_result(bars, ()), bars), full_window(40))
    assert all(np.isfinite([panel.low, panel.high]).all() for panel in frame.panels.values())
    assert all(panel.low < panel.high for panel in frame.panels.values())
    assert frame.note == "No entries or exits."


@pytest.mark.parametrize("count", [1, 2, 3, 21])
def test_very_few_bars_can_be_drawn(count):
    bars = make_bars(count)
    frame = build_frame(chart_data(make_result(bars, ()), bars), full_window(count))
    assert len(frame.candles) == count


def test_the_tooltip_sums_up_the_candle_under_the_mouse():
    bars = make_bars(100)
    data = chart_data(make_result(bars, (fill(bars, 3, 100),)), bars)
    single = hover_html(data, build_frame(data, full_window(100)).candles, 41.7)
    assert "2000-04-28" in single  # the 42nd business day from 2000-03-01
    assert f"{bars.high[42]:.2f}" in single
    wide = hover_html(DATA, build_frame(DATA, full_window(COUNT)).candles, 30.0)
    assert "2000-04-04 to 2000-04-19 (12 bars)" in wide
    assert f"{BARS.high[24:36].max():.2f}" in wide


def test_the_tooltip_beyond_either_end_is_that_of_the_last_candle():
    candles = build_frame(DATA, full_window(COUNT)).candles
    assert "2000-03-01" in hover_html(DATA, candles, -40.0)
    assert str(BARS.time[-1])[:10] in hover_html(DATA, candles, COUNT + 40.0)


def test_bars_that_are_not_those_of_the_run_are_refused():
    result = make_result(BARS)
    with pytest.raises(BacktestError, match="not the ones"):
        bars_of(result, make_bars(COUNT, seed=8))
    with pytest.raises(BacktestError, match="holds no bars"):
        bars_of(replace(result, bars=None))
    assert bars_of(result) is BARS
