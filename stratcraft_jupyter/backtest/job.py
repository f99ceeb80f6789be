"""What a worker is given: the source, the settings it needs, and the bars as raw arrays."""

from typing import TYPE_CHECKING

import numpy as np

from stratcraft_jupyter.backtest.config import BacktestConfig
from stratcraft_jupyter.backtest.protocol import pack
from stratcraft_jupyter.errors import BacktestError

if TYPE_CHECKING:
    from stratcraft_jupyter.market import Bars

SOURCE_LIMIT = 1_000_000
_COLUMNS = ("open", "high", "low", "close", "volume")


def check_bars(bars: object) -> None:
    """Refuse anything but ``Bars``, as a DataFrame someone has at hand."""
    if not hasattr(bars, "between") or not hasattr(bars, "digest"):
        raise BacktestError(
            f"The bars are given as {type(bars).__name__}.",
            hint="Turn them into bars with load_bars(...) first.",
            kind="config",
        )


def check_source(source: str) -> None:
    """Refuse a source that cannot be code at all; everything else is the worker's business."""
    if not isinstance(source, str):
        raise BacktestError(
            f"The strategy is given as {type(source).__name__}, not as text.",
            hint="Give the source code of the strategy as a string.",
            kind="source",
        )
    if len(source) > SOURCE_LIMIT:
        raise BacktestError(
            f"The strategy has {len(source):,} characters; at most {SOURCE_LIMIT:,} are run.",
            hint="Give a shorter module.",
            kind="source",
        )
    try:
        source.encode()
    except UnicodeEncodeError as error:
        raise BacktestError(
            "The strategy holds characters that are no valid text.",
            hint="Remove them, or save the code as UTF-8 and load it again.",
            line=source.count("\n", 0, error.start) + 1,
            kind="source",
        ) from error


def pack_job(
    source: str, bars: "Bars", config: BacktestConfig, nonce: str, *, lean: bool = True
) -> list[bytes | memoryview]:
    """The message that starts a run.

    Args:
        source: The strategy.
        bars: The bars to run on.
        config: The settings; the dates have been applied to the bars already.
        nonce: Comes back with every message of this run.
        lean: False keeps to Backtrader's own loop.
    """
    header = {
        "nonce": nonce,
        "source": source,
        "symbol": bars.symbol,
        "timeframe": bars.timeframe,
        "cash": config.cash,
        "commission": config.commission,
        "slippage": config.slippage,
        "sizing_percent": config.sizing_percent,
        "time_limit": config.time_limit,
        "lean": lean,
    }
    arrays = {"time": bars.time.astype("datetime64[ns]").view(np.int64).data}
    for name in _COLUMNS:
        arrays[name] = np.ascontiguousarray(getattr(bars, name), dtype=np.float64).data
    return pack(header, arrays)
