"""Bars with times written by hand, and runs on several feeds: ours and plain Backtrader's."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter

import backtrader as bt
import numpy as np
import pytest
from handwritten.plain_run import strategy_of

from stratcraft_jupyter import BacktestConfig, Bars, StrategyGraph, run_backtest
from stratcraft_jupyter.backtest import BacktestResult
from stratcraft_jupyter.codegen import compile_unchecked


def dated(
    text: str, *, symbol: str = "TEST", timeframe: str = "1d", timezone: str | None = None
) -> Bars:
    """Bars at one price each, from lines such as ``Mon 2024-01-01: 10``.

    Four prices instead of one are open, high, low and close. The volume is 1.
    """
    rows = [line.strip().rpartition(": ") for line in text.strip().splitlines()]
    stamps = [stamp.partition(" ") for stamp, _, _ in rows]
    time = np.array([stamp for _, _, stamp in stamps], dtype="M8[ns]")
    names = [np.datetime64(stamp, "D").item().strftime("%a") for _, _, stamp in stamps]
    assert names == [name for name, _, _ in stamps]
    prices = np.array(
        [(found * 4)[:4] for found in ([float(x) for x in row.split()] for _, _, row in rows)]
    )
    return Bars(symbol, timeframe, time, *prices.T, np.ones(len(rows)), timezone)


class _Seen(bt.Analyzer):
    params = (("paths", ()),)

    def start(self):
        self.rows, self.fills = [], []

    def prenext(self):
        self.rows.append(None)

    def next(self):
        self.rows.append(tuple(attrgetter(path)(self.strategy)[0] for path in self.p.paths))

    def notify_order(self, order):
        if order.status == order.Completed:
            (bit,) = order.executed.exbits
            side = "buy" if bit.size > 0 else "sell"
            bar = len(self.strategy.data) - 1
            self.fills.append((bar, side, abs(bit.size), bit.price, bit.comm))


@dataclass(frozen=True)
class PlainRun:
    """What plain Backtrader did; ``seen`` are the values asked for, None before decisions."""

    seen: list[tuple[float, ...] | None]
    fills: list[tuple[int, str, float, float, float]]
    value: float


def run_plain(
    source: str,
    bars: Bars,
    others: Mapping[str, Bars],
    *,
    paths: tuple[str, ...] = (),
    slippage: float = 0.0,
    **modes: bool,
) -> PlainRun:
    """Run a module with several feeds in plain Backtrader, on the feeds it makes itself."""
    strategy = strategy_of(source)
    cerebro = bt.Cerebro(**modes)
    frames = {symbol: rows.to_frame() for symbol, rows in others.items()}
    sys.modules[strategy.__module__].add_bars(cerebro, bars.to_frame(), frames)
    cerebro.broker.setcash(100_000.0)
    cerebro.broker.setcommission(0.001)
    if slippage:
        cerebro.broker.set_slippage_perc(slippage)
    cerebro.addstrategy(strategy)
    cerebro.addanalyzer(_Seen, _name="seen", paths=paths)
    (run,) = cerebro.run()
    found = run.analyzers.seen
    skipped = len(bars) - len(run.data)
    fills = [(fill[0] + skipped, *fill[1:]) for fill in found.fills]
    return PlainRun([None] * skipped + found.rows, fills, cerebro.broker.getvalue())


def fills_of(result: BacktestResult) -> list[tuple[int, str, float, float, float]]:
    """The fills in the form of plain runs."""
    return [(f.bar, f.side, f.size, f.price, f.commission) for f in result.fills]


def trade(
    strategy: StrategyGraph, bars: Bars, others: Mapping[str, Bars] | None = None
) -> BacktestResult:
    """Our result, which is that of plain Backtrader in each of its modes."""
    source = compile_unchecked(strategy)
    result = run_backtest(source, bars, BacktestConfig(commission=0.001), others=others)
    for modes in ({}, {"runonce": False}):
        plain = run_plain(source, bars, others or {}, **modes)
        assert plain.fills == fills_of(result)
        assert plain.value == pytest.approx(result.equity_curve.value[-1], rel=1e-12)
    return result


def values(
    strategy: StrategyGraph, bars: Bars, path: str, others: Mapping[str, Bars] | None = None
) -> list[float | None]:
    """What a line of the strategy, such as ``weekly.close``, is on each bar; None in warm-up."""
    plain = run_plain(compile_unchecked(strategy), bars, others or {}, paths=(path,))
    return [row and row[0] for row in plain.seen]
