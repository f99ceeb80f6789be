"""The sample bars that come with the package; their index and files are in ``data/``."""

import gzip
import json
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from stratcraft_jupyter.errors import UnknownNameError
from stratcraft_jupyter.market.sources.csv_file import read_csv
from stratcraft_jupyter.market.table import Table


@dataclass(frozen=True, slots=True)
class Sample:
    """What is known about shipped sample bars without loading them.

    Attributes:
        name: Its name in ``load_bars("sample:NAME")``.
        title: One line for people.
        timeframe: Timeframe of the bars.
        timezone: Zone of the bars' wall clock.
        bars: How many bars there are.
        first: Time of the first bar.
        last: Time of the last bar.
        origin: Where the bars come from.
        licence: On which terms they may be used.
        digest: `Bars.digest` of the whole sample.
    """

    name: str
    title: str
    timeframe: str
    timezone: str
    bars: int
    first: str
    last: str
    origin: str
    licence: str
    digest: str


@cache
def list_samples() -> tuple[Sample, ...]:
    """Every sample that comes with the package."""
    index: list[dict[str, Any]] = json.loads((_data() / "samples.json").read_text("utf-8"))
    return tuple(Sample(**entry) for entry in index)


def open_sample(name: str) -> Table:
    """The table of the sample of that name; capital letters do not matter."""
    known = {sample.name: sample for sample in list_samples()}
    if name.upper() not in known:
        raise UnknownNameError("sample", name, known)
    sample = known[name.upper()]
    text = gzip.decompress((_data() / f"{sample.name}.csv.gz").read_bytes()).decode("utf-8")
    table = read_csv(text, name=f"sample:{sample.name}", symbol=sample.name)
    return replace(
        table,
        origin=f"{sample.title}. {sample.origin}",
        timeframe=sample.timeframe,
        timezone=sample.timezone,
        is_adjusted=True,
    )


def _data() -> Any:  # noqa: ANN401 - Traversable has moved between standard modules
    return files("stratcraft_jupyter") / "data"
