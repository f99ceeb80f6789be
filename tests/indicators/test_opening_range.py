"""The opening range, on days small enough to check by eye."""

import math

import numpy as np
import pytest
from book.indicators import INDICATORS

from indicators.comparing import largest_difference
from indicators.emitted_values import emitted_values, given
from stratcraft_jupyter import Bars, load_bars
from stratcraft_jupyter.market.synthetic import random_walk

KIND = "indicator.session_range"
NAN = math.nan
TIMES = (
    *("2024-01-02T09:30", "2024-01-02T09:40", "2024-01-02T09:50", "2024-01-02T10:00"),
    *("2024-01-02T15:50", "2024-01-03T09:40", "2024-01-03T10:05", "2024-01-03T10:20"),
)


def bars_at(times=TIMES) -> Bars:
    close = np.array([10.0, 12.0, 9.0, 20.0, 2.0, 30.0, 31.0, 40.0])
    volume = np.ones(len(close))
    stamps = np.array(times, dtype="M8[ns]")
    return Bars("TEST", "5m", stamps, close, close + 1, close - 1, close, volume)


def same(found, expected):
    assert largest_difference(list(found), expected) == 0


def test_the_range_is_known_once_its_minutes_are_over_and_ends_with_the_day():
    found = emitted_values(KIND, bars_at(), {"minutes": 30})
    same(found["high"], [NAN, NAN, NAN, 13.0, 13.0, NAN, NAN, 32.0])
    same(found["low"], [NAN, NAN, NAN, 8.0, 8.0, NAN, NAN, 29.0])


def test_minutes_count_from_the_first_bar_of_the_day():
    found = emitted_values(KIND, bars_at(), {"minutes": 10})
    same(found["high"], [NAN, 11.0, 11.0, 11.0, 11.0, NAN, 31.0, 31.0])


def test_daily_bars_have_no_opening_range():
    found = emitted_values(KIND, load_bars("sample:AAPL").head(60), {})
    assert all(math.isnan(value) for value in found["high"])


@pytest.mark.parametrize("minutes", [1, 5, 30, 31, 389, 1_440])
@pytest.mark.parametrize("timeframe", ["5m", "30m", "1h"])
def test_random_sessions_agree_with_the_second_implementation(minutes, timeframe):
    bars = random_walk(300, seed=minutes, timeframe=timeframe)
    params = {"minutes": minutes}
    expected = INDICATORS[KIND](given(KIND, bars, params))
    for port, values in emitted_values(KIND, bars, params).items():
        assert largest_difference(values, expected[port]) == 0
