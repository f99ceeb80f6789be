import numpy as np

from stratcraft_jupyter.market.gaps import gap_notes
from stratcraft_jupyter.market.synthetic import bar_times
from stratcraft_jupyter.market.timeframe import TIMEFRAMES, get_timeframe


def notes(time, name):
    return gap_notes(np.asarray(time, dtype="M8[ns]"), get_timeframe(name))


def test_nights_weekends_and_holidays_are_no_gaps():
    for name in TIMEFRAMES:
        assert notes(bar_times(300, name, "2020-01-01"), name) == ()
    days = bar_times(100, "1d", "2020-01-01")
    assert notes(np.delete(days, [20, 50]), "1d") == ()


def test_a_long_closure_of_daily_bars_is_told():
    days = bar_times(40, "1d", "2020-01-01")
    assert notes(np.delete(days, range(10, 20)), "1d") == (
        "There is a gap without bars from 2020-01-14 to 2020-01-29.",
    )


def test_of_many_gaps_the_longest_is_told():
    time = bar_times(200, "5m", "2020-01-01")
    holes = [*range(10, 40), *range(100, 140)]
    assert notes(np.delete(time, holes), "5m") == (
        "There are 2 gaps without bars, the longest from 2020-01-02 11:15 to 2020-01-02 14:40.",
    )


def test_a_missing_week_of_sessions_is_told():
    time = bar_times(78 * 20, "5m", "2020-01-01")
    assert notes(np.delete(time, range(78 * 5, 78 * 10)), "5m") == (
        "There is a gap without bars from 2020-01-07 15:55 to 2020-01-15 09:30.",
    )


def test_a_market_that_never_closes_has_no_nights():
    time = np.datetime64("2020-01-01T00:00", "ns") + np.arange(24 * 60) * np.timedelta64(1, "h")
    assert notes(time, "1h") == ()
    assert notes(np.delete(time, range(116, 124)), "1h") == (
        "There is a gap without bars from 2020-01-05 19:00 to 2020-01-06 04:00.",
    )


def test_many_missing_weekdays_are_told():
    days = bar_times(200, "1d", "2020-01-01")
    assert notes(np.delete(days, range(5, 195, 5)), "1d") == (
        "38 of 200 weekdays between 2020-01-01 and 2020-10-06 have no bar (19%).",
    )
