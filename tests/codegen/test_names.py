"""Node ids that clash with Python, Backtrader or our own names still compile and run right."""

import builtins
import keyword
import re

import backtrader as bt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sketch import sketch

from codegen.emitted import BARS, run
from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.codegen.compiler.names import RESERVED, Names
from stratcraft_jupyter.graph import StrategyGraph, rename_node

NODE_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
CLASHES = [
    "close", "position", "next", "data", "p", "class", "stop", "bt", "self", "price", "params",
    "can_enter_long", "can_enter_short", "position_size", "long_size", "short_size", "leave",
    "move_stop", "stop_order", "stop_distance", "is_long", "is_short", "exit_long", "exit_short",
    "distance", "cash", "equity", "at_risk", "at_most", "int", "max", "min", "match", "type",
    "broker", "buy", "sell", "datetime", "buflen", "size", "lines", "l", "env", "order", "start",
    "notify_order", "stats", "sizer", "equity_percent", "data_close", "get", "prenext", "print",
]  # fmt: skip


class _Curious(bt.Strategy):
    """Notes its names while it runs."""

    params = (("a", 1),)
    names: frozenset[str] = frozenset()

    def __init__(self):
        self.average = bt.ind.SMA(self.data, period=3)

    def next(self):
        self.buy(size=1)

    def stop(self):
        type(self).names = frozenset(dir(self)) | frozenset(dir(self.lines))


def test_the_names_of_a_running_strategy_are_reserved():
    cerebro = bt.Cerebro()  # with its observers
    cerebro.adddata(bt.feeds.PandasData(dataname=BARS.head(10).to_frame()))
    cerebro.addstrategy(_Curious)
    cerebro.addsizer(bt.sizers.FixedSize)
    cerebro.addanalyzer(bt.analyzers.TradeAnalyzer)
    cerebro.addwriter(bt.WriterStringIO, csv=False)
    cerebro.run()
    taken = {name for name in _Curious.names if NODE_ID.fullmatch(name)} - {"average", "names"}
    assert len(taken) > 100
    assert taken - RESERVED == set()


def test_the_names_of_python_are_reserved():
    names = {*keyword.kwlist, *keyword.softkwlist, *dir(builtins)}
    assert {name for name in names if NODE_ID.fullmatch(name)} <= RESERVED


@given(st.lists(st.sampled_from(["a", "a_2", "a_", "close", "close_", "close__2", "close_2"])))
def test_every_name_is_handed_out_once(wanted):
    names = Names()
    given_out = [names.take(name) for name in wanted]
    assert len(set(given_out)) == len(given_out)
    assert not set(given_out) & RESERVED
    assert all(name.isidentifier() for name in given_out)
    assert all(out.startswith(name) for out, name in zip(given_out, wanted, strict=True))


TURNING = """
bars: data.bars
above: condition.compare operator=> value=30
below: condition.compare operator=< value=28
enter: action.enter_long
go_short: action.enter_short
sell_out: action.exit_long
cover: action.exit_short
guard: risk.trailing_stop percent=9
bet: sizing.risk percent=2
average: indicator.sma period=5
bars.close -> average.source
average.value -> above.left
bars.close -> below.left
above.signal -> enter.when
below.signal -> sell_out.when
below.signal -> go_short.when
above.signal -> cover.when
enter.order -> guard.entry
bet.size -> enter.size
"""
"""Holds everything that emitted code defines names for: two sides, a stop, two sizes, a line."""


def fills(graph: StrategyGraph) -> list:
    return run(compile_strategy(graph)).fills


@pytest.fixture(scope="module")
def expected() -> list:
    return fills(sketch(TURNING))


@pytest.mark.parametrize("name", CLASHES)
@pytest.mark.parametrize("node", ["average", "above", "guard"])
def test_a_node_id_that_clashes_changes_nothing(expected, node, name):
    assert fills(rename_node(sketch(TURNING), node, name)) == expected


def test_the_strategy_of_these_tests_does_everything(expected):
    watched = run(compile_strategy(sketch(TURNING)))
    assert len(expected) > 6
    assert any(len(end.markets) == 2 for end in watched.ends)
    assert {end.position > 0 for end in watched.ends if end.position} == {True, False}


def many(kind: str, edges: str, ids: list[str]) -> StrategyGraph:
    """All these ids in one strategy that reads every one of them."""
    lines = [f"{name}: {kind.format(number % 7 + 1)}" for number, name in enumerate(ids)]
    lines += [edges.format(name) for name in ids]
    return sketch(
        "bars: data.bars\nx_all: logic.or\nx_any: logic.or\nx_in: action.enter_long",
        "x_out: action.exit_long\nx_all.signal -> x_in.when\nx_any.signal -> x_out.when",
        *lines,
    )


RESERVED_IDS = sorted(name for name in RESERVED if NODE_ID.fullmatch(name))
PLAIN_IDS = [f"n{number:04}" for number in range(len(RESERVED_IDS))]


@pytest.mark.parametrize(
    ("kind", "edges"),
    [
        (
            "condition.crosses_above value={}",
            "bars.close -> {0}.left\n{0}.signal -> x_all.signals\n{0}.signal -> x_any.signals",
        ),
        (
            "condition.compare operator=> value={}",
            "bars.close -> {0}.left\n{0}.signal -> x_all.signals\n{0}.signal -> x_any.signals",
        ),
    ],
    ids=["lines", "signals"],
)
def test_every_reserved_name_can_be_a_node_id(kind, edges):
    bars = BARS.head(40)
    reserved = run(compile_strategy(many(kind, edges, RESERVED_IDS)), bars)
    assert reserved == run(compile_strategy(many(kind, edges, PLAIN_IDS)), bars)


def test_a_parameter_is_never_taken_for_the_default_size():
    graph = sketch(
        "bars: data.bars\nup: condition.compare value=1\nin_: action.enter_long",
        "equity: risk.stop_loss percent=7\nbars.close -> up.left\nup.signal -> in_.when",
        "in_.order -> equity.entry",
        sizing_percent=50.0,
    )
    renamed = rename_node(graph, "equity", "guard")
    assert run(compile_strategy(graph)).fills == run(compile_strategy(renamed)).fills
    source = compile_strategy(graph)
    assert '"equity_percent": 50.0' in source
    assert '"equity_percent_2": 7' in source


def test_parameters_of_the_same_name_are_kept_apart():
    graph = sketch(
        "bars: data.bars\na: indicator.macd signal_period=3\na_signal: indicator.sma period=4",
        "x: condition.compare\ny: condition.compare\nin_: action.enter_long",
        "out: action.exit_long\nbars.close -> a.source\nbars.close -> a_signal.source",
        "a.signal -> x.left\na_signal.value -> y.left\nx.signal -> in_.when\ny.signal -> out.when",
    )
    source = compile_strategy(graph)
    assert '"a_signal_period": 3' in source
    assert '"a_signal_period_2": 4' in source
    assert "period=self.p.a_signal_period_2)" in source
