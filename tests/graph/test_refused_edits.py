"""Edits that are refused: the words, and that nothing changed."""

import re
from datetime import date, datetime

import pytest

from stratcraft_jupyter.errors import GraphEditError, UnknownNameError
from stratcraft_jupyter.graph import (
    Edge,
    Node,
    StrategyGraph,
    add_node,
    connect,
    disconnect,
    duplicate_nodes,
    load_template,
    move_nodes,
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
        "'indicator.smma' or 'indicator.wma'?",
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
        "Is of Compare: use one of >, >=, <, <=.",
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
