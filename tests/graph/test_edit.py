"""Edits, one by one: what they do."""

from datetime import date

import pytest

from stratcraft_jupyter.graph import (
    KINDS,
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
    set_label,
    set_note,
)

GRAPH = load_template("sma_cross")
EMPTY = StrategyGraph()


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
