"""How metrics are named, explained and shown to people."""

METRIC_DEFINITIONS: dict[str, str] = {
    "total_return": "Final value of the account divided by the starting cash, minus 1.",
    "cagr": "Constant yearly return that gives the same final value.",
    "annual_volatility": "Standard deviation of the returns per bar, times the square root of the "
    "bars in a year.",
    "sharpe_ratio": "Mean return per bar divided by its standard deviation, times the square root "
    "of the bars in a year; risk-free rate 0.",
    "sortino_ratio": "As the Sharpe ratio, but dividing by the downside deviation: the root mean "
    "square of the returns below 0.",
    "calmar_ratio": "Yearly return (cagr) divided by the size of the maximum drawdown.",
    "max_drawdown": "Deepest fall of the account below its highest value so far, as a negative "
    "fraction.",
    "max_drawdown_duration": "Most bars in a row spent below the highest value so far.",
    "win_rate": "Closed trades with a profit after commission, divided by all closed trades.",
    "profit_factor": "Money won by winning trades divided by money lost by losing trades, after "
    "commission; closed trades only.",
    "expectancy": "Mean return of a closed trade on the money put into it, after commission.",
    "payoff_ratio": "Mean return of winning trades divided by the size of the mean return of "
    "losing trades.",
    "exposure": "Part of the bars at whose close a position was held.",
    "turnover": "Value of all fills, bought and sold, divided by the mean value of the account, "
    "per year.",
    "trade_count": "Closed trades; a trade still open after the last bar is not counted.",
    "average_trade_duration": "Mean bars from entry to exit of a closed trade.",
    "value_at_risk": "Return per bar that 5 % of the bars fall below (historical), as a negative "
    "fraction.",
    "total_commission": "Commission of all fills, in money.",
}

METRIC_TITLES: dict[str, str] = {
    "total_return": "Total return",
    "cagr": "Yearly return (CAGR)",
    "annual_volatility": "Yearly volatility",
    "sharpe_ratio": "Sharpe ratio",
    "sortino_ratio": "Sortino ratio",
    "calmar_ratio": "Calmar ratio",
    "max_drawdown": "Maximum drawdown",
    "max_drawdown_duration": "Longest drawdown",
    "win_rate": "Win rate",
    "profit_factor": "Profit factor",
    "expectancy": "Expectancy",
    "payoff_ratio": "Payoff ratio",
    "exposure": "Exposure",
    "turnover": "Turnover",
    "trade_count": "Closed trades",
    "average_trade_duration": "Average trade duration",
    "value_at_risk": "Value at risk (5 %)",
    "total_commission": "Total commission",
}

_PERCENT = {
    "total_return",
    "cagr",
    "annual_volatility",
    "max_drawdown",
    "win_rate",
    "expectancy",
    "exposure",
    "value_at_risk",
}
_IN_BARS = {"max_drawdown_duration", "average_trade_duration"}


def format_metric(name: str, value: float | int | None) -> str:
    """``value`` of the metric ``name`` as shown to people: percent, bars, money or a ratio."""
    if value is None:
        return "\N{EN DASH}"
    if name in _PERCENT:
        return f"{value * 100:,.2f} %"
    if name in _IN_BARS:
        return f"{value:,.0f} bars" if float(value).is_integer() else f"{value:,.1f} bars"
    if name == "trade_count":
        return f"{value:,}"
    return f"{value:,.2f} a year" if name == "turnover" else f"{value:,.2f}"
