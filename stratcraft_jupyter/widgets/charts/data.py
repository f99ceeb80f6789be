"""What the charts know of one result: columns, lines and executions, worked out once."""

from dataclasses import dataclass

import numpy as np

from stratcraft_jupyter.backtest import BacktestResult
from stratcraft_jupyter.backtest.actions import Action
from stratcraft_jupyter.errors import BacktestError
from stratcraft_jupyter.market import Bars
from stratcraft_jupyter.widgets.charts.aggregate import Floats, Ints
from stratcraft_jupyter.widgets.charts.markers import Executions, executions_by_action
from stratcraft_jupyter.widgets.charts.ticks import TimeTicks


@dataclass(frozen=True, eq=False)
class Legs:
    """Where each trade began and ended, open ones at the last bar.

    Attributes:
        bars: First and last bar of each trade, one row a trade.
        prices: Entry and exit price of each trade.
    """

    bars: Ints
    prices: Floats


@dataclass(frozen=True, eq=False)
class ChartData:
    """Everything the charts draw from, at full resolution.

    Attributes:
        bars: The bars that were run.
        equity: Value of the account after each bar.
        benchmark: Value of buy and hold after each bar.
        drawdown: Fraction below the highest value so far, after each bar.
        executions: What the fills did, by action.
        legs: Where trades began and ended.
        ticks: The dates and times on the bar axis.
    """

    bars: Bars
    equity: Floats
    benchmark: Floats
    drawdown: Floats
    executions: dict[Action, Executions]
    legs: Legs
    ticks: TimeTicks

    def __len__(self) -> int:
        return len(self.bars)


def bars_of(result: BacktestResult, bars: Bars | None = None) -> Bars:
    """The bars that ``result`` was run on: ``bars`` between its dates, or its own.

    Raises:
        BacktestError: If there are no bars, or they are not those of the run.
    """
    source = result.bars if bars is None else bars
    if source is None:
        raise BacktestError(
            "This result holds no bars to draw.",
            hint="Give the bars it was run on as the second argument.",
        )
    if len(source) != result.bar_count:
        source = source.between(result.config.start, result.config.end)
    if source.digest != result.bars_digest:
        raise BacktestError(
            f"These bars of {source.symbol} are not the ones this result was run on.",
            hint="Give the bars that went into run_backtest.",
        )
    return source


def chart_data(result: BacktestResult, bars: Bars) -> ChartData:
    """What to draw of ``result``; ``bars`` are exactly those of the run."""
    curve = result.equity_curve
    return ChartData(
        bars=bars,
        equity=curve.value,
        benchmark=curve.benchmark,
        drawdown=curve.drawdown,
        executions=executions_by_action(result.fills),
        legs=_legs(result, bars),
        ticks=TimeTicks(bars.time),
    )


def _legs(result: BacktestResult, bars: Bars) -> Legs:
    trades, final = result.trades, float(bars.close[-1])
    legs = np.empty((len(trades), 2), dtype=np.int64)
    prices = np.empty((len(trades), 2))
    for row, trade in enumerate(trades):
        legs[row] = trade.entry_bar, len(bars) - 1 if trade.exit_bar is None else trade.exit_bar
        prices[row] = trade.entry_price, final if trade.exit_price is None else trade.exit_price
    return Legs(bars=legs, prices=prices)
