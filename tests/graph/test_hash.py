"""The hash: the same for the same meaning, another for any other."""

from datetime import date

import pytest

from stratcraft_jupyter.graph import (
    BacktestSettings,
    Edge,
    Node,
    Position,
    StrategyGraph,
    load_template,
    remove_nodes,
    set_backtest,
    set_description,
    set_label,
    set_name,
    set_note,
    set_param,
)
from stratcraft_jupyter.graph.frozen import FrozenMap

SMA_CROSS = load_template("sma_cross")


def with_param(value) -> StrategyGraph:
    node = Node(id="n", kind="some.kind", params={"p": value})
    return StrategyGraph(nodes=(node,))


SAME_MEANING = {
    "layout": lambda g: g.model_copy(update={"layout": FrozenMap({"fast": Position(x=1, y=2)})}),
    "no layout": lambda g: g.model_copy(update={"layout": FrozenMap()}),
    "label": lambda g: set_label(g, "fast", "Quick"),
    "note": lambda g: set_note(g, "fast", "Why 10?"),
    "2.0 for 2": lambda g: set_backtest(g, cash=100_000),
    "0.0 for -0.0": lambda g: set_backtest(g, slippage=-0.0),
}
OTHER_MEANING = {
    "name": lambda g: set_name(g, "Other"),
    "description": lambda g: set_description(g, "Other"),
    "parameter": lambda g: set_param(g, "fast", "period", 11),
    "fewer nodes": lambda g: remove_nodes(g, ["exit_long"]),
    "kind": lambda g: _with_node(g, "fast", kind="indicator.ema"),
    "edge": lambda g: StrategyGraph.model_validate(
        {**dict(g), "edges": (*g.edges[1:], Edge(source="bars.open", target="fast.source"))}
    ),
    **{
        f"backtest {name}": lambda g, name=name, value=value: set_backtest(g, **{name: value})
        for name, value in {
            "source": "csv",
            "symbol": "IBM",
            "start": date(2001, 1, 1),
            "end": date(2001, 1, 1),
            "timeframe": "1w",
            "cash": 1.0,
            "commission": 0.0,
            "slippage": 0.1,
            "sizing_percent": 1.0,
        }.items()
    },
}


def _with_node(graph: StrategyGraph, node_id: str, **changes: object) -> StrategyGraph:
    nodes = [
        Node.model_validate({**dict(node), **(changes if node.id == node_id else {})})
        for node in graph.nodes
    ]
    return StrategyGraph.model_validate({**dict(graph), "nodes": tuple(nodes)})


@pytest.mark.parametrize("change", SAME_MEANING.values(), ids=SAME_MEANING)
def test_the_hash_ignores_what_does_not_change_the_meaning(change):
    changed = change(SMA_CROSS)
    assert changed.hash == SMA_CROSS.hash


@pytest.mark.parametrize("change", OTHER_MEANING.values(), ids=OTHER_MEANING)
def test_the_hash_changes_with_everything_else(change):
    assert change(SMA_CROSS).hash != SMA_CROSS.hash


def test_every_setting_of_the_backtest_counts_in_the_hash():
    tried = {name.removeprefix("backtest ") for name in OTHER_MEANING if "backtest" in name}
    assert tried == set(BacktestSettings.model_fields)


@pytest.mark.parametrize(("one", "other"), [(2, 2.0), (0.0, -0.0), (-3, -3.0)])
def test_equal_numbers_hash_alike(one, other):
    assert with_param(one).hash == with_param(other).hash


@pytest.mark.parametrize(("one", "other"), [(1, True), (0, False), (2, "2"), (2, 2.5)])
def test_different_values_hash_differently(one, other):
    assert with_param(one).hash != with_param(other).hash


def test_the_hash_stays_the_same_between_releases():
    assert StrategyGraph(name="Fixed").hash == (
        "122978417efd78601288e2340d81a3eae443844ec0fe622bc4309fa31d56451c"
    )
