"""Edits, one by one: what they do, and what they say when they refuse."""

import re
from datetime import date, datetime

import pytest

from stratcraft_jupyter.errors import GraphEditError, UnknownNameError
from stratcraft_jupyter.graph import (
    KINDS,
    Edge,
    Node,
    Position,
    StrategyGraph,
    add_node,
    connect,
    disconnect,
    duplicate_nodes,
    load_template,
    move_nodes,
    new_node_id,
    remove_nodes,
    rename_node,
    set_backtest,
    set_description,
    set_label,
    set_name,
    set_note,
    set_param,
)
from stratcraft_jupyter.graph.document import MAX_EDGES, MAX_NODES

GRAPH = load_template("sma_cross")
EMPTY = StrategyGraph()
TOO_MANY = tuple(Node(id=f"n{number}", kind="data.bars") for number in range(MAX_NODES))
ID_RULE = 'id: use lower-case letters, digits and underscores, as in "fast_sma".'

REFUSED = {
    "kind that does not exist": (
        lambda: add_node(GRAPH, "indicator.smaa"),
        "There is no kind named 'indicator.smaa'. Did you mean 'indicator.sma' or "
        "'indicator.wma' or 'indicator.ema'?",
    ),
    "id taken by another": (
        lambda: add_node(GRAPH, "math.shift", node_id="fast"),
        "two nodes have the id 'fast'; give each its own.",
    ),
    "id with a capital": (lambda: add_node(GRAPH, "math.shift", node_id="Fast"), ID_RULE),
    "id that is too long": (lambda: add_node(GRAPH, "math.shift", node_id="a" * 41), ID_RULE),
    "label of two lines": (
        lambda: add_node(GRAPH, "math.shift", label="a\nb"),
        "label: control characters and line breaks are not allowed here.",
    ),
    "parameter of another kind": (
        lambda: add_node(GRAPH, "math.shift", params={"period": 2}),
        "Earlier value has no parameter 'period'. Known: 'bars'.",
    ),
    "parameter out of range": (
        lambda: add_node(GRAPH, "math.shift", params={"bars": 0}),
        "Bars ago of Earlier value: use 1 or more.",
    ),
    "one number for a position": (
        lambda: add_node(GRAPH, "math.shift", position=(1,)),
        "A position is a pair of numbers: x and y in pixels.",
    ),
    "text for a position": (
        lambda: add_node(GRAPH, "math.shift", position=("left", 1)),
        "A position is a pair of numbers: x and y in pixels.",
    ),
    "2,001 nodes": (
        lambda: add_node(StrategyGraph(nodes=TOO_MANY), "math.shift"),
        "nodes: Tuple should have at most 2000 items after validation, not 2001.",
    ),
    "removing what is not there": (
        lambda: remove_nodes(GRAPH, ["fast", "fats"]),
        "There is no node named 'fats'. Did you mean 'fast'?",
    ),
    "connecting what does not fit": (
        lambda: connect(GRAPH, "bars.bars", "fast.source"),
        "Whole bars do not fit here: Source of Fast SMA takes a series.",
    ),
    "connecting without a port": (
        lambda: connect(GRAPH, "bars", "fast.source"),
        "Bars has no output named ''.",
    ),
    "disconnecting what is not connected": (
        lambda: disconnect(GRAPH, "bars.open", "fast.source"),
        "There is no edge bars.open->fast.source.",
    ),
    "parameter of nobody": (
        lambda: set_param(GRAPH, "nobody", "period", 1),
        "There is no node named 'nobody'. Known: 'bars', 'cross_down', 'cross_up', 'enter_long', "
        "'exit_long', 'fast', 'slow'.",
    ),
    "misspelt parameter": (
        lambda: set_param(GRAPH, "fast", "perod", 1),
        "Fast SMA has no parameter 'perod'. Did you mean 'period'?",
    ),
    "half a bar": (
        lambda: set_param(GRAPH, "fast", "period", 2.5),
        "Period of Fast SMA: use a whole number.",
    ),
    "too many bars": (
        lambda: set_param(GRAPH, "fast", "period", 10**400),
        "Period of Fast SMA: use 5,000 or less.",
    ),
    "true for a number": (
        lambda: set_param(GRAPH, "fast", "period", True),
        "Period of Fast SMA: use a number.",
    ),
    "nothing for a number": (
        lambda: set_param(GRAPH, "fast", "period", None),
        "Period of Fast SMA: use a number.",
    ),
    "no number": (
        lambda: set_param(add_node(GRAPH, "math.constant"), "constant", "value", float("nan")),
        "Value of Constant: use a number.",
    ),
    "infinity": (
        lambda: set_param(add_node(GRAPH, "math.constant"), "constant", "value", float("inf")),
        "Value of Constant: use 1,000,000,000,000 or less.",
    ),
    "an operator that does not exist": (
        lambda: add_node(GRAPH, "condition.compare", params={"operator": "=="}),
        "Is of Compare: use one of >, >=, <, <=.",
    ),
    "a number for a choice": (
        lambda: add_node(GRAPH, "condition.compare", params={"operator": 1}),
        "Is of Compare: use a text.",
    ),
    "label of nobody": (
        lambda: set_label(GRAPH, "fastt", "Fast"),
        "There is no node named 'fastt'. Did you mean 'fast'?",
    ),
    "label that is too long": (
        lambda: set_label(GRAPH, "fast", "x" * 81),
        "label: String should have at most 80 characters.",
    ),
    "note with a bell": (
        lambda: set_note(GRAPH, "fast", "ding\a"),
        "note: control characters are not allowed here.",
    ),
    "renaming nobody": (
        lambda: rename_node(GRAPH, "quick", "fast"),
        "There is no node named 'quick'. Known: 'bars', 'cross_down', 'cross_up', 'enter_long', "
        "'exit_long', 'fast', 'slow'.",
    ),
    "renaming to another's id": (
        lambda: rename_node(GRAPH, "fast", "slow"),
        "There is a node with the id 'slow' already.",
    ),
    "renaming to no id": (lambda: rename_node(GRAPH, "fast", "1st"), ID_RULE),
    "moving nobody": (
        lambda: move_nodes(GRAPH, {"fast": (1, 1), "quick": (1, 1)}),
        "There is no node named 'quick'. Known: 'bars', 'cross_down', 'cross_up', 'enter_long', "
        "'exit_long', 'fast', 'slow'.",
    ),
    "moving nowhere": (
        lambda: move_nodes(GRAPH, {"fast": (float("nan"), 1)}),
        "x: Input should be a finite number.",
    ),
    "moving too far": (
        lambda: move_nodes(GRAPH, {"fast": (0, -1_000_001)}),
        "y: Input should be greater than or equal to -1000000.",
    ),
    "setting that does not exist": (
        lambda: set_backtest(GRAPH, comission=0.1),
        "There is no backtest setting 'comission'. Did you mean 'commission'?",
    ),
    "negative cash": (
        lambda: set_backtest(GRAPH, cash=-1),
        "cash: Input should be greater than 0.",
    ),
    "date with a time": (
        lambda: set_backtest(GRAPH, start=datetime(2020, 1, 1, 12)),
        "start: Input should be a valid date.",
    ),
    "end before start": (
        lambda: set_backtest(GRAPH, start=date(2021, 1, 1), end=date(2020, 1, 1)),
        "start 2021-01-01 is after end 2020-01-01.",
    ),
    "no name": (
        lambda: set_name(GRAPH, ""),
        "name: String should have at least 1 character.",
    ),
    "name with a line break": (
        lambda: set_name(GRAPH, "a\u2028b"),
        "name: control characters and line breaks are not allowed here.",
    ),
    "description with a NUL": (
        lambda: set_description(GRAPH, "a\0b"),
        "description: control characters are not allowed here.",
    ),
    "copying nobody": (
        lambda: duplicate_nodes(GRAPH, ["fats"]),
        "There is no node named 'fats'. Did you mean 'fast'?",
    ),
    "copying off the canvas": (
        lambda: duplicate_nodes(move_nodes(GRAPH, {"fast": (1e6, 0)}), ["fast"]),
        "x: Input should be less than or equal to 1000000.",
    ),
    "copying too much": (
        lambda: duplicate_nodes(StrategyGraph(nodes=TOO_MANY), ["n1"]),
        "nodes: Tuple should have at most 2000 items after validation, not 2001.",
    ),
}


@pytest.mark.parametrize(("edit", "message"), REFUSED.values(), ids=REFUSED)
def test_a_refused_edit_says_why(edit, message):
    before = GRAPH.to_json()
    with pytest.raises((GraphEditError, UnknownNameError), match=f"^{re.escape(message)}$"):
        edit()
    assert GRAPH.to_json() == before


def test_one_edge_too_many_is_refused():
    gates = [Node(id=f"n{number}", kind="logic.or") for number in range(400)]
    pairs = [(giver, taker) for giver in range(400) for taker in range(giver + 1, 400)]
    edges = [Edge(source=f"n{a}.signal", target=f"n{b}.signals") for a, b in pairs[:MAX_EDGES]]
    full = StrategyGraph(nodes=tuple(gates), edges=tuple(edges))
    giver, taker = pairs[MAX_EDGES]
    with pytest.raises(GraphEditError, match=r"^edges: Tuple should have at most 8000 items"):
        connect(full, f"n{giver}.signal", f"n{taker}.signals")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_added_with_its_defaults_written_out(kind):
    graph = add_node(EMPTY, kind)
    (node,) = graph.nodes
    assert (node.id, node.kind) == (kind.partition(".")[2], kind)
    assert node.params == KINDS[kind].defaults()
    assert node.label is None


def test_a_node_is_added_as_asked():
    graph = add_node(
        EMPTY,
        "indicator.sma",
        node_id="fast",
        params={"period": 3},
        label="Fast",
        position=(1, -2.5),
    )
    assert graph.nodes == (
        Node(id="fast", kind="indicator.sma", params={"period": 3}, label="Fast"),
    )
    assert graph.layout == {"fast": Position(x=1.0, y=-2.5)}


def test_new_ids_are_counted_up():
    graph = EMPTY
    for wanted in ("sma", "sma_2", "sma_3"):
        assert new_node_id(graph, "indicator.sma") == wanted
        graph = add_node(graph, "indicator.sma")


def test_removing_a_node_removes_its_edges_and_its_position():
    graph = remove_nodes(move_nodes(GRAPH, {"fast": (1, 1)}), ["fast"])
    assert "fast" not in {node.id for node in graph.nodes}
    assert "fast" not in graph.layout
    assert [str(edge) for edge in graph.edges if "fast" in str(edge)] == []
    assert len(graph.edges) == len(GRAPH.edges) - 3


def test_connecting_an_input_that_takes_one_edge_replaces_it():
    graph = connect(GRAPH, "bars.open", "fast.source")
    assert [edge.source for edge in graph.edges_into("fast")] == ["bars.open"]
    assert [edge.source for edge in graph.edges_into("slow")] == ["bars.close"]


def test_connecting_an_input_that_takes_many_edges_adds_one():
    graph = add_node(GRAPH, "logic.and", node_id="both")
    for source in ("cross_up.signal", "cross_down.signal"):
        graph = connect(graph, source, "both.signals")
    assert [edge.source for edge in graph.edges_into("both")] == [
        "cross_down.signal",
        "cross_up.signal",
    ]


def test_disconnecting_takes_back_connecting():
    graph = add_node(GRAPH, "math.shift")
    connected = connect(graph, "fast.value", "shift.source")
    assert disconnect(connected, "fast.value", "shift.source") == graph


def test_a_renamed_node_keeps_its_edges_and_its_position():
    graph = rename_node(GRAPH, "fast", "quick")
    assert graph.layout["quick"] == GRAPH.layout["fast"]
    assert graph.node("quick").label == "Fast SMA"
    assert rename_node(graph, "quick", "fast") == GRAPH
    assert "fast" not in {edge.source_node for edge in graph.edges}


def test_a_node_can_be_renamed_to_its_own_id():
    assert rename_node(GRAPH, "fast", "fast") == GRAPH


@pytest.mark.parametrize("edit", [set_label, set_note])
def test_an_empty_text_removes_it(edit):
    graph = edit(GRAPH, "fast", "text")
    assert edit(graph, "fast", "") == edit(graph, "fast", None)


def test_a_copy_keeps_inner_edges_and_lies_lower_right():
    graph = duplicate_nodes(GRAPH, ["fast", "cross_up", "fast"])
    copies = {node.id for node in graph.nodes} - {node.id for node in GRAPH.nodes}
    assert copies == {"fast_2", "cross_up_2"}
    new = [str(edge) for edge in graph.edges if edge not in GRAPH.edges]
    assert new == ["fast_2.value->cross_up_2.left"]
    place = GRAPH.layout["fast"]
    assert graph.layout["fast_2"] == Position(x=place.x + 40, y=place.y + 40)


def test_a_copy_of_a_copy_counts_on():
    graph = duplicate_nodes(duplicate_nodes(GRAPH, ["fast"]), ["fast_2"])
    assert {node.id for node in graph.nodes} >= {"fast", "fast_2", "fast_3"}


def test_a_setting_is_changed_alone():
    graph = set_backtest(GRAPH, cash=5, start=date(2020, 1, 1))
    assert graph.backtest == GRAPH.backtest.model_copy(
        update={"cash": 5.0, "start": date(2020, 1, 1)}
    )
