"""Results put together from fills by the package's own accounting, without running a strategy."""

import numpy as np

from stratcraft_jupyter.backtest import BacktestConfig, BacktestResult, EquityCurve, Fill
from stratcraft_jupyter.backtest.accounting import buy_and_hold, keep_account
from stratcraft_jupyter.backtest.metrics import bars_per_year, measure
from stratcraft_jupyter.backtest.records import Isolation, OrderCensus
from stratcraft_jupyter.backtest.trades import pair_trades
from stratcraft_jupyter.market import Bars


def make_bars(count, *, timeframe="1d", seed=7, symbol="TEST"):
    """A random walk on business days, or on five-minute sessions."""
    random = np.random.default_rng(seed)
    pace = 1.0 if timeframe == "1d" else 0.11
    close = 50.0 * np.exp(np.cumsum(random.normal(0.0003 * pace**2, 0.015 * pace, count)))
    gap = random.normal(0, 0.003 * pace, count)
    open_ = np.concatenate(([close[0]], close[:-1])) * np.exp(gap)
    spread = np.abs(random.normal(0, 0.006 * pace, count))
    return Bars(
        symbol=symbol,
        timeframe=timeframe,
        time=_times(count, timeframe),
        open=open_,
        high=np.maximum(open_, close) * (1 + spread),
        low=np.minimum(open_, close) * (1 - spread),
        close=close,
        volume=random.lognormal(14, 0.5, count).round(),
    )


def _times(count, timeframe):
    if timeframe == "1d":
        days = np.arange(np.datetime64("2000-03-01"), np.datetime64("2000-03-01") + 2 * count)
        return days[np.is_busday(days)][:count].astype("datetime64[ns]")
    day = np.datetime64("2015-01-05") + np.arange(count // 78 + 1)
    session = np.timedelta64(570, "m") + 5 * np.arange(78).astype("timedelta64[m]")
    return (day.astype("datetime64[m]")[:, None] + session).ravel()[:count].astype("datetime64[ns]")


def cross_fills(bars, fast=10, slow=30, *, short=False):
    """Fills at the next open of a moving-average cross, each position worth 20,000."""
    means = [np.convolve(bars.close, np.ones(n) / n)[: len(bars)] for n in (fast, slow)]
    above = means[0] > means[1]
    fills, position = [], 0.0
    for bar in range(slow, len(bars) - 1):
        target = 1 if above[bar] else -1 if short else 0
        if np.sign(position) == target:
            continue
        price = float(bars.open[bar + 1])
        wanted = target * round(20_000 / price, 2)
        change = wanted - position
        fills.append(fill(bars, bar + 1, change, price))
        position = wanted
    return tuple(fills)


def fill(bars, bar, change, price=None):
    """One fill: bought if ``change`` is above 0, else sold."""
    price = float(bars.open[bar]) if price is None else price
    side = "buy" if change > 0 else "sell"
    return Fill(bar, bars.time[bar], side, abs(change), price, abs(change) * price * 0.001)


def make_result(bars, fills=None, *, warnings=(), name="SmaCross", config=None, **changes):
    """The result that ``fills`` lead to."""
    fills = cross_fills(bars) if fills is None else fills
    config = config or BacktestConfig()
    account = keep_account(fills, bars.close, config.cash)
    curve = EquityCurve(bars.time, account.value, buy_and_hold(bars.close, config.cash))
    trades = pair_trades(fills, bars.time, bars.close)
    year = bars_per_year(bars.timeframe, bars.time)
    metrics = measure(curve, fills, trades, position=account.position, cash=config.cash, year=year)
    values = {
        "strategy_name": name,
        "symbol": bars.symbol,
        "timeframe": bars.timeframe,
        "bar_count": len(bars),
        "bars_digest": bars.digest,
        "config": config,
        "fills": fills,
        "trades": trades,
        "orders": OrderCensus(submitted=len(fills), completed=len(fills)),
        "equity_curve": curve,
        "metrics": metrics,
        "warnings": tuple(warnings),
        "probe": {},
        "output": "",
        "isolation": Isolation(),
        "elapsed": 0.2,
        "bars": bars,
    }
    return BacktestResult(**(values | changes))
