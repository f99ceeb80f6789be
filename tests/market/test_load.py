import os

import numpy as np
import pytest

from stratcraft_jupyter.errors import BarsError
from stratcraft_jupyter.market import load_bars
from stratcraft_jupyter.market.synthetic import random_walk

ADJUSTED = "Date,Open,High,Low,Close,Adj Close,Volume"


def error_of(source, **options) -> str:
    with pytest.raises(BarsError) as caught:
        load_bars(source, **options)
    return str(caught.value)


def split_rows():
    """The third day trades at half the price: a split of two for one."""
    return (
        "2020-01-01,10,12,8,10,5,100",
        "2020-01-02,10,12,8,12,6,100",
        "2020-01-03,6,7,5,7,7,200",
    )


def test_adjusted_close_is_ignored_and_told_by_default(write_csv):
    bars = load_bars(write_csv(*split_rows(), header=ADJUSTED))
    assert bars.close.tolist() == [10, 12, 7]
    assert bars.notes == (
        "Column 'Adj Close' is not used; adjust=True rescales prices by it to take out splits "
        "and dividends.",
    )


def test_adjust_rescales_prices_and_leaves_volume(write_csv):
    bars = load_bars(write_csv(*split_rows(), header=ADJUSTED), adjust=True)
    assert bars.open.tolist() == [5, 5, 6]
    assert bars.high.tolist() == [6, 6, 7]
    assert bars.low.tolist() == [4, 4, 5]
    assert bars.close.tolist() == [5, 6, 7]
    assert bars.volume.tolist() == [100, 100, 200]
    assert bars.notes == ("Prices are rescaled so that close equals 'Adj Close'.",)


def test_an_adjusted_close_that_says_nothing_new_is_not_told(write_csv):
    rows = ("2020-01-01,10,12,8,10,10,1", "2020-01-02,10,12,8,12,12,1")
    assert load_bars(write_csv(*rows, header=ADJUSTED)).notes == ()


@pytest.mark.parametrize(
    ("adjusted", "message"),
    [
        ("", "prices.csv, line 3: column 'Adj Close': nan is no price."),
        ("0", "prices.csv, line 3: column 'Adj Close': 0.0 is no price."),
        ("?", "prices.csv, line 3: column 'Adj Close': '?' is not a number."),
    ],
)
def test_a_bad_adjusted_close_is_named_when_it_is_used(write_csv, adjusted, message):
    rows = ("2020-01-01,10,12,8,10,5,1", f"2020-01-02,10,12,8,12,{adjusted},1")
    path = write_csv(*rows, header=ADJUSTED)
    assert error_of(path, adjust=True).startswith(message)
    assert load_bars(path).close.tolist() == [10, 12]


def test_a_bad_close_is_named_when_adjusting(write_csv):
    rows = ("2020-01-01,10,12,8,0,5,1", "2020-01-02,10,12,8,12,6,1")
    assert error_of(write_csv(*rows, header=ADJUSTED), adjust=True) == (
        "prices.csv, line 2 (2020-01-01): column 'Close': 0.0 is not above zero. "
        "Correct it or remove the row."
    )


def test_adjust_without_such_a_column_is_refused(write_csv):
    path = write_csv("2020-01-01,10,12,8,10,1", "2020-01-02,10,12,8,12,1")
    assert error_of(path, adjust=True) == (
        "prices.csv has no column for the adjusted close. "
        'Leave adjust out, or add a column named "Adj Close".'
    )


def minutes(*times: str) -> list[str]:
    return [f"{time},10,12,8,10,1" for time in times]


def test_plain_times_are_taken_to_be_in_the_given_zone(write_csv):
    path = write_csv(*minutes("2020-01-02 09:30", "2020-01-02 09:35"))
    bars = load_bars(path, timezone="America/New_York")
    assert (bars.timezone, str(bars.time[0])[:16]) == ("America/New_York", "2020-01-02T09:30")
    assert error_of(path, timezone="Mars/Base").startswith("There is no time zone named 'Mars/Ba")


def test_times_with_offsets_are_converted_or_kept_as_written(write_csv):
    path = write_csv(*minutes("2020-03-06 15:55-05:00", "2020-03-06 16:00-05:00"))
    bars = load_bars(path)
    assert (bars.timezone, str(bars.time[0])[:16]) == (None, "2020-03-06T15:55")
    assert bars.notes == (
        "Times are kept as written (UTC offsets -05:00); timezone= converts them to a named zone.",
    )
    bars = load_bars(path, timezone="Europe/London")
    assert (bars.timezone, str(bars.time[0])[:16]) == ("Europe/London", "2020-03-06T20:55")
    assert bars.notes == ()


def test_seconds_since_1970_are_utc_unless_a_zone_is_given(write_csv):
    path = write_csv(*minutes("1577977800", "1577978100", "1577978400"))
    assert (load_bars(path).timezone, str(load_bars(path).time[0])[:16]) == (
        "UTC",
        "2020-01-02T15:10",
    )
    bars = load_bars(path, timezone="America/New_York")
    assert str(bars.time[0])[:16] == "2020-01-02T10:10"


def test_the_hour_that_comes_twice_is_refused(write_csv):
    path = write_csv(
        *minutes("2020-11-01 01:00-04:00", "2020-11-01 01:30-04:00", "2020-11-01 01:00-05:00")
    )
    assert error_of(path) == (
        "prices.csv, line 4: the clock is set back, so that 2020-11-01 01:00 follows "
        '2020-11-01 01:30. Pass timezone="UTC" to keep such bars in order.'
    )
    assert load_bars(path, timezone="UTC").timeframe == "30m"


def test_gaps_are_told_of_what_was_loaded_and_no_more(tmp_path):
    frame = random_walk(100, seed=1).to_frame()
    path = tmp_path / "p.csv"
    frame.drop(frame.index[20:40]).to_csv(path)
    assert load_bars(path).notes == (
        "There is a gap without bars from 2020-01-28 to 2020-02-26.",
        # 20 of 100 weekdays is more than holidays take
        "20 of 100 weekdays between 2020-01-01 and 2020-05-19 have no bar (20%).",
    )
    assert load_bars(path, start="2020-03-01").notes == ()


def test_given_timeframe_and_dates_are_obeyed(write_csv):
    path = write_csv(*minutes("2020-01-03", "2020-01-06", "2020-01-07"))
    assert load_bars(path, timeframe="1d", end="2020-01-06").close.tolist() == [10, 10]
    assert error_of(path, timeframe="1w").startswith("prices.csv does not hold bars of 1 week")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            "yfinance:AAPL",
            "There is no source of bars named 'yfinance'. "
            'Give "sample:NAME", the path of a .csv or .parquet file, or a DataFrame.',
        ),
        (
            "https://example.org/prices.csv",
            "There is no source of bars named 'https'. "
            'Give "sample:NAME", the path of a .csv or .parquet file, or a DataFrame.',
        ),
    ],
)
def test_unknown_source_is_refused_with_the_known_ones(source, message):
    assert error_of(source) == message


def test_files_that_cannot_be_opened_say_why(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert error_of("none.csv") == (
        f"There is no file 'none.csv'. Relative paths start at '{tmp_path}'."
    )
    assert error_of("C:none.csv").startswith("There is no file 'C:none.csv'.")
    assert error_of(tmp_path) == f"'{tmp_path}' is a folder. Give the path of one file in it."
    (tmp_path / "p.xlsx").write_text("x")
    assert error_of("p.xlsx") == (
        "p.xlsx is not a kind of file that is known. "
        "Known: .csv, .csv.gz, .tsv, .txt, .parquet, .pq."
    )


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_file_that_may_not_be_read_says_so(write_csv):
    path = write_csv(*minutes("2020-01-02", "2020-01-03"))
    path.chmod(0)
    assert error_of(path) == f"'{path}' may not be read. Change its permissions."


def test_a_file_whose_name_has_a_colon_is_a_file(write_csv, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_csv(*minutes("2020-01-02", "2020-01-03"), name="data:one.csv")
    assert load_bars("data:one.csv").symbol == "data:one"


def test_bars_that_pass_are_exactly_those_of_the_file(write_csv):
    bars = load_bars(write_csv(*minutes("2020-01-02", "2020-01-03"), name="ABC.csv"))
    assert bars.time.tolist() == np.array(["2020-01-02", "2020-01-03"], dtype="M8[ns]").tolist()
