"""The figures of merit of a result as HTML tables, with their definitions."""

from html import escape

from stratcraft_jupyter.backtest import (
    METRIC_DEFINITIONS,
    METRIC_TITLES,
    BacktestResult,
    format_metric,
)
from stratcraft_jupyter.backtest.metrics import bars_per_year

UNDEFINED = format_metric("cagr", None)

_GROUPS = {
    "Return": ("total_return", "benchmark", "cagr", "final_value", "total_commission"),
    "Risk": (
        "max_drawdown",
        "max_drawdown_duration",
        "annual_volatility",
        "value_at_risk",
        "exposure",
    ),
    "Ratios": ("sharpe_ratio", "sortino_ratio", "calmar_ratio", "profit_factor", "payoff_ratio"),
    "Trades": ("trade_count", "win_rate", "expectancy", "average_trade_duration", "turnover"),
}

TITLES = METRIC_TITLES | {"benchmark": "Buy and hold", "final_value": "Final value"}

DEFINITIONS = METRIC_DEFINITIONS | {
    "benchmark": "Total return of all the starting cash put into the first close and held, "
    "without costs.",
    "final_value": "Cash plus position at the last close.",
}


def metrics_html(result: BacktestResult) -> str:
    """All metrics in four small tables, and below them how they are computed."""
    shown = _shown(result)
    tables = "".join(_table(title, names, shown) for title, names in _GROUPS.items())
    return f'<div class="jp-StratCraft-Metrics">{tables}</div>{_definitions(result)}'


def _shown(result: BacktestResult) -> dict[str, str]:
    curve = result.equity_curve
    gain = float(curve.benchmark[-1]) / result.config.cash - 1.0
    shown = {name: format_metric(name, value) for name, value in result.metrics.to_dict().items()}
    return shown | {
        "benchmark": format_metric("total_return", gain),
        "final_value": f"{float(curve.value[-1]):,.2f}",
    }


def _table(title: str, names: tuple[str, ...], shown: dict[str, str]) -> str:
    body = "".join(_row(name, shown[name]) for name in names)
    return f"<table><caption>{escape(title)}</caption><tbody>{body}</tbody></table>"


def _row(name: str, value: str) -> str:
    missing = " Undefined for this run." if value == UNDEFINED else ""
    return (
        f'<tr title="{escape(DEFINITIONS[name] + missing)}">'
        f'<th scope="row">{escape(TITLES[name])}</th>'
        f'<td data-metric="{escape(name)}">{escape(value)}</td></tr>'
    )


def _definitions(result: BacktestResult) -> str:
    year = bars_per_year(result.timeframe, result.equity_curve.time)
    items = "".join(
        f'<tr><th scope="row">{escape(TITLES[name])}</th><td>{escape(DEFINITIONS[name])}</td></tr>'
        for names in _GROUPS.values()
        for name in names
    )
    return (
        '<details class="jp-StratCraft-Details"><summary>How these are computed</summary>'
        "<p>Returns are per bar, from close to close. "
        f"A year has {year:,.0f} bars of this kind.</p>"
        f"<table><tbody>{items}</tbody></table></details>"
    )
