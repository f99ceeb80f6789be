"""`load_bars`: from any source to checked `Bars`, in one fixed order of steps."""

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from stratcraft_jupyter.errors import BarsError
from stratcraft_jupyter.market.assemble import assemble
from stratcraft_jupyter.market.bars import Bars, When
from stratcraft_jupyter.market.gaps import gap_notes
from stratcraft_jupyter.market.sources import open_table
from stratcraft_jupyter.market.timeframe import get_timeframe

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame


def load_bars(
    source: "str | os.PathLike[str] | IntoDataFrame",
    *,
    symbol: str | None = None,
    timeframe: str | None = None,
    timezone: str | None = None,
    start: When | None = None,
    end: When | None = None,
    adjust: bool = False,
) -> Bars:
    """Bars from a sample, a CSV or Parquet file, or a pandas or polars DataFrame.

    Columns are found by name, whatever their case: Date (or Datetime, Timestamp, Time, or Date
    and Time), Open, High, Low, Close, and Volume (0 if there is none). Rows must be in order of
    time. Nothing is repaired in silence: what is wrong is refused with the row named, what is
    worth knowing is in `Bars.notes`.

    Args:
        source: ``"sample:AAPL"`` (see `list_samples`), the path of a file, or a DataFrame.
        symbol: What is traded; by default what the source says, or the file's name.
        timeframe: Such as ``"1d"`` or ``"5m"``; by default told from the median step.
        timezone: IANA name of the exchange's zone. Times that have a zone or an offset, and
            counts since 1970, are converted to it; plain times are taken to be in it. By default
            times keep the wall clock they are written in.
        start: Leave out bars before this; see `Bars.between`.
        end: Leave out bars after this; a day counts to its end.
        adjust: Rescale open, high, low and close so that close equals the column Adj Close,
            which takes out splits and dividends. Volume stays. By default that column is ignored.

    Raises:
        BarsError: The bars cannot be used; the message names file, row and column.
        UnknownNameError: There is no such sample or timeframe.
    """
    if isinstance(source, Bars):
        raise BarsError(
            "These are bars already.",
            hint="Use them as they are; bars.between(start, end) takes a part.",
        )
    table = open_table(source)
    bars = assemble(table, symbol=symbol, timeframe=timeframe, timezone=timezone, adjust=adjust)
    if start is not None or end is not None:
        bars = bars.between(start, end)
    return replace(bars, notes=(*bars.notes, *gap_notes(bars.time, get_timeframe(bars.timeframe))))
