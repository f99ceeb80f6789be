"""Makes a result from what a worker sent, trusting it for nothing but the fills."""

from collections.abc import Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np

from stratcraft_jupyter.backtest.accounting import buy_and_hold, keep_account
from stratcraft_jupyter.backtest.config import BacktestConfig
from stratcraft_jupyter.backtest.fill_rules import FillColumns, check_fills, fill_columns
from stratcraft_jupyter.backtest.findings import find_warnings
from stratcraft_jupyter.backtest.messages import Finished, OrderPlaces
from stratcraft_jupyter.backtest.metrics import bars_per_year, measure
from stratcraft_jupyter.backtest.protocol import ProtocolError
from stratcraft_jupyter.backtest.records import EquityCurve, Fill, Isolation, OrderCensus
from stratcraft_jupyter.backtest.result import BacktestResult
from stratcraft_jupyter.backtest.trades import pair_trades

if TYPE_CHECKING:
    from stratcraft_jupyter.market import Bars

# Backtrader adds up the commissions of the closing and the opening part; that rounds differently.
_SAME_COMMISSION = 1e-9


def collect_result(
    finished: Finished,
    columns: dict[str, memoryview],
    *,
    bars: "Bars",
    config: BacktestConfig,
    isolation: Isolation,
    output: str,
    elapsed: float,
    skipped: int = 0,
    notes: Sequence[str] = (),
) -> BacktestResult:
    """The result of a finished run on ``bars``.

    Args:
        finished: What the worker said.
        columns: The fills.
        bars: The bars as given; the bars of the result are numbered in them.
        config: The settings.
        isolation: How the worker was locked in.
        output: What the strategy printed.
        elapsed: Seconds the run took.
        skipped: How many of the bars come before the first that was run.
        notes: What is worth knowing about the bars, before all else.

    Raises:
        ProtocolError: If the fills are not what fills of these bars can be.
        BacktestError: If the rules of orders do not allow one of them.
    """
    fills, _ = read_fills(columns, bars, config.commission, skipped=skipped)
    check_fills(columns, bars, config, skipped=skipped)
    account = keep_account(fills, bars.close, config.cash)
    trades = pair_trades(fills, bars.time, bars.close)
    curve = EquityCurve(bars.time.copy(), account.value, buy_and_hold(bars.close, config.cash))
    orders = OrderCensus(**finished.orders.model_dump())
    metrics = measure(
        curve,
        fills,
        trades,
        position=account.position,
        cash=config.cash,
        year=bars_per_year(bars.timeframe, bars.time),
    )
    warnings = find_warnings(
        bars=bars,
        fills=fills,
        trades=trades,
        orders=orders,
        places=_in_bars(finished.places, skipped),
        account=account,
        claimed_value=finished.final_value,
    )
    return BacktestResult(
        strategy_name=finished.strategy,
        symbol=bars.symbol,
        timeframe=bars.timeframe,
        bar_count=len(bars),
        bars_digest=bars.digest,
        config=config,
        fills=fills,
        trades=trades,
        orders=orders,
        equity_curve=curve,
        metrics=metrics,
        warnings=(*notes, *warnings),
        probe=dict(finished.probe),
        output=output,
        isolation=isolation,
        elapsed=elapsed,
        bars=bars,
    )


def read_fills(
    columns: dict[str, memoryview], bars: "Bars", rate: float, *, skipped: int = 0
) -> tuple[tuple[Fill, ...], int]:
    """The fills in order of their bars, and how many were charged another commission than ours.

    The worker counts bars from the first that was run, which ``skipped`` bars come before. A
    commission that differs from ``rate`` by more than rounding is replaced by our own.

    Raises:
        ProtocolError: If a column is missing or holds something no fill can have.
    """
    given = _columns(columns)
    bar, size, price, charged = given.bar, given.size, given.price, given.commission
    whole = len({column.nbytes for column in columns.values()}) == 1
    if not whole or not np.all((bar >= 0) & (bar < len(bars) - skipped)):
        raise ProtocolError("fills that do not belong to these bars")
    if not np.all(np.isfinite(size) & (size != 0) & np.isfinite(price) & (price > 0)):
        raise ProtocolError("fills without a proper size or price")
    bar = bar + skipped
    due = np.abs(size) * rate * price
    agrees = np.isclose(charged, due, rtol=_SAME_COMMISSION, atol=_SAME_COMMISSION)
    commission = np.where(agrees, charged, due)
    order = np.argsort(bar, kind="stable")
    rows = zip(
        bar[order].tolist(),
        size[order].tolist(),
        price[order].tolist(),
        commission[order].tolist(),
        strict=True,
    )
    time = bars.time
    fills = tuple(
        Fill(at, time[at], "buy" if change > 0 else "sell", abs(change), paid, fee)
        for at, change, paid, fee in rows
    )
    return fills, int(np.count_nonzero(~agrees))


def _in_bars(places: OrderPlaces, skipped: int) -> OrderPlaces:
    """The places as numbers of the bars as given."""
    if places.first_refused is None:
        return places
    return places.model_copy(update={"first_refused": places.first_refused + skipped})


def _columns(columns: dict[str, memoryview]) -> FillColumns:
    if set(columns) != {field.name for field in fields(FillColumns)}:
        raise ProtocolError("a result without the columns of fills")
    return fill_columns(columns)
