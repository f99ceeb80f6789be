import pandas as pd
import pytest

from stratcraft_jupyter.errors import BarsError
from stratcraft_jupyter.market import load_bars
from stratcraft_jupyter.market.synthetic import random_walk


def test_a_parquet_file_is_read_with_its_index(tmp_path):
    bars = random_walk(50, seed=1)
    path = tmp_path / "ABC.parquet"
    bars.to_frame().to_parquet(path)
    again = load_bars(path)
    assert (again.symbol, again.origin, again.timeframe) == ("ABC", "File ABC.parquet", "1d")
    assert again.close.tolist() == bars.close.tolist()
    bars.to_frame().rename_axis(None).to_parquet(path)
    assert load_bars(path).time.tolist() == bars.time.tolist()


def test_the_zone_in_a_parquet_file_is_kept(tmp_path):
    bars = random_walk(50, seed=1, timeframe="5m")
    path = tmp_path / "ABC.pq"
    bars.to_frame().tz_localize("America/New_York").to_parquet(path)
    again = load_bars(path)
    assert again.timezone == "America/New_York"
    assert again.time.tolist() == bars.time.tolist()


def test_a_path_that_looks_like_a_partition_adds_no_column(tmp_path):
    folder = tmp_path / "symbol=IBM"
    folder.mkdir()
    random_walk(50, seed=1).to_frame().to_parquet(folder / "ABC.parquet")
    assert load_bars(folder / "ABC.parquet").symbol == "ABC"


def test_a_bad_row_is_counted_from_zero(tmp_path):
    frame = random_walk(50, seed=1).to_frame()
    frame.iloc[7, 3] = None
    frame.to_parquet(tmp_path / "p.parquet")
    with pytest.raises(BarsError) as caught:
        load_bars(tmp_path / "p.parquet")
    assert str(caught.value) == (
        "p.parquet, row 7 counted from 0 (2020-01-10): column 'close': the value is missing. "
        "Fill it in or remove the row."
    )


def test_a_file_that_is_no_parquet_says_so(tmp_path):
    path = tmp_path / "p.parquet"
    path.write_text("Date,Open\n")
    with pytest.raises(BarsError) as caught:
        load_bars(path)
    message = str(caught.value)
    assert message.startswith("p.parquet is not a Parquet file that can be read: ")
    assert message.endswith("Write the file again, or check that the path is right.")
    assert "\n" not in message


def test_an_empty_table_says_so(tmp_path):
    path = tmp_path / "p.parquet"
    pd.DataFrame({"Date": [], "Open": []}).to_parquet(path)
    with pytest.raises(BarsError, match=r"p\.parquet has no rows\. Give at least two bars\."):
        load_bars(path)
