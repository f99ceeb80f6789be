"""Any good bars survive a file or a frame; any broken row is named."""

import contextlib
import csv

import pandas as pd
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stratcraft_jupyter.errors import BarsError, StratCraftError
from stratcraft_jupyter.market import TIMEFRAMES, Bars, load_bars
from stratcraft_jupyter.market.synthetic import bar_times, random_walk

# the folder is the same for every example; each writes its file anew
one_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)

prices = st.floats(1e-6, 1e9)


@st.composite
def any_bars(draw):
    count = draw(st.integers(2, 30))
    timeframe = draw(st.sampled_from(list(TIMEFRAMES)))
    values = [draw(st.lists(prices, min_size=4, max_size=4)) for _ in range(count)]
    ordered = [sorted(four) for four in values]
    volume = draw(st.lists(st.floats(0, 1e12), min_size=count, max_size=count))
    return Bars(
        symbol=draw(st.sampled_from(["AAPL", "BRK.B", "ES=F", "^GSPC"])),
        timeframe=timeframe,
        time=bar_times(count, timeframe, draw(st.sampled_from(["1985-05-01", "2020-03-02"]))),
        low=[four[0] for four in ordered],
        open=[four[1] for four in ordered],
        close=[four[2] for four in ordered],
        high=[four[3] for four in ordered],
        volume=volume,
        timezone=draw(st.sampled_from([None, "America/New_York"])),
    )


def loaded(source, bars: Bars) -> str:
    again = load_bars(source, symbol=bars.symbol, timeframe=bars.timeframe, timezone=bars.timezone)
    return again.digest


@one_folder
@given(bars=any_bars())
def test_bars_survive_csv(bars, tmp_path):
    bars.to_frame().to_csv(tmp_path / "bars.csv")
    assert loaded(tmp_path / "bars.csv", bars) == bars.digest


@one_folder
@given(bars=any_bars())
def test_bars_survive_parquet(bars, tmp_path):
    bars.to_frame().to_parquet(tmp_path / "bars.parquet")
    assert loaded(tmp_path / "bars.parquet", bars) == bars.digest


@one_folder
@given(bars=any_bars())
def test_bars_survive_frames(bars):
    frame = bars.to_frame()
    assert loaded(frame, bars) == bars.digest
    assert loaded(pl.from_pandas(frame.reset_index()), bars) == bars.digest


cells = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["2020-01-02", "2020-01-03 10:00", "01/02/2020", "1577977800", "9" * 25]),
    st.sampled_from(["1", "-1", "0", "1e400", "nan", "1_0", "0x1", "2020-01-01T00:00+99:99"]),
)
tables = st.lists(st.lists(cells, min_size=5, max_size=5), min_size=1, max_size=6)


@one_folder
@given(rows=tables, quoting=st.booleans())
def test_any_table_of_text_gives_bars_or_says_what_is_wrong(rows, quoting, tmp_path):
    header = ["Date", "Open", "High", "Low", "Close"]
    with (tmp_path / "p.csv").open("w", newline="", encoding="utf-8", errors="replace") as file:
        write = csv.writer(file, quoting=csv.QUOTE_ALL if quoting else csv.QUOTE_MINIMAL)
        write.writerows([header, *rows])
    for source in (tmp_path / "p.csv", pd.DataFrame(rows, columns=header)):
        with contextlib.suppress(StratCraftError):
            load_bars(source)


@one_folder
@given(content=st.binary(max_size=300), good=st.booleans())
def test_any_bytes_give_bars_or_say_what_is_wrong(content, good, tmp_path):
    start = b"Date,Open,High,Low,Close\n2020-01-02,1,1,1,1\n" if good else b""
    for name in ("p.csv", "p.csv.gz", "p.parquet"):
        (tmp_path / name).write_bytes(start + content)
        with contextlib.suppress(StratCraftError):
            load_bars(tmp_path / name)


GOOD = random_walk(40, seed=11)
BREAKS = {
    "missing": lambda frame, row, column: frame.iloc.__setitem__((row, column), None),
    "infinite": lambda frame, row, column: frame.iloc.__setitem__((row, column), float("inf")),
    "negative": lambda frame, row, column: frame.iloc.__setitem__((row, column), -1.0),
}


@one_folder
@given(
    row=st.integers(0, 39),
    column=st.integers(0, 4),
    way=st.sampled_from(sorted(BREAKS)),
)
def test_any_broken_value_is_named_with_row_and_column(row, column, way, tmp_path):
    frame = GOOD.to_frame()
    BREAKS[way](frame, row, column)
    name = frame.columns[column]
    date = f"{GOOD.time[row]}"[:10]
    with pytest.raises(BarsError) as caught:
        load_bars(frame)
    assert str(caught.value).startswith(
        f"The DataFrame, row {row} counted from 0 ({date}): column {name!r}: "
    )
    frame.to_csv(tmp_path / "p.csv")
    with pytest.raises(BarsError) as caught:
        load_bars(tmp_path / "p.csv")
    assert str(caught.value).startswith(f"p.csv, line {row + 2} ({date}): column {name!r}: ")


@one_folder
@given(row=st.integers(0, 39), side=st.sampled_from(["high", "low"]))
def test_any_bar_turned_inside_out_is_named(row, side):
    frame = GOOD.to_frame()
    factor = 0.5 if side == "high" else 2.0
    frame.loc[frame.index[row], side] *= factor
    with pytest.raises(BarsError, match=rf"row {row} counted from 0.*high .* is below low "):
        load_bars(frame)


@given(first=st.integers(0, 39), second=st.integers(0, 39))
def test_any_two_rows_exchanged_are_named_where_order_breaks(first, second):
    first, second = sorted((first, second))
    if first == second:
        return
    order = list(range(40))
    order[first], order[second] = order[second], order[first]
    frame = GOOD.to_frame().iloc[order]
    with pytest.raises(BarsError, match=rf"row {first + 1} counted from 0.* not in order"):
        load_bars(frame)


@given(row=st.integers(0, 39))
def test_any_row_that_comes_twice_is_named(row):
    frame = GOOD.to_frame()
    twice = pd.concat([frame.iloc[: row + 1], frame.iloc[row:]])
    with pytest.raises(
        BarsError, match=rf"row {row + 1} counted .* it has the same time as row {row} "
    ):
        load_bars(twice)
