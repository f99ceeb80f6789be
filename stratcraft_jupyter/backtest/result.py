"""What a finished backtest gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from stratcraft_jupyter.backtest.config import BacktestConfig
from stratcraft_jupyter.backtest.metrics import Metrics
from stratcraft_jupyter.backtest.records import (
    EquityCurve,
    Fill,
    Isolation,
    OrderCensus,
    Trade,
)

if TYPE_CHECKING:
    from stratcraft_jupyter.market import Bars


@dataclass(frozen=True, slots=True)
class BacktestResult:
    """One finished run of one strategy on one series of bars.

    Attributes:
        strategy_name: Name of the strategy class that ran.
        symbol: What was traded.
        timeframe: Length of a bar, such as ``"1d"``.
        bar_count: Number of bars run.
        bars_digest: SHA-256 of those bars.
        config: The settings of the run.
        fills: Every execution, in order.
        trades: Round trips; the last may be open, marked to the last close.
        orders: How many orders there were, by outcome.
        equity_curve: Value of the account and of buy and hold, after each bar.
        metrics: Figures of merit.
        warnings: What a reader of the figures should know, one sentence or two each.
        probe: Counts the strategy left in its attribute ``probe_counts``.
        output: What the strategy printed, shortened if long.
        isolation: What kept the strategy away from the rest of the system.
        elapsed: Seconds from start to finish.
        bars: The bars run, for charts. Not part of the JSON form, nor of equality.
    """

    strategy_name: str
    symbol: str
    timeframe: str
    bar_count: int
    bars_digest: str
    config: BacktestConfig
    fills: tuple[Fill, ...]
    trades: tuple[Trade, ...]
    orders: OrderCensus
    equity_curve: EquityCurve
    metrics: Metrics
    warnings: tuple[str, ...]
    probe: Mapping[str, int]
    output: str
    isolation: Isolation
    elapsed: float
    bars: "Bars | None" = field(default=None, compare=False, repr=False)

    def to_json(self) -> str:
        """The result as JSON text; ``from_json`` gives back an equal result."""
        from stratcraft_jupyter.backtest.result_json import result_to_json

        return result_to_json(self)

    @classmethod
    def from_json(cls, text: str) -> "BacktestResult":
        """The result in JSON ``text``, without its bars."""
        from stratcraft_jupyter.backtest.result_json import result_from_json

        return result_from_json(text)

    def report(self, path: str | Path, *, bars: "Bars | None" = None) -> Path:
        """A self-contained HTML page at ``path``, with charts, metrics and all trades.

        Args:
            path: Where to write; an existing file is replaced.
            bars: The bars that were run, for the price chart of a result read from JSON.
        """
        from stratcraft_jupyter.backtest.report import write_report

        return write_report(self, Path(path), bars or self.bars)

    def __repr__(self) -> str:
        total = self.metrics.total_return
        gain = "" if total is None else f", total return {total:+.2%}"
        trades = "1 trade" if len(self.trades) == 1 else f"{len(self.trades):,} trades"
        return (
            f"BacktestResult({self.strategy_name} on {self.symbol} {self.timeframe}, "
            f"{self.bar_count:,} bars, {len(self.fills):,} fills, {trades}{gain})"
        )
