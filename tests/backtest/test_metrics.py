"""Every metric by hand, and against independent libraries."""

import math

import empyrical
import numpy as np
import pandas as pd
import pytest

from backtest.some_bars import make_bars
from stratcraft_jupyter.backtest import METRIC_DEFINITIONS, METRIC_TITLES, Metrics, format_metric
from stratcraft_jupyter.backtest.accounting import keep_account
from stratcraft_jupyter.backtest.metrics import bars_per_year, measure
from stratcraft_jupyter.backtest.records import EquityCurve, Fill
from stratcraft_jupyter.backtest.trades import pair_trades

DAYS = np.datetime64("2020-01-01", "ns") + np.arange(400) * np.timedelta64(1, "D")


def curve_of(values):
    value = np.array(values, dtype=float)
    return EquityCurve(DAYS[: len(value)].copy(), value, value.copy())


def of_curve(values, *, cash=None, year=252.0):
    curve = curve_of(values)
    held = np.zeros(len(curve))
    return measure(curve, [], [], position=held, cash=cash or values[0], year=year)


def of_fills(rows, close, *, cash=1000.0, year=252.0):
    time, close = DAYS[: len(close)].copy(), np.array(close, dtype=float)
    fills = [
        Fill(bar, time[bar], "buy" if size > 0 else "sell", abs(size), price, paid)
        for bar, size, price, paid in rows
    ]
    account = keep_account(fills, close, cash)
    curve = EquityCurve(time, account.value, account.value.copy())
    trades = pair_trades(fills, time, close)
    return measure(curve, fills, trades, position=account.position, cash=cash, year=year)


def test_returns_by_hand():
    metrics = of_curve([100.0, 110.0, 99.0, 108.9, 121.0], year=4.0)
    returns = [0.1, -0.1, 0.1, 121 / 108.9 - 1]
    mean = sum(returns) / 4
    spread = math.sqrt(sum((r - mean) ** 2 for r in returns) / 3)
    assert metrics.total_return == pytest.approx(0.21)
    assert metrics.cagr == pytest.approx(0.21)  # four bars are one year
    assert metrics.annual_volatility == pytest.approx(spread * 2)
    assert metrics.sharpe_ratio == pytest.approx(mean / spread * 2)
    assert metrics.sortino_ratio == pytest.approx(mean / math.sqrt(0.01 / 4) * 2)
    assert metrics.max_drawdown == pytest.approx(-0.1)
    assert metrics.calmar_ratio == pytest.approx(2.1)
    assert metrics.max_drawdown_duration == 2
    assert metrics.value_at_risk == pytest.approx(-0.1 + 0.15 * 0.2)


def test_trades_by_hand():
    rows = [(0, 10, 10.0, 1.0), (1, -10, 12.0, 1.0), (2, -5, 12.0, 0.5), (3, 5, 14.0, 0.5)]
    metrics = of_fills([*rows, (4, 1, 10.0, 0.0)], [10, 12, 12, 14, 10, 11.0], year=5.0)
    assert metrics.trade_count == 2
    assert metrics.win_rate == 0.5
    assert metrics.profit_factor == pytest.approx(18 / 11)
    assert metrics.expectancy == pytest.approx((18 / 100 - 11 / 60) / 2)
    assert metrics.payoff_ratio == pytest.approx((18 / 100) / (11 / 60))
    assert metrics.average_trade_duration == 1.0
    assert metrics.total_commission == 3.0
    assert metrics.exposure == pytest.approx(4 / 6)
    value = [999, 1018, 1017.5, 1007, 1007, 1008]
    assert metrics.turnover == pytest.approx((100 + 120 + 60 + 70 + 10) / (sum(value) / 6))


@pytest.mark.parametrize(
    ("values", "undefined"),
    [
        ([100.0], {"cagr", "sharpe_ratio", "annual_volatility", "turnover", "value_at_risk"}),
        ([100.0, 100.0, 100.0], {"sharpe_ratio", "sortino_ratio", "calmar_ratio", "win_rate"}),
        ([100.0, 101.0, 102.0], {"sortino_ratio", "calmar_ratio", "profit_factor"}),
        ([100.0, 50.0, -10.0], {"cagr", "sharpe_ratio", "value_at_risk", "annual_volatility"}),
    ],
)
def test_what_is_undefined_is_none(values, undefined):
    found = {name for name, value in of_curve(values).to_dict().items() if value is None}
    assert undefined <= found
    assert "total_return" not in found


def test_only_winning_trades_have_no_profit_factor():
    metrics = of_fills([(0, 1, 10.0, 0.0), (1, -1, 11.0, 0.0)], [10, 11, 12.0])
    assert (metrics.win_rate, metrics.profit_factor, metrics.payoff_ratio) == (1.0, None, None)


@pytest.mark.parametrize("seed", range(5))
def test_figures_agree_with_empyrical(seed):
    value = make_bars(300, seed=seed).close * 1000
    metrics = of_curve(value.tolist())
    returns = pd.Series(value[1:] / value[:-1] - 1)
    expected = {
        "total_return": empyrical.cum_returns_final(returns),
        "cagr": empyrical.cagr(returns, period="daily"),
        "annual_volatility": empyrical.annual_volatility(returns),
        "sharpe_ratio": empyrical.sharpe_ratio(returns),
        "sortino_ratio": empyrical.sortino_ratio(returns),
        "calmar_ratio": empyrical.calmar_ratio(returns),
        "max_drawdown": empyrical.max_drawdown(returns),
        "value_at_risk": empyrical.value_at_risk(returns),
    }
    for name, figure in expected.items():
        assert getattr(metrics, name) == pytest.approx(figure, rel=1e-9), name


@pytest.mark.parametrize("year", [12.0, 52.0, 252.0 * 78])
def test_annualisation_agrees_with_empyrical(year):
    value = make_bars(200, seed=7).close
    metrics = of_curve(value.tolist(), year=year)
    returns = pd.Series(value[1:] / value[:-1] - 1)
    assert metrics.sharpe_ratio == pytest.approx(
        empyrical.sharpe_ratio(returns, annualization=year)
    )
    assert metrics.cagr == pytest.approx(empyrical.cagr(returns, annualization=year))


@pytest.mark.filterwarnings("ignore")
def test_figures_agree_with_quantstats():
    quantstats = pytest.importorskip("quantstats")
    value = make_bars(300, seed=3).close * 1000
    metrics = of_curve(value.tolist())
    returns = pd.Series(value[1:] / value[:-1] - 1, index=pd.DatetimeIndex(DAYS[1:300]))
    assert metrics.sharpe_ratio == pytest.approx(quantstats.stats.sharpe(returns, periods=252))
    assert metrics.sortino_ratio == pytest.approx(quantstats.stats.sortino(returns, periods=252))
    assert metrics.annual_volatility == pytest.approx(
        quantstats.stats.volatility(returns, periods=252)
    )
    assert metrics.max_drawdown == pytest.approx(quantstats.stats.max_drawdown(returns))


def test_bars_in_a_year():
    assert bars_per_year("1d", DAYS) == 252
    assert bars_per_year("1w", DAYS) == 52
    assert bars_per_year("1M", DAYS) == 12
    day = np.arange(78) * np.timedelta64(5, "m") + np.timedelta64(570, "m")
    sessions = [np.datetime64("2020-03-02", "ns") + k * np.timedelta64(1, "D") for k in range(9)]
    time = np.concatenate([start + day for start in sessions])
    assert bars_per_year("5m", time) == 252 * 78
    assert bars_per_year("5m", time[:-70]) == 252 * 78  # a short last day does not matter


def test_every_metric_is_defined_titled_and_shown():
    names = list(of_curve([1.0, 2.0]).to_dict())
    assert names == list(METRIC_DEFINITIONS) == list(METRIC_TITLES)
    assert all(name in Metrics.__doc__ for name in names)
    assert all(format_metric(name, None) == "\N{EN DASH}" for name in names)


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("total_return", 0.1234, "12.34 %"),
        ("sharpe_ratio", 1.5, "1.50"),
        ("max_drawdown_duration", 1200, "1,200 bars"),
        ("average_trade_duration", 3.25, "3.2 bars"),
        ("trade_count", 1200, "1,200"),
        ("turnover", 3.0, "3.00 a year"),
        ("total_commission", 1234.5, "1,234.50"),
    ],
)
def test_metrics_are_shown_with_their_unit(name, value, shown):
    assert format_metric(name, value) == shown
