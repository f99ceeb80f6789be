"""The largest difference of each indicator to its other sources, for docs/components.md."""

import math
from collections.abc import Iterator

import backtrader as bt
from book.indicators import INDICATORS
from book.series import Given, Series, first_value, sma
from handwritten.plain_run import plain_feed, strategy_of
from sketch import sketch

from indicators.comparing import largest_difference
from indicators.emitted_values import emitted_values, given
from indicators.listed import LISTED
from indicators.parameters import parameter_sets
from indicators.talib_values import TALIB
from stratcraft_jupyter import Bars, load_bars
from stratcraft_jupyter.codegen.compiler.module import write_module
from stratcraft_jupyter.codegen.compiler.plan import make_plan

CROSSES = {"condition.crosses_above": 1.0, "condition.crosses_below": -1.0}
"""Listed indicators that are conditions here, and what Crossover is while they are true."""


def real_bars() -> Bars:
    """The bars that indicators are compared on."""
    return load_bars("sample:AAPL").head(700)


def measured() -> dict[str, dict[str, float | int]]:
    """For each listed kind the largest difference, and how many series were compared."""
    bars = real_bars()
    found = {}
    for name in sorted(set(LISTED.values())):
        differences = list(_differences(name, bars))
        assert differences
        found[name] = {"difference": _rounded_up(max(differences)), "series": len(differences)}
    return found


def _differences(name: str, bars: Bars) -> Iterator[float]:
    if name in CROSSES:
        yield _cross_difference(name, bars)
        return
    for params in parameter_sets(name):
        values, inputs = emitted_values(name, bars, params), given(name, bars, params)
        for port, expected in INDICATORS[name](inputs).items():
            yield largest_difference(values[port], expected)
        for port, expected in TALIB.get(name, lambda _: {})(inputs).items():
            start = max(first_value(values[port]), first_value(expected))
            yield largest_difference(values[port][start:], expected[start:])


def _cross_difference(name: str, bars: Bars) -> float:
    """Of the close and its average, against the second implementation of Crossover."""
    plan = make_plan(
        sketch(
            f"bars: data.bars\naverage: indicator.sma period=10\nit: {name}\n"
            "enter: action.enter_long\nleave: action.exit_long\nbars.close -> average.source\n"
            "bars.close -> it.left\naverage.value -> it.right\nit.signal -> enter.when\n"
            "it.signal -> leave.when"
        )
    )
    cerebro = bt.Cerebro(stdstats=False)
    cerebro.adddata(plain_feed(bars))
    cerebro.addstrategy(strategy_of(write_module(plan)))
    (strategy,) = cerebro.run()
    found: Series = list(strategy.it.lines[0].array)
    closes = [float(x) for x in bars.close]
    crossover = INDICATORS["indicator.crossover"](
        Given({"left": closes, "right": sma(closes, 10)}, {}, {})
    )["value"]
    start = max(first_value(found), first_value(crossover))
    wanted = [float(value == CROSSES[name]) for value in crossover]
    return largest_difference(found[start:], wanted[start:])


def _rounded_up(difference: float) -> float:
    """To one digit: the last ones are not the same everywhere."""
    if difference == 0:
        return 0.0
    size = 10.0 ** math.floor(math.log10(difference))
    return float(f"{math.ceil(difference / size) * size:.0e}")
