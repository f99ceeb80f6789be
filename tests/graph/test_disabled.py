"""Disabled nodes and their edges are as if absent, for all that reads a strategy."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import valid_graphs

from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.codegen.prompt import build_prompt
from stratcraft_jupyter.errors import GraphInvalidError
from stratcraft_jupyter.graph import (
    StrategyGraph,
    active_part,
    add_node,
    connect,
    describe,
    describe_node,
    expand_all,
    load_template,
    remove_nodes,
    set_enabled,
    validate,
)

TURTLE = load_template("donchian_turtle")
SMA = load_template("sma_cross")


def test_only_a_disabled_node_says_so_in_its_file():
    assert "enabled" not in SMA.to_json()
    off = set_enabled(SMA, ["slow"], False)
    assert off.to_json().count('"enabled": false') == 1
    assert StrategyGraph.from_json(off.to_json()) == off
    assert set_enabled(off, ["slow"], True) == SMA


def test_a_document_without_disabled_nodes_is_its_own_active_part():
    assert active_part(SMA) is SMA


@given(st.data())
@settings(deadline=None, max_examples=40)
def test_what_is_disabled_is_as_if_absent(data):
    graph = data.draw(valid_graphs())
    off = data.draw(st.sets(st.sampled_from([node.id for node in graph.nodes])))
    disabled, absent = set_enabled(graph, off, False), remove_nodes(graph, off)
    assert active_part(disabled) == absent
    assert disabled.hash == absent.hash
    assert describe(disabled) == describe(absent)
    codes = [item.code for item in validate(disabled) if item.code != "SC113"]
    assert codes == [item.code for item in validate(absent)]
    assert expand_all(disabled) == expand_all(absent)
    if not any(item.severity == "error" for item in validate(absent)):
        assert compile_strategy(disabled) == compile_strategy(absent)
        assert build_prompt(disabled) == build_prompt(absent)


def test_an_input_that_lost_its_node_names_it():
    (finding,) = [
        item for item in validate(set_enabled(SMA, ["bars"], False)) if item.node_id == "fast"
    ]
    assert finding.code == "SC106"
    assert finding.message == "Source of Fast SMA needs Bars, which is disabled."
    assert finding.hint == "Enable Bars, or connect something else."
    with pytest.raises(GraphInvalidError):
        compile_strategy(set_enabled(SMA, ["bars"], False))


def test_a_number_that_takes_the_place_of_a_disabled_node_is_warned_of():
    found = validate(set_enabled(SMA, ["slow"], False))
    messages = {item.message for item in found if item.code == "SC113"}
    assert messages == {
        "Right of Fast above slow is 0.0, because Slow SMA is disabled.",
        "Right of Fast below slow is 0.0, because Slow SMA is disabled.",
    }
    assert {item.severity for item in found if item.code == "SC113"} == {"warning"}
    both = set_enabled(SMA, ["slow", "cross_up", "cross_down"], False)
    assert "SC113" not in {item.code for item in validate(both)}


def test_a_disabled_node_can_still_be_read_and_may_be_of_an_unknown_kind():
    off = set_enabled(SMA, ["slow"], False)
    assert describe_node(off, "slow") == describe_node(SMA, "slow")
    lost = StrategyGraph.from_json(SMA.to_json().replace("indicator.sma", "indicator.gone"))
    assert "SC101" in {item.code for item in validate(lost)}
    assert "SC101" not in {
        item.code for item in validate(set_enabled(lost, ["fast", "slow"], False))
    }


def test_what_no_disabled_node_is_part_of_stays():
    extra = connect(add_node(SMA, "indicator.rsi", node_id="spare"), "bars.close", "spare.source")
    assert compile_strategy(set_enabled(extra, ["spare"], False)) == compile_strategy(SMA)


def test_a_number_in_the_place_of_a_disabled_node_has_its_unit():
    turtle = load_template("donchian_turtle")
    (atr,) = [node.id for node in turtle.nodes if node.kind == "indicator.atr"]
    found = validate(set_enabled(turtle, [atr], False))
    told = [item.message for item in found if item.code == "SC113" and "stop" in item.message]
    assert told
    assert all(" %, because " in message for message in told)
