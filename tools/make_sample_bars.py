"""Rebuilds the sample bars in stratcraft_jupyter/data/: same input, same bytes.

Needs bokeh_sampledata 2026.1. Run: python tools/make_sample_bars.py [--into FOLDER]
"""

import argparse
import gzip
import io
import json
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from stratcraft_jupyter.market import Sample, load_bars
from stratcraft_jupyter.market.problems import show_time
from stratcraft_jupyter.market.synthetic import session_walk

DATA = Path(__file__).resolve().parents[1] / "stratcraft_jupyter" / "data"
SOURCE_VERSION = "2026.1"
COMPANIES = {"AAPL": "Apple", "IBM": "IBM", "MSFT": "Microsoft"}
SEED = 20240102
SESSIONS = 63
HEADER = "Date,Open,High,Low,Close,Volume\n"


def main() -> None:
    """Write every sample and the index of samples into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=DATA, help="folder to write to")
    folder = parser.parse_args().into
    folder.mkdir(parents=True, exist_ok=True)
    samples = [daily_sample(folder, name) for name in COMPANIES]
    samples.append(intraday_sample(folder))
    index = json.dumps([asdict(sample) for sample in samples], indent=2) + "\n"
    (folder / "samples.json").write_text(index, "utf-8")


def daily_sample(folder: Path, name: str) -> Sample:
    """Write one share's daily bars, rescaled so that close is the adjusted close."""
    from bokeh_sampledata import stocks

    if version("bokeh_sampledata") != SOURCE_VERSION:
        raise SystemExit(f"Install bokeh_sampledata {SOURCE_VERSION}; the samples are its data.")
    source = getattr(stocks, name)
    adjusted = np.array(source["adj_close"])
    factor = adjusted / np.array(source["close"])
    prices = [np.array(source[field]) * factor for field in ("open", "high", "low")]
    write_csv(folder / f"{name}.csv.gz", source["date"], [*prices, adjusted], source["volume"], 6)
    return describe(
        folder,
        name,
        title=f"{COMPANIES[name]} ({name}), daily",
        timeframe="1d",
        origin=(
            f"Quandl WIKI Prices by way of bokeh_sampledata {SOURCE_VERSION}; "
            "open, high, low and close rescaled by the adjusted close, volume as reported"
        ),
        licence="Public domain",
    )


def intraday_sample(folder: Path) -> Sample:
    """Write made-up 5-minute bars."""
    bars = session_walk(SESSIONS, seed=SEED, timeframe="5m", symbol="SYNTH-5M")
    times = [text.replace("T", " ") for text in np.datetime_as_string(bars.time, unit="m")]
    prices = [bars.open, bars.high, bars.low, bars.close]
    write_csv(folder / "SYNTH-5M.csv.gz", times, prices, bars.volume.astype(int).tolist(), 2)
    return describe(
        folder,
        "SYNTH-5M",
        title="Synthetic 5-minute bars, not a real market",
        timeframe="5m",
        origin=f"Synthetic: made up by stratcraft_jupyter.market.synthetic from seed {SEED}",
        licence="BSD-3-Clause, as this package",
    )


def write_csv(
    path: Path,
    times: list[str],
    prices: list[NDArray[np.float64]],
    volumes: list[int],
    decimals: int,
) -> None:
    """Write bars as gzipped CSV without a time stamp in the gzip header."""
    lines = [HEADER]
    for time, *row, volume in zip(times, *prices, volumes, strict=True):
        lines.append(",".join([time, *(f"{price:.{decimals}f}" for price in row), f"{volume}\n"]))
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=buffer, mtime=0) as file:
        file.write("".join(lines).encode())
    path.write_bytes(buffer.getvalue())


def describe(
    folder: Path, name: str, *, title: str, timeframe: str, origin: str, licence: str
) -> Sample:
    """What the index says of a sample just written."""
    bars = load_bars(
        folder / f"{name}.csv.gz", symbol=name, timeframe=timeframe, timezone="America/New_York"
    )
    first, last = show_time(bars.time[0]), show_time(bars.time[-1])
    zone, digest = bars.timezone or "", bars.digest
    return Sample(name, title, timeframe, zone, len(bars), first, last, origin, licence, digest)


if __name__ == "__main__":
    main()
