"""Edits of connections beyond drawing and removing one."""

import pytest

from stratcraft_jupyter.errors import GraphEditError
from stratcraft_jupyter.graph import (
    add_node,
    connect,
    insert_node,
    join,
    load_template,
    move_end,
    remove_and_bridge,
    remove_nodes,
)

SMA = load_template("sma_cross")
LOOSE = add_node(SMA, "indicator.ema")


def into(graph, node_id):
    return [str(edge) for edge in graph.edges_into(node_id)]


def test_an_end_moves_and_the_other_stays():
    edge = "bars.close->fast.source"
    moved = move_end(SMA, edge, source="bars.open", target="fast.source")
    assert into(moved, "fast") == ["bars.open->fast.source"]
    with pytest.raises(GraphEditError):
        move_end(SMA, edge, source="bars.close", target="cross_up.signal")


def test_a_node_is_put_into_an_edge():
    after = insert_node(LOOSE, "ema", "bars.close->fast.source")
    assert into(after, "ema") == ["bars.close->ema.source"]
    assert into(after, "fast") == ["ema.value->fast.source"]


@pytest.mark.parametrize("kind", ["logic.not", "math.constant", "action.exit_long"])
def test_a_node_without_ports_that_fit_is_not(kind):
    graph = add_node(SMA, kind, node_id="new")
    with pytest.raises(GraphEditError, match="does not fit into this connection"):
        insert_node(graph, "new", "bars.close->fast.source")


def test_a_node_in_use_keeps_its_edge():
    behind = connect(LOOSE, "fast.value", "ema.source")
    with pytest.raises(GraphEditError, match="does not fit into this connection"):
        insert_node(behind, "ema", "bars.close->fast.source")


def test_a_node_joins_a_port_by_the_first_of_its_own_that_fits():
    assert into(join(LOOSE, "ema", "bars.close", is_output=True), "ema") == [
        "bars.close->ema.source"
    ]
    taken = join(LOOSE, "ema", "fast.source", is_output=False)
    assert into(taken, "fast") == ["ema.value->fast.source"]
    with pytest.raises(GraphEditError, match="has no input for signal"):
        join(LOOSE, "ema", "cross_up.signal", is_output=True)


def test_removing_a_node_bridges_what_it_passed_on():
    chain = insert_node(LOOSE, "ema", "bars.close->fast.source")
    assert remove_and_bridge(chain, ["ema"]) == SMA
    both = remove_and_bridge(chain, ["ema", "fast"])
    assert "bars.close->cross_up.left" in into(both, "cross_up")


def test_nothing_is_bridged_where_no_type_fits():
    assert remove_and_bridge(SMA, ["cross_up"]) == remove_nodes(SMA, ["cross_up"])
