"""A finished backtest as one HTML page: no script, no network, nothing but text and drawings."""

from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

import numpy as np

from stratcraft_jupyter.backtest import colors
from stratcraft_jupyter.backtest.actions import MARKS, split_by_action
from stratcraft_jupyter.backtest.metric_text import (
    METRIC_DEFINITIONS,
    METRIC_TITLES,
    format_metric,
)
from stratcraft_jupyter.backtest.records import Trade
from stratcraft_jupyter.backtest.report_charts import (
    MOST_BUCKETS,
    draw_candles,
    draw_drawdown,
    draw_equity,
)
from stratcraft_jupyter.backtest.result import BacktestResult
from stratcraft_jupyter.backtest.result_json import iso_time
from stratcraft_jupyter.errors import BacktestError

if TYPE_CHECKING:
    from stratcraft_jupyter.market import Bars

_TILES = ("total_return", "cagr", "sharpe_ratio", "max_drawdown", "win_rate", "trade_count")
_COLORS = {
    "up": colors.UP,
    "down": colors.DOWN,
    "equity": colors.EQUITY,
    "benchmark": colors.QUIET,
    "drawdown": colors.DRAWDOWN,
}
_RULES = (
    "Market orders fill at the open of the next bar. Commission is a part of the value of each "
    "fill. The benchmark puts all the cash into the first close and holds it, without costs."
)


def write_report(result: BacktestResult, path: Path, bars: "Bars | None") -> Path:
    """Write the page for ``result`` to ``path``; without ``bars`` there is no price chart.

    Raises:
        BacktestError: If the bars are not those of the result, or the file cannot be written.
    """
    if bars is not None and bars.digest != result.bars_digest:
        bars = bars.between(result.config.start, result.config.end)
        if bars.digest != result.bars_digest:
            raise BacktestError(
                f"These bars of {bars.symbol} are not the ones that were run.",
                hint="Give the bars of the run, or leave them out.",
                kind="report",
            )
    try:
        path.write_text(render_report(result, bars), encoding="utf-8")
    except OSError as error:
        raise BacktestError(
            f"The report cannot be written to {path}: {error.strerror or error}.",
            hint="Choose a folder that exists and that you may write to.",
            kind="report",
        ) from error
    return path


def render_report(result: BacktestResult, bars: "Bars | None") -> str:
    """The page as text; everything that comes from outside is escaped."""
    template = files("stratcraft_jupyter.backtest").joinpath("report.html").read_text("utf-8")
    name = f"{result.strategy_name} on {result.symbol}"
    return Template(template).substitute(
        title=escape(f"{name} - backtest"),
        colors=" ".join(f"--{part}: {color};" for part, color in _COLORS.items()),
        heading=escape(name),
        subtitle=escape(_subtitle(result, bars)),
        warnings="".join(f'<p class="note">{escape(text)}</p>' for text in result.warnings),
        tiles=_tiles(result),
        charts=_charts(result, bars),
        metrics=_metric_rows(result),
        trades=_trade_table(result.trades),
        output=_output(result.output),
        settings=escape(_settings(result)),
        rules=escape(_RULES),
        isolation=escape(_isolation(result)),
    )


def _subtitle(result: BacktestResult, bars: "Bars | None") -> str:
    time = result.equity_curve.time
    first, last = (str(moment.astype("datetime64[D]")) for moment in (time[0], time[-1]))
    told = f"{result.bar_count:,} bars of {result.timeframe}, {first} to {last}."
    return f"{told} {bars.origin}" if bars is not None and bars.origin else told


def _tiles(result: BacktestResult) -> str:
    values = result.metrics.to_dict()
    return "".join(
        f'<div class="tile"><span class="quiet">{escape(METRIC_TITLES[name])}</span>'
        f"<b>{escape(format_metric(name, values[name]))}</b></div>"
        for name in _TILES
    )


def _charts(result: BacktestResult, bars: "Bars | None") -> str:
    curve = result.equity_curve
    price = '<p class="quiet">The price chart needs the bars; this result came without them.</p>'
    if bars is not None:
        price = _legend(result) + draw_candles(bars, result.fills)
        step = -(-len(bars) // MOST_BUCKETS)
        if step > 1:
            price += f'<p class="quiet">Each candle sums up {step} bars.</p>'
    return (
        f"<h2>Price and fills</h2>{price}"
        '<h2>Equity curve</h2><p><span class="key"><i class="line"></i>Strategy</span>'
        '<span class="key"><i class="line dashed"></i>Buy and hold</span></p>'
        f"{draw_equity(curve)}<h2>Drawdown</h2>{draw_drawdown(curve)}"
    )


def _legend(result: BacktestResult) -> str:
    """What the marks mean that this price chart has."""
    shown = [MARKS[action] for action, found in split_by_action(result.fills).items() if found]
    keys = (
        f'<span class="key"><i style="color: {mark.color}">{mark.symbol}</i>{mark.title}</span>'
        for mark in shown
    )
    return f"<p>{''.join(keys)}</p>" if shown else ""


def _metric_rows(result: BacktestResult) -> str:
    return "\n".join(
        f'<tr><td>{escape(METRIC_TITLES[name])}</td><td class="number">'
        f"{escape(format_metric(name, value))}</td>"
        f'<td class="quiet">{escape(METRIC_DEFINITIONS[name])}</td></tr>'
        for name, value in result.metrics.to_dict().items()
    )


def _trade_table(trades: tuple[Trade, ...]) -> str:
    if not trades:
        return '<p class="quiet">There were no trades.</p>'
    names = ("#", "Side", "Size", "Entry", "Price", "Exit", "Price", "Bars", "Profit", "Return")
    numeric = {0, 2, 4, 6, 7, 8, 9}
    head = "".join(
        f'<th class="number">{name}</th>' if place in numeric else f"<th>{name}</th>"
        for place, name in enumerate(names)
    )
    rows = "\n".join(_trade_row(number, trade) for number, trade in enumerate(trades, start=1))
    return (
        f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>\n{rows}\n'
        "</tbody></table></div>"
    )


def _trade_row(number: int, trade: Trade) -> str:
    colour = "gain" if trade.profit > 0 else "loss"
    left = "open" if trade.exit_time is None else _when(trade.exit_time)
    price = "" if trade.exit_price is None else f"{trade.exit_price:,.6g}"
    return (
        f'<tr><td class="number">{number:,}</td><td>{trade.side}</td>'
        f'<td class="number">{trade.size:,.6g}</td><td>{_when(trade.entry_time)}</td>'
        f'<td class="number">{trade.entry_price:,.6g}</td><td>{left}</td>'
        f'<td class="number">{price}</td><td class="number">{trade.bars:,}</td>'
        f'<td class="number {colour}">{trade.profit:,.2f}</td>'
        f'<td class="number {colour}">{trade.return_ * 100:,.2f} %</td></tr>'
    )


def _when(time: np.datetime64) -> str:
    return iso_time(time).removesuffix("T00:00:00").replace("T", " ")


def _output(text: str) -> str:
    return f"<h2>Printed by the strategy</h2><pre>{escape(text)}</pre>" if text.strip() else ""


def _settings(result: BacktestResult) -> str:
    config = result.config
    return (
        f"Cash {config.cash:,.2f}, commission {config.commission * 100:g} %, slippage "
        f"{config.slippage * 100:g} %, {config.sizing_percent:g} % of the cash for orders without "
        f"a size. Bars {result.bars_digest[:12]}. Run in {result.elapsed:.2f} s."
    )


def _isolation(result: BacktestResult) -> str:
    told = (
        f"The strategy ran apart from the rest of the system: {_list(result.isolation.enforced)}."
    )
    if result.isolation.missing:
        told += f" Not enforced on this system: {_list(result.isolation.missing)}."
    return told


def _list(names: tuple[str, ...]) -> str:
    return "; ".join(names) or "nothing"
