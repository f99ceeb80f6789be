"""On which bars each signal of a strategy is true, in plain Backtrader."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace

import backtrader as bt
from book.moment import Position
from handwritten.plain_run import plain_feed, strategy_of
from sketch import sketch

from stratcraft_jupyter import Bars, StrategyGraph
from stratcraft_jupyter.codegen.compiler import DECIDED_BARS
from stratcraft_jupyter.codegen.compiler.module import write_module
from stratcraft_jupyter.codegen.compiler.plan import make_plan

_TRADES = """
enter: action.enter_long
leave: action.exit_long
it.signal -> enter.when
it.signal -> leave.when
"""


class _Truths(bt.Analyzer):
    """Notes on each bar which of the probe's counts went up."""

    def start(self):
        self.before: dict[str, int] = {}
        self.found: dict[str, list[int]] = {}
        self.positions: list[Position] = []

    def prenext(self):
        self.positions.append(Position())

    def next(self):
        held = self.strategy.position
        before = self.positions[-1] if self.positions else Position()
        entry = before.entry_bar if before.size * held.size > 0 else len(self.strategy.data) - 1
        self.positions.append(Position(held.size, held.price, entry if held.size else None))
        bar = len(self.strategy.data) - 1
        for name, count in self.strategy.probe_counts.items():
            true_bars = self.found.setdefault(name, [])
            if count > self.before.get(name, 0):
                true_bars.append(bar)
            self.before[name] = count


@dataclass(frozen=True)
class Watched:
    """A run: by node id the bars on which it was true, and the position on each close."""

    true: dict[str, list[int]]
    positions: list[Position]


def truths(strategy: StrategyGraph, bars: Bars, **modes: bool) -> dict[str, list[int]]:
    """By node id, the bars on which it is true; those decided on are under `DECIDED_BARS`."""
    return watch(strategy, bars, **modes).true


def watch(
    strategy: StrategyGraph,
    bars: Bars,
    others: Mapping[str, Bars] | None = None,
    **modes: bool,
) -> Watched:
    """Runs a strategy in plain Backtrader and watches its signals."""
    compiled = strategy_of(write_module(make_plan(strategy), probed=True))
    cerebro = bt.Cerebro(stdstats=False, **modes)
    module = sys.modules[compiled.__module__]
    if hasattr(module, "add_bars"):
        frames = {symbol: rows.to_frame() for symbol, rows in (others or {}).items()}
        module.add_bars(cerebro, bars.to_frame(), frames)
    else:
        cerebro.adddata(plain_feed(bars))
    cerebro.addstrategy(compiled)
    cerebro.addanalyzer(_Truths, _name="truths")
    (run,) = cerebro.run()
    skipped = len(bars) - len(run.data)
    found = run.analyzers.truths
    return Watched(
        {name: [bar + skipped for bar in where] for name, where in found.found.items()},
        [Position()] * skipped
        + [
            replace(item, entry_bar=None if item.entry_bar is None else item.entry_bar + skipped)
            for item in found.positions
        ],
    )


def true_bars(text: str, bars: Bars) -> list[int]:
    """The bars on which the signal of the node ``it`` is true, in both of Backtrader's modes."""
    strategy = sketch("bars: data.bars", text, _TRADES)
    found = truths(strategy, bars)
    assert truths(strategy, bars, runonce=False) == found
    return found.get("it", [])


def first_decided(text: str, bars: Bars) -> int:
    """The first bar on which a strategy with the node ``it`` decides."""
    return truths(sketch("bars: data.bars", text, _TRADES), bars)[DECIDED_BARS][0]
