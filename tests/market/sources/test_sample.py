import gzip
import json
import subprocess
import sys
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from stratcraft_jupyter.errors import BarsError, UnknownNameError
from stratcraft_jupyter.market import list_samples, load_bars
from stratcraft_jupyter.market.problems import show_time

NAMES = ["AAPL", "IBM", "MSFT", "SYNTH-5M"]
DATA = Path(str(files("stratcraft_jupyter") / "data"))
SCRIPT = Path(__file__).parents[3] / "tools" / "make_sample_bars.py"


def test_every_sample_is_listed():
    assert [sample.name for sample in list_samples()] == NAMES


@pytest.mark.parametrize("sample", list_samples(), ids=NAMES)
def test_a_sample_is_what_its_index_says(sample):
    bars = load_bars(f"sample:{sample.name}")
    assert bars.digest == sample.digest
    assert (bars.symbol, bars.timeframe) == (sample.name, sample.timeframe)
    assert (bars.timezone, len(bars)) == (sample.timezone, sample.bars)
    assert (show_time(bars.time[0]), show_time(bars.time[-1])) == (sample.first, sample.last)
    assert bars.origin == f"{sample.title}. {sample.origin}"
    assert bars.notes == ()
    assert (DATA / f"{sample.name}.csv.gz").stat().st_size < 200_000


@pytest.mark.parametrize("sample", list_samples(), ids=NAMES)
def test_origin_and_licence_of_a_sample_are_told(sample):
    text = (DATA / "ORIGIN.md").read_text("utf-8")
    assert sample.name in text
    assert sample.licence
    if sample.name.startswith("SYNTH"):
        assert "Synthetic" in sample.title
        assert "not a real market" in sample.title
        assert sample.origin.startswith("Synthetic")
    else:
        assert sample.licence == "Public domain"
        assert "bokeh_sampledata 2026.1" in sample.origin


@pytest.mark.parametrize("name", NAMES[:3])
def test_daily_samples_have_no_jump_of_a_split(name):
    bars = load_bars(f"sample:{name}")
    over_night = np.log(bars.open[1:] / bars.close[:-1])
    assert np.sort(np.abs(over_night))[-2] < 0.17
    assert (show_time(bars.time[0]), show_time(bars.time[-1])) == ("2000-03-01", "2013-03-01")


def test_capital_letters_do_not_matter():
    assert load_bars("sample:aapl").digest == load_bars("sample:AAPL").digest
    assert load_bars("Sample: AAPL").symbol == "AAPL"


def test_part_of_a_sample_can_be_loaded():
    bars = load_bars("sample:AAPL", start="2010", end="2010-12-31", symbol="X")
    assert (len(bars), bars.symbol) == (252, "X")
    with pytest.raises(BarsError, match="They run from 2000-03-01 to 2013-03-01"):
        load_bars("sample:AAPL", start="2014")


def test_unknown_sample_is_refused_with_a_suggestion():
    with pytest.raises(UnknownNameError) as caught:
        load_bars("sample:AAPPL")
    assert str(caught.value) == "There is no sample named 'AAPPL'. Did you mean 'AAPL'?"


def test_samples_are_adjusted_and_in_their_zone_already():
    with pytest.raises(BarsError, match=r"sample:AAPL is adjusted already\. Leave adjust out\."):
        load_bars("sample:AAPL", adjust=True)
    with pytest.raises(BarsError, match=r"sample:AAPL is in the time zone America/New_York\. Le"):
        load_bars("sample:AAPL", timezone="UTC")
    with pytest.raises(BarsError, match="sample:AAPL does not hold bars of 5 minutes"):
        load_bars("sample:AAPL", timeframe="5m")


@pytest.mark.skipif(not SCRIPT.exists(), reason="the tool is only in the source tree")
def test_the_tool_rebuilds_every_file(tmp_path):
    pytest.importorskip("bokeh_sampledata")
    if version("bokeh_sampledata") != "2026.1":
        pytest.skip("another version of bokeh_sampledata holds other data")
    subprocess.run([sys.executable, str(SCRIPT), "--into", str(tmp_path)], check=True)
    made = sorted(path.name for path in tmp_path.iterdir())
    shipped_bars = (path.name for path in DATA.glob("*.csv.gz"))
    assert made == sorted(["samples.json", *shipped_bars])
    assert json.loads((tmp_path / "samples.json").read_text()) == json.loads(
        (DATA / "samples.json").read_text()
    )
    for name in NAMES:  # what is inside: another zlib may pack the same text otherwise
        file = f"{name}.csv.gz"
        again, shipped = (tmp_path / file).read_bytes(), (DATA / file).read_bytes()
        assert gzip.decompress(again) == gzip.decompress(shipped)
