"""Indicators of indicators: other lines than prices, with a first value that comes later."""

import backtrader as bt
import pytest
from book.indicators import INDICATORS
from book.series import Given, first_value, sma
from handwritten.plain_run import plain_feed, strategy_of
from sketch import sketch

from indicators.comparing import largest_difference
from indicators.emitted_values import OUT_OF_REACH, given
from indicators.parameters import parameter_sets
from stratcraft_jupyter import load_bars
from stratcraft_jupyter.codegen.compiler.module import write_module
from stratcraft_jupyter.codegen.compiler.plan import make_plan
from stratcraft_jupyter.graph import KINDS
from stratcraft_jupyter.graph.catalog.lookback import lookback_bars

CLOSE_ENOUGH = 1e-9
PERIODS = (21, 9)
"""Of the simple averages of the close that the first and the second input read."""
BARS = load_bars("sample:AAPL").head(500)
OF_SERIES = [
    kind
    for kind in KINDS.values()
    if kind.family == "indicator" and any(port.type == "series" for port in kind.inputs)
]


@pytest.mark.parametrize("kind", OF_SERIES, ids=lambda kind: kind.name.partition(".")[2])
def test_an_indicator_of_another_begins_and_computes_as_one_of_prices(kind):
    params = parameter_sets(kind.name)[-1]
    inputs = [port.name for port in kind.inputs if port.type == "series"]
    sources = {
        port: sma(given(kind.name, BARS, params).prices["close"], period)
        for port, period in zip(inputs, PERIODS, strict=False)
    }
    expected_given = given(kind.name, BARS, params)
    expected = INDICATORS[kind.name](Given(sources, expected_given.prices, expected_given.params))
    found = emitted(kind, params, inputs)
    for port in expected:
        assert largest_difference(found[port], expected[port]) <= CLOSE_ENOUGH, port
    if all(not port.gaps for port in kind.outputs):
        starts = max(first_value(line) for line in expected.values())
        wait = max(first_value(line) for line in sources.values())
        assert starts == wait + lookback_bars(kind.lookback, expected_given.params)


def emitted(kind, params, inputs):
    """Every output of the indicator, from compiled code."""
    values = " ".join(f"{name}={value}" for name, value in params.items())
    lines = [
        "bars: data.bars",
        f"it: {kind.name} {values}",
        "any: logic.or",
        "enter: action.enter_long",
        "leave: action.exit_long",
        "any.signal -> enter.when",
        "any.signal -> leave.when",
    ]
    for port, period in zip(inputs, PERIODS, strict=False):
        lines += [
            f"{port}_average: indicator.sma period={period}",
            f"bars.close -> {port}_average.source",
            f"{port}_average.value -> it.{port}",
        ]
    lines += [f"bars.bars -> it.{port.name}" for port in kind.inputs if port.type == "bars"]
    for port in kind.outputs:
        lines += [
            f"is_{port.name}: condition.compare value={OUT_OF_REACH}",
            f"it.{port.name} -> is_{port.name}.left",
            f"is_{port.name}.signal -> any.signals",
        ]
    plan = make_plan(sketch("\n".join(lines)))
    cerebro = bt.Cerebro(stdstats=False)
    cerebro.adddata(plain_feed(BARS))
    cerebro.addstrategy(strategy_of(write_module(plan)))
    (strategy,) = cerebro.run()
    found = {}
    for port in kind.outputs:
        made = eval(plan.parts.outputs[f"it.{port.name}"].line, {"self": strategy})
        found[port.name] = list((made.lines[0] if isinstance(made, bt.LineSeries) else made).array)
    return found
