"""The figures of merit of one backtest, each with its formula.

Returns are per bar, from close to close, on the equity curve. A year has 252 daily, 52 weekly or
12 monthly bars; an intraday year has 252 times the usual number of bars in a day of the data.
The risk-free rate is 0.
"""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np

from stratcraft_jupyter.backtest.records import EquityCurve, Fill, Floats, Times, Trade

_BARS_PER_YEAR = {"1d": 252.0, "1w": 52.0, "1M": 12.0}
_SESSIONS_PER_YEAR = 252


@dataclass(frozen=True, slots=True)
class Metrics:
    """Figures of merit; fractions (0.12 is 12 %), None where undefined.

    ``n`` is the number of bars, ``r`` the ``n - 1`` returns from close to close, ``Y`` the bars
    in a year (see ``bars_per_year``).

    Attributes:
        total_return: ``value[-1] / cash - 1``.
        cagr: ``(value[-1] / cash) ** (Y / (n - 1)) - 1``.
        annual_volatility: ``std(r, ddof=1) * sqrt(Y)``.
        sharpe_ratio: ``mean(r) / std(r, ddof=1) * sqrt(Y)``, risk-free rate 0.
        sortino_ratio: ``mean(r) / sqrt(mean(min(r, 0) ** 2)) * sqrt(Y)``.
        calmar_ratio: ``cagr / -max_drawdown``.
        max_drawdown: ``min(value / running_max(value) - 1)``, 0 or negative.
        max_drawdown_duration: Longest run of bars below the running maximum.
        win_rate: Closed trades with ``profit > 0``, divided by ``trade_count``.
        profit_factor: Sum of positive profits / -(sum of negative profits), closed trades.
        expectancy: Mean ``return_`` of closed trades.
        payoff_ratio: Mean positive ``return_`` / -(mean negative ``return_``), closed trades.
        exposure: Bars with a position at the close / ``n``.
        turnover: ``sum(size * price) / mean(value) * Y / (n - 1)`` over all fills.
        trade_count: Number of closed trades.
        average_trade_duration: Mean ``bars`` of closed trades.
        value_at_risk: 5 % quantile of ``r`` (linear interpolation), per bar, not annualised.
        total_commission: Sum of the commission of all fills, in money.
    """

    total_return: float | None
    cagr: float | None
    annual_volatility: float | None
    sharpe_ratio: float | None
    sortino_ratio: float | None
    calmar_ratio: float | None
    max_drawdown: float | None
    max_drawdown_duration: int | None
    win_rate: float | None
    profit_factor: float | None
    expectancy: float | None
    payoff_ratio: float | None
    exposure: float | None
    turnover: float | None
    trade_count: int
    average_trade_duration: float | None
    value_at_risk: float | None
    total_commission: float

    def to_dict(self) -> dict[str, float | int | None]:
        """The figures by name, in the order of the definitions."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, float | int | None]) -> "Metrics":
        """The figures in ``data``, as ``to_dict`` writes them."""
        # the names are known only here, so the types cannot be checked one by one
        return cls(**{field.name: data[field.name] for field in fields(cls)})  # type: ignore[arg-type]


def bars_per_year(timeframe: str, time: Times) -> float:
    """The number of bars in a year of ``timeframe``.

    Intraday: 252 days, times the median number of bars on a date of ``time``.
    """
    if timeframe in _BARS_PER_YEAR:
        return _BARS_PER_YEAR[timeframe]
    days = time.astype("datetime64[D]")
    starts = np.flatnonzero(np.r_[True, days[1:] != days[:-1]])
    per_day = np.diff(np.r_[starts, len(days)])
    return _SESSIONS_PER_YEAR * float(np.median(per_day))


def measure(
    curve: EquityCurve,
    fills: Sequence[Fill],
    trades: Sequence[Trade],
    *,
    position: Floats,
    cash: float,
    year: float,
) -> Metrics:
    """All figures of one run; ``position`` is held at each close, ``year`` is in bars."""
    value = curve.value
    periods = len(value) - 1
    final = float(value[-1])
    cagr = _cagr(final / cash, year / periods) if periods else None
    deepest, longest = _drawdown(value)
    closed = [trade for trade in trades if not trade.is_open]
    traded = sum(fill.size * fill.price for fill in fills)
    mean_value = float(np.mean(value))
    mean, spread, downside, quantile = _moments(value)
    root = math.sqrt(year)
    return Metrics(
        total_return=final / cash - 1.0,
        cagr=cagr,
        annual_volatility=None if spread is None else spread * root,
        sharpe_ratio=_times(_ratio(mean, spread), root),
        sortino_ratio=_times(_ratio(mean, downside), root),
        calmar_ratio=_ratio(cagr, -deepest if deepest is not None else None),
        max_drawdown=deepest,
        max_drawdown_duration=longest,
        exposure=float(np.count_nonzero(position)) / len(position),
        turnover=_times(_ratio(traded, mean_value), year / periods) if periods else None,
        value_at_risk=quantile,
        total_commission=float(sum(fill.commission for fill in fills)),
        **_of_trades(closed),
    )


def _of_trades(closed: Sequence[Trade]) -> dict[str, Any]:
    profits = [trade.profit for trade in closed]
    won, lost = sum(p for p in profits if p > 0), -sum(p for p in profits if p < 0)
    gains = [trade.return_ for trade in closed if trade.profit > 0]
    losses = [-trade.return_ for trade in closed if trade.profit < 0]
    return {
        "trade_count": len(closed),
        "win_rate": _ratio(len(gains), len(closed)),
        "profit_factor": _ratio(won, lost),
        "expectancy": _mean([trade.return_ for trade in closed]),
        "payoff_ratio": _ratio(_mean(gains), _mean(losses)),
        "average_trade_duration": _mean([trade.bars for trade in closed]),
    }


def _moments(
    value: Floats,
) -> tuple[float | None, float | None, float | None, float | None]:
    """Mean, standard deviation, downside deviation and 5 % quantile of the returns."""
    if len(value) < 3 or not np.all(value > 0):
        return None, None, None, None
    returns = value[1:] / value[:-1] - 1.0
    downside = math.sqrt(float(np.mean(np.minimum(returns, 0.0) ** 2)))
    spread = float(np.std(returns, ddof=1))
    return float(np.mean(returns)), spread, downside, float(np.percentile(returns, 5))


def _drawdown(value: Floats) -> tuple[float | None, int]:
    peak = np.maximum.accumulate(value)
    below = value < peak
    steps = np.arange(len(value))
    last_peak = np.maximum.accumulate(np.where(below, -1, steps))
    longest = int(np.max(steps - last_peak))
    return (float(np.min(value / peak - 1.0)) if peak[0] > 0 else None), longest


def _cagr(growth: float, per_year: float) -> float | None:
    if growth <= 0:
        return None
    exponent = math.log(growth) * per_year
    return math.expm1(exponent) if exponent < 700 else None


def _ratio(top: float | None, bottom: float | None) -> float | None:
    if top is None or not bottom or bottom < 0:
        return None
    return top / bottom


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
