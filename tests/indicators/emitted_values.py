"""The values that the compiled code's own indicators take on every bar."""

from collections.abc import Mapping
from dataclasses import replace

import backtrader as bt
from book.series import Given, Series
from handwritten.plain_run import plain_feed, strategy_of

from stratcraft_jupyter import Bars, StrategyGraph
from stratcraft_jupyter.codegen.compiler.module import write_module
from stratcraft_jupyter.codegen.compiler.plan import make_plan
from stratcraft_jupyter.graph import Edge, Node, get_kind

PRICES = ("open", "high", "low", "close", "volume")
SECOND_SERIES = "volume"
"""What indicators of two series get as the other one; the first is the close."""

OUT_OF_REACH = 1e300
"""A number that no indicator comes above."""

Params = Mapping[str, int | float | bool | str]


def emitted_values(
    kind: str, bars: Bars, params: Params, *, first: str = "close", **modes: bool
) -> Mapping[str, Series]:
    """Every output of an indicator of these bars, as Backtrader computes it.

    ``first`` is the price that its first series input gets.
    ``modes`` are Cerebro's own (``runonce``, ``preload``); without them, the usual ones.
    """
    plan = make_plan(_graph(kind, params, first))
    cerebro = bt.Cerebro(stdstats=False, **modes)
    cerebro.adddata(plain_feed(_bars_for(kind, bars)))
    cerebro.addstrategy(strategy_of(write_module(plan)))
    (strategy,) = cerebro.run()
    return {
        port.name: _array(plan.parts.outputs[f"it.{port.name}"].line, strategy)
        for port in get_kind(kind).outputs
    }


def given(kind: str, bars: Bars, params: Params) -> Given:
    """The same as the second implementation gets it."""
    prices = {name: [float(x) for x in getattr(_bars_for(kind, bars), name)] for name in PRICES}
    series = [port.name for port in get_kind(kind).inputs if port.type == "series"]
    sources = dict(zip(series, ("close", SECOND_SERIES), strict=False))
    return Given(
        {port: prices[name] for port, name in sources.items()},
        prices,
        {**get_kind(kind).defaults(), **params},
        list(bars.to_frame().index.to_pydatetime()),
    )


def _bars_for(kind: str, bars: Bars) -> Bars:
    """The bars, with volumes about as large as an alpha where they are read as one."""
    if not get_kind(kind).input("alpha"):
        return bars
    return replace(bars, volume=bars.volume / (2 * bars.volume[0]))


def _graph(kind: str, params: Params, first: str) -> StrategyGraph:
    """A strategy that reads every output on every bar; without orders, which take their time."""
    declared = get_kind(kind)
    edges = ["any.signal->enter.when", "any.signal->leave.when"]
    sources = iter((first, SECOND_SERIES))
    for port in declared.inputs:
        source = "bars" if port.type == "bars" else next(sources)
        edges.append(f"bars.{source}->it.{port.name}")
    nodes = [
        Node(id="bars", kind="data.bars"),
        Node(id="it", kind=kind, params=params),
        Node(id="any", kind="logic.or"),
        Node(id="enter", kind="action.enter_long"),
        Node(id="leave", kind="action.exit_long"),
    ]
    for number, port in enumerate(declared.outputs):
        beyond = {"value": OUT_OF_REACH}
        nodes.append(Node(id=f"is_{number}", kind="condition.compare", params=beyond))
        edges += [f"it.{port.name}->is_{number}.left", f"is_{number}.signal->any.signals"]
    ends = (edge.split("->") for edge in edges)
    return StrategyGraph(
        nodes=tuple(nodes),
        edges=tuple(Edge(source=source, target=target) for source, target in ends),
    )


def _array(line: str, strategy: bt.Strategy) -> Series:
    found = eval(line, {"self": strategy})
    return list((found.lines[0] if isinstance(found, bt.LineSeries) else found).array)
