import pickle
from dataclasses import FrozenInstanceError, replace
from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest

from stratcraft_jupyter.errors import BarsError, UnknownNameError
from stratcraft_jupyter.market import Bars
from stratcraft_jupyter.market.checks import FIELDS
from stratcraft_jupyter.market.synthetic import from_closes, random_walk

TIMES = np.array(["2020-01-02", "2020-01-03", "2020-01-06"], dtype="M8[D]")


def make(**changes):
    good = {
        "symbol": "ABC",
        "timeframe": "1d",
        "time": TIMES,
        "open": [10.0, 11.0, 12.0],
        "high": [12.0, 13.0, 14.0],
        "low": [9.0, 10.0, 11.0],
        "close": [11.0, 12.0, 13.0],
        "volume": [100, 110, 120],
        "timezone": "America/New_York",
        "origin": "made up",
    }
    return Bars(**(good | changes))


def error_of(**changes) -> str:
    with pytest.raises(BarsError) as caught:
        make(**changes)
    return str(caught.value)


def test_arrays_are_nanoseconds_and_doubles():
    bars = make()
    assert bars.time.dtype == np.dtype("M8[ns]")
    assert all(getattr(bars, name).dtype == np.float64 for name in FIELDS)
    assert len(bars) == 3


def test_nothing_of_bars_can_be_changed():
    bars = make()
    with pytest.raises(FrozenInstanceError):
        bars.symbol = "XYZ"
    for name in ("time", *FIELDS):
        with pytest.raises(ValueError, match="read-only"):
            getattr(bars, name)[0] = getattr(bars, name)[1]


def test_arrays_are_copied_so_that_the_givers_stay_writable():
    close = np.array([11.0, 12.0, 13.0])
    bars = make(close=close)
    close[0] = 9.5
    assert bars.close[0] == 11.0


def test_pickled_bars_stay_read_only_and_equal():
    bars = make(notes=("one",))
    again = pickle.loads(pickle.dumps(bars))
    assert again.digest == bars.digest
    assert (again.origin, again.notes) == ("made up", ("one",))
    assert not again.close.flags.writeable


def test_repr_is_one_short_line():
    assert repr(make()) == "Bars(ABC 1d: 3 bars from 2020-01-02 to 2020-01-06 America/New_York)"
    assert repr(make(timezone=None).head(1)) == "Bars(ABC 1d: 1 bar from 2020-01-02 to 2020-01-02)"
    long = random_walk(1200, seed=1, timeframe="5m", symbol="S")
    assert repr(long).startswith("Bars(S 5m: 1,200 bars from 2020-01-01 09:30 to ")
    assert not hasattr(long, "_repr_html_")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"close": [11.0, float("nan"), 13.0]},
            "Bars ABC, bar 1 counted from 0: column close: the value is missing. "
            "Fill it in or remove the row.",
        ),
        (
            {"high": [12.0, 13.0, float("inf")]},
            "Bars ABC, bar 2 counted from 0: column high: the value is infinite. "
            "Correct it or remove the row.",
        ),
        (
            {"low": [0.0, 10.0, 11.0]},
            "Bars ABC, bar 0 counted from 0: column low: 0.0 is not above zero. "
            "Correct it or remove the row.",
        ),
        (
            {"volume": [100, -1, 120]},
            "Bars ABC, bar 1 counted from 0: column volume: -1.0 is negative. "
            "Correct it or remove the row.",
        ),
        (
            {"high": [12.0, 9.5, 14.0]},
            "Bars ABC, bar 1 counted from 0: high 9.5 is below low 10.0. Correct the row.",
        ),
        (
            {"open": [12.25, 11.0, 12.0]},
            "Bars ABC, bar 0 counted from 0: open 12.25 is above high 12.0. "
            "Correct the row: open and close lie between low and high.",
        ),
        (
            {"close": [11.0, 12.0, 10.5]},
            "Bars ABC, bar 2 counted from 0: close 10.5 is below low 11.0. "
            "Correct the row: open and close lie between low and high.",
        ),
        (
            {"time": TIMES[[0, 2, 1]]},
            "Bars ABC, bar 2 counted from 0: the row before it is later (2020-01-06), so the "
            "rows are not in order of time. Sort the bars by time.",
        ),
        (
            {"time": TIMES[[0, 1, 1]]},
            "Bars ABC, bar 2 counted from 0: it has the same time as bar 1 counted from 0. "
            "Keep one of the two rows.",
        ),
        (
            {"time": [TIMES[0], np.datetime64("NaT"), TIMES[2]]},
            "Bars ABC, bar 1 counted from 0: the time is missing. Fill it in or remove the row.",
        ),
        (
            {"open": [10.0, 11.0]},
            "The arrays of bars ABC differ in shape: time (3,), open (2,), high (3,), low (3,), "
            "close (3,), volume (3,). Give one value per bar in each.",
        ),
        (
            {"open": ["x", "y", "z"]},
            "The array open does not hold numbers: could not convert string to float: 'x'. "
            "Use load_bars for data that is not ready.",
        ),
        (
            {"time": pd.DatetimeIndex(TIMES).tz_localize("Asia/Tokyo")},
            "The array time has a time zone. "
            "Use load_bars, which turns it into the exchange's wall clock.",
        ),
        (
            {"timezone": "America/New_Yorck"},
            "There is no time zone named 'America/New_Yorck'. Did you mean 'America/New_York'",
        ),
    ],
)
def test_broken_bars_are_refused_with_the_bar_named(changes, message):
    assert error_of(**changes).startswith(message)


def test_several_problems_show_the_first_three_and_the_count():
    message = error_of(close=[0.0, -1.0, float("nan")], volume=[-1, -2, 0])
    assert message == (
        "Bars ABC has 5 problems:\n"
        "- bar 0 counted from 0: column close: 0.0 is not above zero. "
        "Correct it or remove the row.\n"
        "- bar 0 counted from 0: column volume: -1.0 is negative. "
        "Correct it or remove the row.\n"
        "- bar 1 counted from 0: column close: -1.0 is not above zero. "
        "Correct it or remove the row.\n"
        "- and 2 more"
    )


def test_no_bars_at_all_are_refused():
    empty = {name: [] for name in ("time", *FIELDS)}
    assert error_of(**empty) == "Bars ABC hold no bar. Give at least one."


def test_unknown_timeframe_is_refused_with_the_known_ones():
    with pytest.raises(UnknownNameError, match="There is no timeframe named '7m'"):
        make(timeframe="7m")


def test_head_takes_the_first_bars():
    bars = make()
    assert bars.head(2).close.tolist() == [11.0, 12.0]
    assert bars.head(99) is bars
    with pytest.raises(BarsError, match=r"0 bars were asked for\. Ask for at least 1\."):
        bars.head(0)


@pytest.mark.parametrize(
    ("start", "end", "closes"),
    [
        (None, None, [11.0, 12.0, 13.0]),
        ("2020-01-03", None, [12.0, 13.0]),
        (None, "2020-01-03", [11.0, 12.0]),
        ("2020-01-03", "2020-01-03", [12.0]),
        (date(2020, 1, 3), date(2020, 1, 5), [12.0]),
        (datetime(2020, 1, 2, 0, 0, 1), datetime(2020, 1, 6), [12.0, 13.0]),
        (np.datetime64("2020-01-03"), np.datetime64("2020-01-04"), [12.0]),
        ("2020", "2020", [11.0, 12.0, 13.0]),
        ("1500", "2900-01", [11.0, 12.0, 13.0]),
    ],
)
def test_between_includes_both_ends(start, end, closes):
    assert make().between(start, end).close.tolist() == closes


def test_a_last_day_counts_to_its_end():
    bars = random_walk(160, seed=1, timeframe="5m", start="2020-01-01")
    day = bars.between("2020-01-02", "2020-01-02")
    assert (len(day), str(day.time[0]), str(day.time[-1])[:16]) == (
        78,
        "2020-01-02T09:30:00.000000000",
        "2020-01-02T15:55",
    )
    assert len(bars.between("2020-01-01 09:35", "2020-01-01T09:50")) == 4


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        (
            "2021-01-01",
            None,
            "ABC has no bars from 2021-01-01 to the last bar. "
            "They run from 2020-01-02 to 2020-01-06.",
        ),
        (
            "2020-01-06",
            "2020-01-03",
            "ABC has no bars from 2020-01-06 to 2020-01-03. "
            "They run from 2020-01-02 to 2020-01-06.",
        ),
        ("now", None, "The start 'now' is not a date. Write it as 2010-06-30 or 2010-06-30 15:30."),
        (
            None,
            "2020-13-01",
            "The end '2020-13-01' is not a date. Write it as 2010-06-30 or 2010-06-30 15:30.",
        ),
        (
            np.datetime64("NaT"),
            None,
            "The start 'NaT' is not a date. Write it as 2010-06-30 or 2010-06-30 15:30.",
        ),
        (
            datetime(2020, 1, 1, tzinfo=UTC),
            None,
            "The start 2020-01-01 00:00:00+00:00 has a time zone. "
            "Give the exchange's wall clock without one.",
        ),
    ],
)
def test_between_says_what_it_cannot_do(start, end, message):
    with pytest.raises(BarsError) as caught:
        make().between(start, end)
    assert str(caught.value) == message


def test_digest_tells_what_the_bars_say_and_nothing_else():
    bars = make()
    assert len(bars.digest) == 64
    assert replace(bars, origin="elsewhere", notes=("n",)).digest == bars.digest
    for changes in (
        {"symbol": "XYZ"},
        {"timeframe": "1w"},
        {"timezone": None},
        {"volume": [100, 110, 121]},
        {"time": TIMES + 1},
    ):
        assert make(**changes).digest != bars.digest
    assert bars.head(2).digest != bars.digest


def test_digest_is_the_same_on_every_machine():
    bars = from_closes([1.0, 2.0, 1.5], symbol="D")
    assert bars.digest == "dc0c8f779b9e45d489c463f1684a0995f7fd7adafee74cd9783d2fcd2a75c810"


def test_to_frame_gives_a_time_index_and_lower_case_columns():
    frame = make().to_frame()
    assert isinstance(frame.index, pd.DatetimeIndex)
    assert frame.index.name == "time"
    assert frame.index.tz is None
    assert list(frame.columns) == list(FIELDS)
    frame.loc[frame.index[0], "close"] = 99.0
    assert make().close[0] == 11.0


def test_to_frame_of_the_same_bars_does_not_share_memory():
    bars = make()
    frame = bars.to_frame()
    frame["close"] += 1
    assert bars.close.tolist() == [11.0, 12.0, 13.0]
