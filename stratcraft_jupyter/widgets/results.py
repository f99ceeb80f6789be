"""`ResultsView`: what a backtest came to, as charts, metrics and trades."""

from html import escape
from typing import TYPE_CHECKING

import ipywidgets

from stratcraft_jupyter.backtest import BacktestResult, Trade
from stratcraft_jupyter.market import Bars
from stratcraft_jupyter.widgets import numbers
from stratcraft_jupyter.widgets.error_line import ErrorLine
from stratcraft_jupyter.widgets.look import Look
from stratcraft_jupyter.widgets.metrics_table import metrics_html
from stratcraft_jupyter.widgets.results_style import results_style
from stratcraft_jupyter.widgets.trades_table import TradesTable

if TYPE_CHECKING:
    from stratcraft_jupyter.widgets.charts.data import ChartData

FILL_RULES = "Market orders fill at the next open."


class ResultsView(ipywidgets.VBox):  # type: ignore[misc]  # ipywidgets is untyped
    """Charts, metrics and trades of one result.

    Args:
        result: What to show.
        bars: The bars it was run on; may be left out for a fresh result, which holds them.
    """

    def __init__(self, result: BacktestResult, bars: Bars | None = None) -> None:
        # bqplot takes most of a second to import, so it waits until there is something to draw.
        from stratcraft_jupyter.widgets.charts.view import ChartsView

        look = Look()
        self._errors = ErrorLine(look)
        self._head = look.text(value=head_html(result))
        self._charts = ChartsView(_chart_data(result, bars), look, self._errors.guard)
        self._metrics = look.text(value=metrics_html(result))
        self._trades = TradesTable(look, self._show_trade, self._errors.guard)
        self._trades.show(result.trades)
        self._foot = look.text(value=foot_html(result))
        super().__init__(
            [
                self._head,
                self._errors.widget,
                self._charts,
                self._metrics,
                self._trades.widget,
                self._foot,
            ]
        )
        self.add_class("jp-StratCraft-Results")

    @property
    def charts(self) -> "ipywidgets.VBox":
        """The charts alone."""
        return self._charts

    def update(self, result: BacktestResult, bars: Bars | None = None) -> None:
        """Show another result in place of this one, in the same figures."""
        data = _chart_data(result, bars)
        self._head.value = head_html(result)
        self._charts.update(data)
        self._metrics.value = metrics_html(result)
        self._trades.show(result.trades)
        self._foot.value = foot_html(result)

    def _show_trade(self, trade: Trade) -> None:
        last = trade.entry_bar + trade.bars if trade.exit_bar is None else trade.exit_bar
        self._charts.show_bars(trade.entry_bar, last)


def _chart_data(result: BacktestResult, bars: Bars | None) -> "ChartData":
    from stratcraft_jupyter.widgets.charts.data import bars_of, chart_data

    return chart_data(result, bars_of(result, bars))


def head_html(result: BacktestResult) -> str:
    """The warnings, and one line on what was run and by which rules."""
    warnings = "".join(
        f'<div class="jp-StratCraft-Warning">{escape(warning)}</div>' for warning in result.warnings
    )
    config, time = result.config, result.equity_curve.time
    told = (
        f"{result.symbol} {result.timeframe}",
        f"{numbers.moment(time[0])} to {numbers.moment(time[-1])}",
        f"{result.bar_count:,} bars",
        f"cash {numbers.plain(config.cash, 0)}",
        f"commission {numbers.rate(config.commission)}",
        f"slippage {numbers.rate(config.slippage)}",
    )
    return (
        f'{results_style()}<div role="status">{warnings}</div><div class="jp-StratCraft-Summary">'
        f"<b>{escape(result.strategy_name)}</b> "
        f"<span>{escape(' · '.join(told))}. {escape(FILL_RULES)}</span></div>"
    )


def foot_html(result: BacktestResult) -> str:
    """How it ran: time taken, what could not be enforced, what the strategy printed."""
    parts = [f"<p>Ran in {numbers.plain(result.elapsed)} s.</p>"]
    if result.isolation.missing:
        missing = "; ".join(result.isolation.missing)
        parts.append(f"<p>Not enforced on this system: {escape(missing)}.</p>")
    if result.output:
        parts.append(f"<p>Printed by the strategy:</p><pre>{escape(result.output)}</pre>")
    return (
        '<details class="jp-StratCraft-Details"><summary>How it ran</summary>'
        f"{''.join(parts)}</details>"
    )


def preload_charts() -> None:
    """Import what draws charts now, so that the first result appears at once."""
    from stratcraft_jupyter.widgets.charts import view  # noqa: F401 - the import is the job
