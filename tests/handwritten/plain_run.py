"""Plain Backtrader: Cerebro, a feed and a broker of its own, and an analyzer noting the fills."""

import itertools
import sys
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

import backtrader as bt

from stratcraft_jupyter.market import Bars

_NUMBERS = itertools.count()

Fill = tuple[int, str, float, float, float]
"""Bar from 0, side, size, price, commission."""


class _Notes(bt.Analyzer):
    """Notes each filled order, and what became of the others."""

    def start(self):
        self.fills: list[Fill] = []
        self.refused: list[int] = []

    def notify_order(self, order):
        bar = len(self.strategy.data) - 1
        if order.status == order.Completed:
            # executed.price is an average that Backtrader computes, off by a last digit at times
            (bit,) = order.executed.exbits
            side = "buy" if bit.size > 0 else "sell"
            self.fills.append((bar, side, abs(bit.size), bit.price, bit.comm))
        elif order.status in (order.Margin, order.Rejected):
            self.refused.append(bar)


@dataclass(frozen=True)
class PlainRun:
    fills: list[Fill]
    refused: list[int]  # the bars on which an order was refused
    value: float
    position: float
    pending: int


def plain_feed(bars: Bars) -> bt.feeds.PandasDirectData:
    """Backtrader's own feed from a DataFrame; ``PandasData`` gives the same bars, far slower."""
    return bt.feeds.PandasDirectData(dataname=bars.to_frame(), openinterest=-1)


def run_plain(
    strategy: type[bt.Strategy],
    bars: Bars,
    *,
    cash: float = 100_000.0,
    commission: float = 0.001,
    slippage: float = 0.0,
    add: Callable[[bt.Cerebro, bt.AbstractDataBase], object] | None = None,
    **modes: bool,
) -> PlainRun:
    """Run as everyone runs it; ``modes`` are Cerebro's own (``runonce``, ``preload``).

    ``add`` gives Cerebro further feeds.
    """
    cerebro = bt.Cerebro(stdstats=False, **modes)  # those only serve its plots
    data = cerebro.adddata(plain_feed(bars))
    if add:
        add(cerebro, data)
    cerebro.broker.setcash(cash)
    cerebro.broker.setcommission(commission)
    if slippage:
        cerebro.broker.set_slippage_perc(slippage)
    cerebro.addstrategy(strategy)
    cerebro.addanalyzer(_Notes, _name="notes")
    (run,) = cerebro.run()
    notes = run.analyzers.notes
    return PlainRun(
        fills=notes.fills,
        refused=notes.refused,
        value=cerebro.broker.getvalue(),
        position=run.position.size,
        pending=len(cerebro.broker.get_orders_open()) + len(cerebro.broker.submitted),
    )


def strategy_of(source: str) -> type[bt.Strategy]:
    """The strategy class of a module given as text."""
    # Backtrader looks a strategy's module up in sys.modules
    module = ModuleType(f"plain_strategy_{next(_NUMBERS)}")
    sys.modules[module.__name__] = module
    exec(compile(source, module.__name__, "exec"), vars(module))
    (found,) = (
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, bt.Strategy)
        and value.__module__ == module.__name__
    )
    return found
