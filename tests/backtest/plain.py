"""Backtrader as everyone runs it: Cerebro, PandasData and defaults. The yardstick of the tests."""

import itertools
import sys
from dataclasses import dataclass
from types import ModuleType

import backtrader as bt

from stratcraft_jupyter.backtest import BacktestConfig
from stratcraft_jupyter.market import Bars

_NUMBERS = itertools.count()


@dataclass(frozen=True)
class PlainRun:
    fills: list[tuple[int, float, float, float]]  # bar, signed size, price, commission
    statuses: list[int]
    value: float
    strategy: bt.Strategy


def strategy_class(source: str) -> type[bt.Strategy]:
    module = ModuleType(f"plain_{next(_NUMBERS)}")
    sys.modules[module.__name__] = module
    exec(compile(source, f"<{module.__name__}>", "exec"), module.__dict__)
    found = [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, bt.Strategy)
        and value.__module__ == module.__name__
    ]
    return next(cls for cls in found if not any(issubclass(o, cls) and o is not cls for o in found))


def feed_of(bars: Bars) -> bt.feeds.PandasData:
    unit = {
        "m": (bt.TimeFrame.Minutes, 1),
        "h": (bt.TimeFrame.Minutes, 60),
        "d": (bt.TimeFrame.Days, 1),
    }[bars.timeframe[-1]]
    return bt.feeds.PandasData(
        dataname=bars.to_frame(),
        timeframe=unit[0],
        compression=unit[1] * int(bars.timeframe[:-1]),
    )


def run_plain(source: str, bars: Bars, config: BacktestConfig | None = None) -> PlainRun:
    config = config or BacktestConfig()
    engine = bt.Cerebro()
    engine.broker.setcash(config.cash)
    engine.broker.setcommission(commission=config.commission)
    if config.slippage > 0:
        engine.broker.set_slippage_perc(config.slippage)
    feed = feed_of(bars)
    engine.adddata(feed, name=bars.symbol)
    if "sizer" not in source:  # Cerebro's would take the place of the strategy's own
        engine.addsizer(bt.sizers.PercentSizer, percents=config.sizing_percent)
    engine.addstrategy(strategy_class(source))
    (strategy,) = engine.run()
    orders = engine.broker.orders
    bar_of = {number: bar for bar, number in enumerate(feed.lines.datetime.array)}
    fills = [
        (bar_of[bit.dt], bit.size, bit.price, bit.comm)
        for order in orders
        for bit in order.executed.exbits
    ]
    return PlainRun(
        sorted(fills), [order.status for order in orders], engine.broker.getvalue(), strategy
    )


def fills_of(result) -> list[tuple[int, float, float, float]]:
    """The fills of our result in the yardstick's form."""
    return sorted(
        (
            fill.bar,
            fill.size if fill.side == "buy" else -fill.size,
            fill.price,
            fill.commission,
        )
        for fill in result.fills
    )
