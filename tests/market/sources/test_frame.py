import datetime as dt
from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from stratcraft_jupyter.errors import BarsError
from stratcraft_jupyter.market import load_bars

VALUES = {
    "Open": [10.0, 11.0, 12.0],
    "High": [12.0, 13.0, 14.0],
    "Low": [9.0, 10.0, 11.0],
    "Close": [11.0, 12.0, 13.0],
    "Volume": [100, 110, 120],
}
DAYS = ["2020-01-02", "2020-01-03", "2020-01-04"]
COLUMNS = {"Date": pd.to_datetime(DAYS), **VALUES}


def error_of(frame, **options) -> str:
    with pytest.raises(BarsError) as caught:
        load_bars(frame, **options)
    return str(caught.value)


def frames():
    frame = pd.DataFrame(COLUMNS)
    arrow = pa.Table.from_pandas(frame, preserve_index=False)
    return {
        "pandas": frame,
        "pandas index": frame.set_index("Date"),
        "pandas unnamed index": frame.set_index("Date").rename_axis(None),
        "pandas period index": frame.set_index("Date").to_period("D"),
        "pandas text dates": frame.assign(Date=DAYS),
        "pandas dates as objects": frame.assign(Date=[dt.date.fromisoformat(d) for d in DAYS]),
        "pandas epoch": frame.assign(Date=[1577923200, 1578009600, 1578096000]),
        "pandas arrow types": frame.convert_dtypes(dtype_backend="pyarrow"),
        "pandas nullable types": frame.convert_dtypes(),
        "pandas seconds": frame.assign(Date=frame["Date"].astype("M8[s]")),
        "pandas decimals": frame.assign(Close=[Decimal(11), Decimal(12), Decimal(13)]),
        "pandas text numbers": frame.assign(Close=["11", "12.0", " 13"]),
        "polars": pl.from_pandas(frame),
        "polars dates": pl.from_pandas(frame).with_columns(pl.col("Date").cast(pl.Date)),
        "polars milliseconds": pl.from_pandas(frame).with_columns(
            pl.col("Date").cast(pl.Datetime("ms"))
        ),
        "polars text": pl.DataFrame({"Date": DAYS, **VALUES}),
        "pyarrow": arrow,
    }


@pytest.mark.parametrize("kind", frames())
def test_one_table_in_many_kinds_of_frame(kind):
    bars = load_bars(frames()[kind], symbol="ABC", timezone="Asia/Tokyo")
    first = load_bars(frames()["polars"], symbol="ABC", timezone="Asia/Tokyo")
    if kind == "pandas epoch":  # counts are instants: converted to the zone, not taken to be in it
        assert bars.time.tolist() == (first.time + np.timedelta64(9, "h")).tolist()
    else:
        assert bars.time.tolist() == first.time.tolist()
    for name in ("open", "high", "low", "close", "volume"):
        assert getattr(bars, name).tolist() == getattr(first, name).tolist()


def test_origin_and_symbol_of_a_frame():
    assert load_bars(frames()["pandas"]).origin == "pandas DataFrame"
    assert load_bars(frames()["polars"]).origin == "polars DataFrame"
    assert load_bars(frames()["pandas"]).symbol == "DATA"


@pytest.mark.parametrize(
    "zone", ["America/New_York", "Europe/London", "Asia/Tokyo", "UTC", "Etc/GMT+5"]
)
@pytest.mark.parametrize("kind", ["pandas index", "pandas", "polars", "pyarrow"])
def test_times_with_a_zone_keep_the_clock_of_that_zone(kind, zone):
    frame = pd.DataFrame({**COLUMNS, "Date": pd.to_datetime(DAYS).tz_localize(zone)})
    made = {
        "pandas": frame,
        "pandas index": frame.set_index("Date"),
        "polars": pl.from_pandas(frame),
        "pyarrow": pa.Table.from_pandas(frame),
    }
    bars = load_bars(made[kind])
    assert [str(time)[:16] for time in bars.time] == [f"{day}T00:00" for day in DAYS]
    assert bars.timezone == zone
    assert bars.notes == ()


@pytest.mark.parametrize("kind", ["pandas", "polars"])
def test_times_with_a_zone_are_converted_to_a_given_one(kind):
    frame = pd.DataFrame({**COLUMNS, "Date": pd.to_datetime(DAYS).tz_localize("UTC")})
    bars = load_bars(
        frame if kind == "pandas" else pl.from_pandas(frame), timezone="America/New_York"
    )
    assert str(bars.time[0])[:16] == "2020-01-01T19:00"
    assert bars.timezone == "America/New_York"


@pytest.mark.parametrize("kind", ["pandas", "pyarrow"])
def test_a_fixed_offset_keeps_its_clock_and_has_no_name(kind):
    times = pd.to_datetime(DAYS).tz_localize(dt.timezone(-dt.timedelta(hours=5, minutes=30)))
    frame = pd.DataFrame({**COLUMNS, "Date": times})
    bars = load_bars(frame if kind == "pandas" else pa.Table.from_pandas(frame))
    assert str(bars.time[0])[:16] == "2020-01-02T00:00"
    assert bars.timezone is None
    assert bars.notes == ("Times are kept as written; timezone= converts them to a named zone.",)


def test_a_zone_that_nobody_knows_is_refused():
    times = pa.array([0, 1, 2], pa.timestamp("us", "Mars/Base"))
    table = pa.table({**VALUES, "Date": times})
    assert error_of(table).startswith("There is no time zone named 'Mars/Base'.")


def test_the_hour_that_comes_twice_is_refused_and_utc_is_the_way_out():
    times = pd.date_range("2020-11-01 04:00", periods=6, freq="h", tz="UTC")
    values = {name: [numbers[0]] * 6 for name, numbers in VALUES.items()}
    frame = pd.DataFrame(values, index=times.tz_convert("America/New_York"))
    assert error_of(frame) == (
        "The DataFrame, row 2 counted from 0: the clock in America/New_York is set back, so "
        "that 2020-11-01 01:00 follows 2020-11-01 01:00. "
        'Pass timezone="UTC" to keep such bars in order.'
    )
    assert str(load_bars(frame, timezone="UTC").time[2])[:16] == "2020-11-01T06:00"


def test_columns_of_one_symbol_as_yfinance_gives_them():
    frame = pd.DataFrame(COLUMNS).set_index("Date")
    frame.columns = pd.MultiIndex.from_product([frame.columns, ["AAPL"]])
    bars = load_bars(frame)
    assert (bars.symbol, bars.close.tolist()) == ("AAPL", [11, 12, 13])


def test_an_index_of_symbol_and_date_is_two_columns():
    frame = pd.DataFrame({**COLUMNS, "Symbol": "IBM"}).set_index(["Symbol", "Date"])
    bars = load_bars(frame)
    assert (bars.symbol, str(bars.time[0])[:10]) == ("IBM", "2020-01-02")


def test_dates_and_clocks_in_two_columns_are_joined():
    frame = pd.DataFrame({**COLUMNS, "Date": pd.Timestamp("2020-01-02")})
    frame["Time"] = [dt.time(9, 30), dt.time(9, 35), dt.time(9, 40)]
    assert load_bars(frame).timeframe == "5m"
    assert load_bars(pl.from_pandas(frame)).timeframe == "5m"
    assert error_of(frame.assign(Time=["9:30", "half past", "10:30"])) == (
        "The DataFrame, row 1 counted from 0: column 'Date and Time': '2020-01-02 half past' is "
        "not a date in a known form. "
        "Write dates as 2020-01-31, times as 2020-01-31 15:30, or seconds since 1970."
    )
    assert error_of(frame.assign(Date=["2020-01-02", "x", "y"])).startswith(
        "The DataFrame has 2 problems:\n"
        "- row 1 counted from 0: column 'Date': 'x' is not a date in a known form."
    )


def test_columns_of_several_symbols_are_refused():
    one = pd.DataFrame(COLUMNS).set_index("Date")
    frame = pd.concat({"AAPL": one, "IBM": one}, axis=1).swaplevel(axis=1)
    assert error_of(frame) == (
        "The DataFrame has columns for several symbols: AAPL, IBM. "
        "Choose one, for example frame.xs('AAPL', axis=1, level=1)."
    )


def test_a_time_column_wins_over_the_index():
    frame = pd.DataFrame(COLUMNS)
    frame.index = pd.Index(["x", "y", "z"], name="Date")
    assert str(load_bars(frame).time[0])[:10] == "2020-01-02"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"Close": [11.0, None, 13.0]},
            "The DataFrame, row 1 counted from 0 (2020-01-03): column 'Close': "
            "the value is missing. Fill it in or remove the row.",
        ),
        (
            {"Close": [11.0, 12.0, float("-inf")]},
            "The DataFrame, row 2 counted from 0 (2020-01-04): column 'Close': "
            "the value is infinite. Correct it or remove the row.",
        ),
        (
            {"Close": ["11", "12", "thirteen"]},
            "The DataFrame, row 2 counted from 0: column 'Close': 'thirteen' is not a number. "
            "Write numbers as 1234.5, without currency signs or separators of thousands.",
        ),
        (
            {"Date": pd.to_datetime(["2020-01-02", None, "2020-01-04"])},
            "The DataFrame, row 1 counted from 0 (no time): the time is missing. "
            "Fill it in or remove the row.",
        ),
        (
            {"Date": pd.to_datetime(["2020-01-03", "2020-01-02", "2020-01-04"])},
            "The DataFrame, row 1 counted from 0 (2020-01-02): the row before it is later "
            "(2020-01-03), so the rows are not in order of time. Sort it by 'Date' first.",
        ),
        (
            {"Date": np.array(["2020-01-02", "2020-01-03", "3020-01-04"], dtype="M8[s]")},
            "The DataFrame, row 2 counted from 0: column 'Date': the year 3020 is not "
            "between 1678 and 2261. Correct it or remove the row.",
        ),
        (
            {"Date": [True, False, True]},
            "The DataFrame has 3 problems:\n"
            "- row 0 counted from 0: column 'Date': 'True' is not a date in a known form. "
            "Write dates as 2020-01-31, times as 2020-01-31 15:30, or seconds since 1970.\n",
        ),
    ],
)
@pytest.mark.parametrize("kind", ["pandas", "polars"])
def test_a_bad_row_is_named_and_counted_from_zero(kind, changes, message):
    frame = pd.DataFrame(COLUMNS | changes)
    assert error_of(frame if kind == "pandas" else pl.from_pandas(frame)).startswith(message)


def test_missing_values_of_every_kind_are_named():
    polars = pl.DataFrame({"Date": ["2020-01-02", None, "2020-01-04"], **VALUES})
    assert "row 1 counted from 0 (no time): the time is missing" in error_of(polars)
    zoned = pl.from_pandas(pd.DataFrame(COLUMNS)).with_columns(
        pl.Series("Date", [dt.datetime(2020, 1, 2, tzinfo=dt.UTC), None, None])
    )
    assert "row 1 counted from 0 (no time): the time is missing" in error_of(zoned)
    epoch = pl.DataFrame({"Date": [1577923200, None, 1578096000], **VALUES})
    assert "row 1 counted from 0 (no time): the time is missing" in error_of(epoch)
    floats = pd.DataFrame({"Date": [1577923200, None, 1578096000], **VALUES})
    assert "row 1 counted from 0 (no time): the time is missing" in error_of(floats)


@pytest.mark.parametrize(
    ("thing", "message"),
    [
        (
            pd.DataFrame(VALUES),
            "The DataFrame has no column for time; it has 'Open', 'High', 'Low', 'Close', "
            "'Volume'. Name the columns Date, Open, High, Low, Close and, if there is one, "
            "Volume (in a file: in its first line).",
        ),
        (pd.DataFrame(), "The DataFrame has no rows. Give at least two bars."),
        (pd.DataFrame(COLUMNS).head(1), "The DataFrame holds only one bar. Give at least two."),
        (
            pd.DataFrame([[1, 2]], columns=["a", "a"]),
            "The DataFrame has two columns of the same name. Remove or rename one of them.",
        ),
        (
            pl.DataFrame(VALUES).lazy(),
            "Bars cannot be loaded from a value of type LazyFrame. Call .collect() on it first.",
        ),
        (
            [1, 2, 3],
            "Bars cannot be loaded from a value of type list. "
            'Give "sample:AAPL", the path of a .csv or .parquet file, or a DataFrame.',
        ),
        (
            pd.Series([1.0]),
            "Bars cannot be loaded from a value of type Series. "
            'Give "sample:AAPL", the path of a .csv or .parquet file, or a DataFrame.',
        ),
    ],
)
def test_what_is_no_table_of_bars_says_so(thing, message):
    assert error_of(thing) == message


def test_the_users_frame_is_left_alone():
    frame = pd.DataFrame(COLUMNS).set_index("Date")
    before = frame.copy()
    load_bars(frame, adjust=False)
    pd.testing.assert_frame_equal(frame, before)
