import numpy as np
import pytest

from stratcraft_jupyter.errors import BarsError, UnknownNameError
from stratcraft_jupyter.market.problems import Problems
from stratcraft_jupyter.market.synthetic import bar_times
from stratcraft_jupyter.market.timeframe import TIMEFRAMES, get_timeframe, infer_timeframe
from stratcraft_jupyter.market.timeframe_check import describe_span, settle_timeframe

ALL = list(TIMEFRAMES)


def settle(time, given=None):
    problems = Problems("prices.csv", lambda row: f"line {row + 2}")
    return settle_timeframe(np.asarray(time, dtype="M8[ns]"), given, problems).name


def error_of(time, given=None) -> str:
    with pytest.raises(BarsError) as caught:
        settle(time, given)
    return str(caught.value)


def every(step: str, count: int = 50, start: str = "2020-01-06T00:00"):
    length = get_timeframe(step).step if step in TIMEFRAMES else np.timedelta64(10, "m")
    return np.datetime64(start, "ns") + np.arange(count) * length


@pytest.mark.parametrize("name", ALL)
def test_timeframe_is_told_from_sessions_and_from_a_market_without_pause(name):
    assert settle(bar_times(300, name, "2020-01-01")) == name
    assert settle(bar_times(300, name, "2020-01-01"), name) == name
    assert settle(every(name)) == name


@pytest.mark.parametrize("name", ALL)
def test_every_other_timeframe_is_refused(name):
    time = bar_times(300, name, "2020-01-01")
    for other in ALL:
        if other != name:
            assert error_of(time, other).startswith("prices.csv")


def test_month_ends_and_shifted_weeks_are_told():
    ends = np.datetime64("2020-01", "M") + np.arange(1, 30)
    assert settle(ends.astype("M8[D]") - 1) == "1M"
    assert settle(["2020-01-03", "2020-01-10", "2020-01-16", "2020-01-24", "2020-01-31"]) == "1w"


def test_daily_bars_stamped_in_utc_move_by_an_hour():
    time = bar_times(300, "1d", "2020-01-01") + np.timedelta64(5, "h")
    time[60:200] -= np.timedelta64(1, "h")
    assert settle(time) == "1d"


def test_hourly_sessions_may_begin_and_end_with_a_short_bar():
    days = bar_times(5, "1d", "2020-01-01")
    slots = np.array([570, 600, 660, 720, 780, 840, 900, 960, 975]).astype("m8[m]")
    assert settle((days[:, None] + slots).ravel()) == "1h"


def test_thin_trading_fits_a_given_timeframe():
    time = every("1m", 500)
    thin = np.delete(time, np.arange(0, 500, 3))
    thinner = np.sort(np.random.default_rng(1).choice(time, 200, replace=False))
    assert settle(thin, "1m") == "1m"
    assert settle(thinner, "1m") == "1m"


def test_unknown_step_is_refused_with_the_known_ones():
    assert error_of(every("10m")) == (
        "prices.csv: bars are usually 10 minutes apart, which is no known timeframe "
        "(1m, 5m, 15m, 30m, 1h, 2h, 4h, 1d, 1w, 1M). "
        "Resample them to one of these, or pass timeframe= if bars are missing."
    )


def test_wrong_timeframe_is_refused_with_the_reason():
    assert error_of(every("1h"), "5m") == (
        "prices.csv does not hold bars of 5 minutes: they are usually 1 hour apart. "
        'Leave timeframe out or pass timeframe="1h".'
    )
    assert error_of(every("10m"), "5m") == (
        "prices.csv does not hold bars of 5 minutes: they are usually 10 minutes apart. "
        "Leave timeframe out."
    )
    with pytest.raises(UnknownNameError, match=r"There is no timeframe named '5min'\. Did you"):
        settle(every("5m"), "5min")


def test_a_finer_row_is_named():
    time = np.insert(every("1h", 40), 21, every("1h", 40)[20] + np.timedelta64(90, "s"))
    assert error_of(time) == (
        "prices.csv, line 23: it comes 1 minute 30 seconds after the row before, too soon for "
        "bars of 1 hour; so does 1 more row. Load bars of one timeframe only."
    )


def test_of_many_finer_rows_the_first_is_named_and_the_others_counted():
    assert error_of(np.concatenate([every("1h", 30), every("1m", 20, "2020-01-08")])) == (
        "prices.csv, line 34: it comes 1 minute after the row before, too soon for bars of "
        "1 hour; so do 16 more rows. Load bars of one timeframe only."
    )


def test_two_bars_on_one_day_are_no_daily_bars():
    time = np.insert(every("1d", 30), 11, every("1d", 30)[10] + np.timedelta64(16, "h"))
    assert error_of(time) == (
        "prices.csv, line 13: it comes 16 hours after the row before, too soon for bars of "
        "1 day; so does 1 more row. Load bars of one timeframe only."
    )


def test_a_stretch_of_coarser_bars_is_named():
    time = np.concatenate([every("5m", 200), every("1h", 12, "2020-01-07")])
    assert error_of(time) == (
        "prices.csv, line 203: from here on bars are 1 hour apart, in bars of 5 minutes. "
        "Load bars of one timeframe only."
    )
    time = np.concatenate([every("1w", 20, "2019-01-04"), every("1d", 200)])
    assert error_of(time) == (
        "prices.csv, line 3: from here on bars are 1 week apart, in bars of 1 day. "
        "Load bars of one timeframe only."
    )


def test_a_few_missing_bars_are_no_other_timeframe():
    assert settle(np.delete(every("1d", 100), [10, 11, 12, 40, 41, 42, 43, 44, 45])) == "1d"


def test_timeframe_knows_whether_it_is_intraday():
    assert get_timeframe("4h").is_intraday
    assert not get_timeframe("1d").is_intraday


def test_median_of_two_equal_halves_is_the_shorter_step():
    assert infer_timeframe(bar_times(9, "4h", "2020-01-01")).name == "4h"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (60, "1 minute"),
        (5400, "1 hour 30 minutes"),
        (2 * 86400 + 60, "2 days 1 minute"),
        (90061, "1 day 1 hour"),
        (0, "less than a second"),
    ],
)
def test_spans_in_words(seconds, words):
    assert describe_span(np.timedelta64(seconds, "s")) == words
