"""What a worker is given: the source, the settings it needs, and the bars as raw arrays."""

import keyword
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from stratcraft_jupyter.backtest.config import BacktestConfig
from stratcraft_jupyter.backtest.protocol import pack
from stratcraft_jupyter.errors import BacktestError, told

if TYPE_CHECKING:
    from stratcraft_jupyter.backtest.feeds import Feed
    from stratcraft_jupyter.market import Bars
    from stratcraft_jupyter.market.further import Arrivals

SOURCE_LIMIT = 1_000_000
_COLUMNS = ("open", "high", "low", "close", "volume")


def check_bars(bars: object) -> None:
    """Refuse anything but ``Bars``, as a DataFrame someone has at hand."""
    if not hasattr(bars, "between") or not hasattr(bars, "digest"):
        call = f"load_bars({bars!r})" if isinstance(bars, str) else "load_bars(...)"
        raise BacktestError(
            f"The bars are {told(bars)}, not Bars.",
            hint=f"Load them first: {call}.",
            kind="config",
        )


def check_config(config: object) -> BacktestConfig:
    """The settings, which are the usual ones if there are none."""
    if config is None:
        return BacktestConfig()
    if not isinstance(config, BacktestConfig):
        raise BacktestError(
            f"The settings are {told(config)}, not a BacktestConfig.",
            hint="Give BacktestConfig(cash=100_000), or leave them out.",
            kind="config",
        )
    return config


def check_source(source: object) -> None:
    """Refuse a source that cannot be code at all; everything else is the worker's business."""
    if not isinstance(source, str) or _is_name_or_path(source):
        raise BacktestError(
            f"The strategy is {told(source)}, not source code.",
            hint=_how_to_get_source(source),
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


def _is_name_or_path(text: str) -> bool:
    if len(text) > 1_000 or "\n" in text:
        return False
    is_word = text.isidentifier() and not keyword.iskeyword(text)
    return is_word or text.endswith((".py", ".json"))


def _how_to_get_source(given: object) -> str:
    if isinstance(given, str | os.PathLike) and str(given).endswith(".py"):
        return "Read the file first: Path(...).read_text()."
    if hasattr(given, "nodes") and hasattr(given, "edges"):
        return "Compile the graph first: compile_strategy(graph)."
    return "Give the text of a module, as compile_strategy(graph) returns it."


def pack_job(
    source: str,
    bars: "Bars",
    config: BacktestConfig,
    nonce: str,
    *,
    feeds: "Iterable[tuple[Feed, Arrivals]]" = (),
    lean: bool = True,
) -> list[bytes | memoryview]:
    """The message that starts a run.

    Args:
        source: The strategy.
        bars: The bars to run on.
        config: The settings; the dates have been applied to the bars already.
        nonce: Comes back with every message of this run.
        feeds: Further bars. Each row is sent with the time of the bar on which it becomes known:
            so every bar of the run is one step of Backtrader's loop.
        lean: False keeps to Backtrader's own loop.
    """
    header: dict[str, Any] = {
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
        "feeds": [],
    }
    time = bars.time.astype("datetime64[ns]").view(np.int64)
    arrays = {"time": time.data}
    for name in _COLUMNS:
        arrays[name] = np.ascontiguousarray(getattr(bars, name), dtype=np.float64).data
    for number, (feed, rows) in enumerate(feeds):
        length = feed.timeframe or bars.timeframe
        header["feeds"].append({"name": feed.name, "timeframe": length})
        arrays[f"time {number}"] = time[rows.at].data
        arrays |= {f"{name} {number}": rows.columns[name].data for name in _COLUMNS}
    return pack(header, arrays)
