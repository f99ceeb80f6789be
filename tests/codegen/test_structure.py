"""Emitted modules hold one strategy, one import, and nothing that is not used."""

import ast
import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sketch import LONG, sketch
from strategies import valid_graphs

from codegen.emitted import code_alone, run, strategy_node
from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.errors import GraphInvalidError
from stratcraft_jupyter.graph import (
    StrategyGraph,
    list_templates,
    load_template,
    remove_nodes,
    validate,
)
from stratcraft_jupyter.graph.trading_rules import used_nodes


def loaded(tree: ast.AST) -> list[str]:
    """Every name and dotted name that is read, such as ``self.p.fast_period``."""
    return [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load)
    ]


def stored(tree: ast.AST) -> set[str]:
    return {
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store)
    }


def param_names(strategy: ast.ClassDef) -> list[str]:
    for node in strategy.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "params":
            return [key.value for key in node.value.keys]
    return []


def check_structure(source: str) -> None:
    tree = ast.parse(source)
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(node) for node in imports] == ["import backtrader as bt"]
    assert ast.get_docstring(tree)
    strategy = strategy_node(tree)
    assert tree.body[-1] is strategy
    for node in tree.body[2:-1]:
        assert isinstance(node, ast.ClassDef)
        assert node.name in loaded(strategy), "a class that is not used"

    names = loaded(strategy)
    params = param_names(strategy)
    assert len(set(params)) == len(params), "a parameter twice"
    assert {f"self.p.{name}" for name in params} == {n for n in names if n.startswith("self.p.")}
    methods = {node.name: node for node in strategy.body if isinstance(node, ast.FunctionDef)}
    for name in methods.keys() - {"__init__", "next"}:
        assert f"self.{name}" in names, "a method that is not called"
    for method in methods.values():
        local = {name for name in stored(method) if not name.startswith("self.")}
        assert local <= set(loaded(method)), "a variable that is not read"
    for attribute in {name for name in stored(strategy) if name.startswith("self.")}:
        assert attribute in names, "an attribute that is not read"


@settings(max_examples=60)
@given(valid_graphs(plain=True))
def test_a_drawn_strategy_has_no_dead_code(graph):
    source = compile_strategy(graph)
    check_structure(source)
    unused = {node.id for node in graph.nodes} - used_nodes(graph)
    assert compile_strategy(remove_nodes(graph, unused)) == source


@pytest.mark.parametrize("name", [template.name for template in list_templates()])
def test_a_template_has_no_dead_code(name):
    source = compile_strategy(load_template(name))
    if "FEEDS" not in source:  # those modules have a script behind the strategy
        check_structure(source)


def test_what_leads_to_no_action_is_left_out():
    idle = sketch(
        LONG,
        "rsi: indicator.rsi\nlow: condition.compare\ncover: action.exit_short",
        "bars.close -> rsi.source\nrsi.value -> low.left\nlow.signal -> cover.when",
        "alone: sizing.fixed_cash",
    )
    assert {item.code for item in validate(idle)} == {"SC205", "SC206"}
    assert compile_strategy(idle) == compile_strategy(sketch(LONG))


def test_what_only_an_unused_node_reads_does_not_change_an_indicator():
    used = LONG + "\nmacd: indicator.macd\nbars.close -> macd.source\nmacd.macd -> up.right"
    unused = "\nidle: indicator.sma\nmacd.histogram -> idle.source"
    assert compile_strategy(sketch(used, unused)) == compile_strategy(sketch(used))
    assert "bt.ind.MACDHisto" not in compile_strategy(sketch(used))
    histogram = sketch(used.replace("macd.macd", "macd.histogram"))
    assert "bt.ind.MACDHisto" in compile_strategy(histogram)


def test_values_that_do_not_count_are_no_parameters():
    graph = sketch(LONG, "up: condition.crosses_above value=7", "bars.open -> up.right")
    assert "up_value" not in compile_strategy(graph)
    stop = sketch(LONG, "s: risk.stop_loss", "enter.order -> s.entry", "bars.open -> s.distance")
    assert "s_multiple" in compile_strategy(stop)
    assert "s_percent" not in compile_strategy(stop)


def test_the_earlier_value_of_a_constant_is_the_constant():
    level = LONG + "\nlevel: math.constant value=30\nlevel.value -> up.right"
    before = LONG + (
        "\nlevel: math.constant value=30\nbefore: math.shift bars=3"
        "\nlevel.value -> before.source\nbefore.value -> up.right"
    )
    source = compile_strategy(sketch(before))
    assert code_alone(source) == code_alone(compile_strategy(sketch(level)))
    assert run(source) == run(compile_strategy(sketch(level)))


def test_every_node_that_becomes_code_is_explained():
    note = "Why 100?\nBecause."
    graph = sketch(LONG, "down: condition.crosses_below value=100 label=Falling")
    graph = StrategyGraph.model_validate(
        {
            **dict(graph),
            "nodes": tuple(
                node.model_copy(update={"note": note}) if node.id == "down" else node
                for node in graph.nodes
            ),
        }
    )
    source = compile_strategy(graph)
    assert (
        "        # Falling: close crosses below 100. Note: Why 100? Because.\n"
        "        self.down = bt.ind.CrossDown(self.data.close, self.p.down_value)\n"
    ) in source
    assert '"down_value": 100,  # Falling: value\n' in source


def test_a_strategy_with_errors_is_not_compiled():
    graph = sketch("a: indicator.sma\nb: indicator.sma\nc: indicator.sma\nd: indicator.sma")
    with pytest.raises(GraphInvalidError) as caught:
        compile_strategy(graph)
    assert caught.value.diagnostics == validate(graph)
    assert str(caught.value) == (
        "The strategy has 4 errors:\n"
        "- SC106 error [a.source]: Source of Simple moving average is not connected. Connect the "
        "series it is computed from, or remove the node.\n"
        "- SC106 error [b.source]: Source of Simple moving average is not connected. Connect the "
        "series it is computed from, or remove the node.\n"
        "- SC106 error [c.source]: Source of Simple moving average is not connected. Connect the "
        "series it is computed from, or remove the node.\n"
        "- and 1 more"
    )


# --- the same document, the same text ------------------------------------------------------------

PROGRAM = """
from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.graph import StrategyGraph, list_templates, load_template
import sys
for template in list_templates():
    print(compile_strategy(load_template(template.name)))
print(compile_strategy(StrategyGraph.from_json(sys.stdin.read())))
"""


def test_the_code_does_not_depend_on_the_hash_seed():
    graph = load_template("donchian_turtle")
    here = [compile_strategy(load_template(template.name)) for template in list_templates()]
    for seed in ("0", "1", "4242"):
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            input=graph.to_json(),
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout == "\n".join([*here, compile_strategy(graph)]) + "\n"


@settings(max_examples=40)
@given(valid_graphs(), st.randoms(use_true_random=False))
def test_the_code_does_not_depend_on_the_order_of_parts(graph, random):
    shuffled = StrategyGraph(
        name=graph.name,
        nodes=tuple(random.sample(graph.nodes, len(graph.nodes))),
        edges=tuple(random.sample(graph.edges, len(graph.edges))),
        backtest=graph.backtest,
    )
    assert compile_strategy(shuffled) == compile_strategy(graph)


# Lines that several nodes read.

TWICE = """
    bars: data.bars
    one: indicator.rsi period=7
    two: indicator.rsi period={period}
    smooth: indicator.sma period=3
    again: indicator.sma period=3
    low: condition.compare operator=< value=30
    high: condition.compare operator=> value=70
    enter: action.enter_long
    leave: action.exit_long
    bars.close -> one.source
    bars.close -> two.source
    one.value -> smooth.source
    two.value -> again.source
    smooth.value -> low.left
    again.value -> high.left
    low.signal -> enter.when
    high.signal -> leave.when
"""


def test_indicators_that_mean_the_same_are_one_and_name_both_nodes():
    source = compile_strategy(sketch(TWICE.format(period=7)))
    assert source.count("bt.ind.RSI_Safe(") + source.count("bt.ind.RSI(") == 1
    assert source.count("bt.ind.SMA(") == 1
    assert "self.two" not in source
    assert "self.again" not in source
    assert source.count('_period":') == 2
    assert "Also for: two." in source
    assert "Also for: again." in source
    assert "high = self.smooth[0] > " in source


def test_indicators_with_other_parameters_are_apart():
    source = compile_strategy(sketch(TWICE.format(period=8)))
    assert source.count("bt.ind.SMA(") == 2
    assert "Also for" not in source


def test_regimes_share_the_index_they_read_and_keep_their_own_thresholds():
    source = compile_strategy(
        sketch(
            """
            bars: data.bars
            up: regime.trending_up adx=30
            down: regime.trending_down
            calm: regime.ranging adx=15
            enter: action.enter_long
            leave: action.exit_long
            turn: action.enter_short
            back: action.exit_short
            bars.bars -> up.bars
            bars.bars -> down.bars
            bars.bars -> calm.bars
            up.signal -> enter.when
            down.signal -> leave.when
            down.signal -> turn.when
            calm.signal -> back.when
            """
        )
    )
    assert source.count("DirectionalIndex(self.data") == 1
    assert source.count('_adx":') == 3
