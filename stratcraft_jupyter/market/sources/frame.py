"""Reads pandas, polars and Arrow tables through narwhals; imports none of those libraries."""

import re
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from stratcraft_jupyter.errors import BarsError, told
from stratcraft_jupyter.market.columns import ParsedNumbers, ParsedTimes
from stratcraft_jupyter.market.number_text import parse_numbers
from stratcraft_jupyter.market.table import Table
from stratcraft_jupyter.market.time_text import FIRST_YEAR, LAST_YEAR, parse_times
from stratcraft_jupyter.market.zones import is_zone, wall_clock

_FIXED_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)$")

Series = nw.Series[Any]
Frame = nw.DataFrame[Any]


def open_frame(frame: object) -> Table:
    """The table in a pandas, polars or pyarrow one; a pandas index of times is a column too.

    Raises:
        BarsError: It is no eager table, or its columns are of several symbols.
    """
    symbol = "DATA"
    if hasattr(frame, "reset_index"):  # only pandas and its like have an index
        frame, symbol = _flatten_columns(frame, symbol)
        frame = _index_as_column(frame)
    narrow = _wrap(frame)
    library = nw.get_native_namespace(narrow).__name__.partition(".")[0]
    return read_frame(narrow, name="The DataFrame", origin=f"{library} DataFrame", symbol=symbol)


def read_frame(frame: Frame, *, name: str, origin: str, symbol: str) -> Table:
    """The table in a narwhals DataFrame.

    Args:
        frame: Columns of any kind.
        name: What messages call it.
        origin: One line: where the rows come from.
        symbol: What is traded.
    """
    if not len(frame):
        raise BarsError(f"{name} has no rows.", hint="Give at least two bars.")
    return Table(
        name=name,
        origin=origin,
        rows=len(frame),
        columns=tuple((label, SeriesColumn(frame[label])) for label in frame.columns),
        place=lambda row: f"row {row} counted from 0",
        sort_hint=lambda column: f"Sort it by {column!r} first.",
        symbol=symbol,
    )


def _wrap(frame: object) -> Frame:
    try:
        return nw.from_native(frame, eager_only=True)
    except TypeError as error:
        lazy = hasattr(frame, "collect")
        raise BarsError(
            f"Bars cannot be loaded from {told(frame)}.",
            hint=(
                "Call .collect() on it first."
                if lazy
                else 'Give "sample:AAPL", the path of a .csv or .parquet file, or a DataFrame.'
            ),
        ) from error
    except ValueError as error:
        raise BarsError(
            "The DataFrame has two columns of the same name.", hint="Remove or rename one of them."
        ) from error


def _flatten_columns(frame: Any, symbol: str) -> tuple[Any, str]:  # noqa: ANN401 - theirs
    """One level of column names, and the symbol of the other level (as yfinance gives them)."""
    levels = getattr(getattr(frame, "columns", None), "nlevels", 1)
    if levels == 1:
        return frame, symbol
    symbols = sorted({str(name) for name in frame.columns.get_level_values(1)})
    if levels > 2 or len(symbols) > 1:
        raise BarsError(
            f"The DataFrame has columns for several symbols: {', '.join(symbols[:10])}.",
            hint=f"Choose one, for example frame.xs({symbols[0]!r}, axis=1, level=1).",
        )
    return frame.droplevel(1, axis=1), symbols[0]


def _index_as_column(frame: Any) -> Any:  # noqa: ANN401 - the user's own table
    """A pandas table with its index, unless that only counts rows, as its first column."""
    if not hasattr(frame, "columns") or getattr(frame.index.dtype, "kind", "O") in "iuf":
        return frame
    if frame.index.nlevels > 1:
        return frame.reset_index()
    name = "Date" if frame.index.name is None else frame.index.name
    if name in frame.columns:
        return frame
    return frame.rename_axis(index=name).reset_index()


@dataclass(frozen=True)
class SeriesColumn:
    """A column of a table in memory."""

    series: Series

    def numbers(self) -> ParsedNumbers:
        """The column as numbers."""
        dtype = self.series.dtype
        if dtype.is_numeric():
            values = self.series.cast(nw.Float64).to_numpy()
            return ParsedNumbers(np.asarray(values, dtype=np.float64))
        return parse_numbers(self.texts())

    def times(self) -> ParsedTimes:
        """The column as times."""
        zone = getattr(getattr(self.series.to_native(), "dtype", None), "tz", None)
        if zone is not None:
            return self._pandas_zoned(str(zone))
        dtype = self.series.dtype
        if isinstance(dtype, nw.Datetime) and dtype.time_zone:
            return self._zoned(dtype.time_zone)
        if isinstance(dtype, nw.Datetime | nw.Date):
            return _in_range(np.asarray(self.series.to_numpy()))
        return parse_times(self.texts())

    def texts(self) -> list[str]:
        """The column as text."""
        values = self.series.to_list()
        if self.series.dtype in (
            nw.Float32,
            nw.Float64,
        ):  # whole numbers with gaps are floats in pandas
            values = [int(value) if value and value % 1 == 0 else value for value in values]
        return ["" if value is None else str(value) for value in values]

    def _pandas_zoned(self, zone: str) -> ParsedTimes:
        # narwhals does not see the zone of pandas times if its name has an underscore
        clock = self.series.to_native().dt
        wall = _in_range(clock.tz_localize(None).to_numpy())
        utc = _in_range(clock.tz_convert("UTC").dt.tz_localize(None).to_numpy())
        return ParsedTimes(wall.wall, utc.wall, zone if is_zone(zone) else None, bad=utc.bad)

    def _zoned(self, zone: str) -> ParsedTimes:
        missing = self.series.is_null().to_numpy()
        counts = self.series.dt.timestamp("us").fill_null(0).to_numpy()
        utc = np.asarray(counts).astype(np.int64).astype("M8[us]")
        utc[missing] = np.datetime64("NaT")
        times = _in_range(utc)
        offset = _FIXED_OFFSET.search(zone)
        if offset is None:
            return ParsedTimes(wall_clock(times.wall, zone), times.wall, zone, bad=times.bad)
        minutes = int(offset[1] + offset[2]) * 60 + int(offset[1] + offset[3])
        wall = times.wall + np.timedelta64(minutes, "m")
        return ParsedTimes(wall, times.wall, None, bad=times.bad)


def _in_range(times: NDArray[np.generic]) -> ParsedTimes:
    """Times in nanoseconds; a year that these cannot count is named, not wrapped round."""
    stamps = times if times.dtype.kind == "M" else times.astype("M8[us]")
    years = stamps.astype("M8[Y]").astype(np.int64) + 1970
    outside = ~np.isnat(stamps) & ((years < FIRST_YEAR) | (years > LAST_YEAR))
    bad = {
        row: f"the year {years[row]} is not between {FIRST_YEAR} and {LAST_YEAR}"
        for row in np.flatnonzero(outside).tolist()
    }
    safe = np.where(outside, np.datetime64("NaT"), stamps)
    return ParsedTimes(safe.astype("M8[ns]"), bad=bad, hint="Correct it or remove the row.")
