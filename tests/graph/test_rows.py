"""The table of a strategy: nothing is left out, and its edits keep the document sound."""

import json

import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st

from stratcraft_jupyter import graph as g
from stratcraft_jupyter.errors import GraphEditError
from stratcraft_jupyter.graph import StrategyGraph, as_table, load_template


def sma_cross():
    graph = g.rename_node(load_template("sma_cross"), "enter_long", "enter")
    return g.rename_node(graph, "exit_long", "exit")


def made(graph, kind, node_id, **connected):
    """A graph with one more node; ``when="cross_up.signal"`` connects an input."""
    graph = g.add_node(graph, kind, node_id=node_id)
    for port, source in connected.items():
        graph = g.connect(graph, source, f"{node_id}.{port}")
    return graph


def ids_of(table, entry_id):
    """The nodes of a row by column, as far as there are any."""
    row = table.row(entry_id)
    cells = ((column, [chip.node_id for chip in chips]) for column, chips in row.cells.items())
    return {column: ids for column, ids in cells if ids}


def in_table(table):
    return {node_id for chip in table.chips for node_id in chip.nodes}


@given(strategies.valid_graphs())
def test_every_node_of_a_valid_strategy_is_in_the_table(graph):
    assert in_table(as_table(graph)) == {node.id for node in graph.nodes}


@given(strategies.documents())
def test_every_node_of_any_document_is_in_the_table(document):
    graph = StrategyGraph.model_validate_json(json.dumps(document))
    assert in_table(as_table(graph)) == {node.id for node in graph.nodes}


def test_a_template_is_one_row():
    table = as_table(sma_cross())
    assert ids_of(table, "enter") == {"entry": ["enter", "cross_up"], "exit": ["exit"]}
    assert table.whole == table.free == ()


def test_what_shapes_an_entry_stands_in_its_column():
    graph = sma_cross()
    graph = made(graph, "regime.trending_up", "up", bars="bars.bars")
    graph = made(graph, "condition.weekday", "monday", bars="bars.bars")
    graph = made(graph, "sizing.fixed_cash", "money")
    graph = g.connect(graph, "up.signal", "enter.regime")
    graph = g.connect(graph, "monday.signal", "enter.filter")
    graph = g.connect(graph, "monday.signal", "enter.confirm")
    graph = g.connect(graph, "money.size", "enter.size")
    graph = made(graph, "risk.stop_loss", "stop", entry="enter.order")
    graph = made(graph, "risk.time_limit", "time")
    graph = made(graph, "risk.cooldown", "pause")
    table = as_table(graph)
    assert ids_of(table, "enter") == {
        "regime": ["up"],
        "filter": ["monday"],
        "entry": ["enter", "cross_up", "monday"],
        "exit": ["exit"],
        "sizing": ["money"],
        "risk": ["stop"],
    }
    assert [chip.port for chip in table.rows[0].cells["entry"]] == ["", "when", "confirm"]
    assert [chip.node_id for chip in table.whole] == ["pause", "time"]


def test_a_free_sub_graph_is_one_chip_with_all_its_nodes():
    graph = made(sma_cross(), "indicator.rsi", "rsi", source="bars.close")
    graph = made(graph, "condition.compare", "low", left="rsi.value")
    (chip,) = as_table(graph).free
    assert (chip.node_id, set(chip.nodes)) == ("low", {"low", "rsi", "bars"})


def test_an_exit_of_no_entry_is_in_every_row_of_its_side():
    graph = made(sma_cross(), "action.enter_long", "again", when="cross_up.signal")
    graph = made(graph, "action.enter_short", "down", when="cross_down.signal")
    table = as_table(graph)
    assert ids_of(table, "again")["exit"] == ids_of(table, "enter")["exit"] == ["exit"]
    assert "exit" not in ids_of(table, "down")
    graph = g.connect(graph, "again.order", "exit.entry")
    assert "exit" not in ids_of(as_table(graph), "enter")


def test_an_exit_of_a_side_that_is_never_entered_is_a_free_chip():
    graph = g.remove_nodes(sma_cross(), ["enter"])
    assert [chip.node_id for chip in as_table(graph).free] == ["cross_up", "exit"]


def rows(graph):
    return [row.entry_id for row in as_table(graph).rows]


@pytest.fixture
def three():
    graph = sma_cross()
    for node_id in ("b", "c"):
        graph = made(graph, "action.enter_long", node_id, when="cross_up.signal")
    return graph


def test_a_new_row_comes_last(three):
    moved = g.move_row(three, "c", -1)
    added = g.add_row(moved, "action.enter_short")
    assert rows(added) == [*rows(moved), "enter_short"]
    with pytest.raises(GraphEditError):
        g.add_row(three, "action.exit_long")


@pytest.mark.parametrize(
    ("entry_id", "by", "wanted"),
    [
        ("c", -1, ["c", "b", "enter"]),
        ("b", 1, ["c", "b", "enter"]),
        ("enter", -2, ["enter", "b", "c"]),
        ("b", 5, ["c", "enter", "b"]),
        ("b", -1, ["b", "c", "enter"]),
    ],
)
def test_a_row_moves(three, entry_id, by, wanted):
    assert rows(three) == ["b", "c", "enter"]
    assert rows(g.move_row(three, entry_id, by)) == wanted


def test_moving_back_keeps_the_numbers_there_are(three):
    spread = g.set_param(three, "c", "priority", 7)
    spread = g.set_param(spread, "enter", "priority", 30)
    moved = g.move_row(spread, "enter", -1)
    numbers = {item: moved.node(item).params.get("priority") for item in rows(moved)}
    assert numbers == {"b": 1, "enter": 7, "c": 30}
    assert g.move_row(moved, "enter", 1) == spread


def test_a_copy_has_its_own_nodes_and_shares_the_rest(three):
    graph = made(three, "indicator.rsi", "rsi", source="bars.close")
    graph = made(graph, "condition.compare", "low", left="rsi.value")
    graph = g.connect(graph, "low.signal", "enter.filter")
    graph = made(graph, "risk.stop_loss", "stop", entry="enter.order")
    graph = g.connect(graph, "b.order", "stop.entry")
    graph, copy = g.duplicate_row(graph, "enter")
    cells = ids_of(as_table(graph), copy)
    assert cells["entry"] == [copy, "cross_up"]
    assert cells["filter"] == ["low_2"]
    assert cells["risk"] == ["stop"]
    assert cells["exit"] == ["exit"]
    assert [str(edge) for edge in graph.edges_into("rsi_2")] == ["bars.close->rsi_2.source"]


def test_deleting_a_row_leaves_what_others_use(three):
    one = g.delete_row(three, "b")
    assert {node.id for node in three.nodes} - {node.id for node in one.nodes} == {"b"}
    last = g.delete_row(g.delete_row(one, "c"), "enter")
    assert [node.id for node in last.nodes] == ["bars"]


def test_a_row_is_switched_off_and_on(three):
    off = g.enable_row(three, "b", False)
    assert [node.id for node in off.nodes if not node.enabled] == ["b"]
    assert g.enable_row(off, "b", True) == three
    alone = g.enable_row(sma_cross(), "enter", False)
    assert {node.id for node in alone.nodes if node.enabled} == {"bars"}


def test_a_second_condition_joins_the_first():
    graph = made(sma_cross(), "condition.weekday", "monday", bars="bars.bars")
    graph = g.fill(graph, "monday.signal", "enter.when")
    assert [str(edge) for edge in graph.edges_into("enter")] == ["and.signal->enter.when"]
    graph = made(graph, "condition.month", "may", bars="bars.bars")
    graph = g.fill(graph, "may.signal", "enter.when")
    assert {edge.source_node for edge in graph.edges_into("and")} == {"cross_up", "monday", "may"}


def test_another_size_takes_the_place_of_the_first():
    graph = made(sma_cross(), "sizing.fixed_cash", "money")
    graph = g.fill(graph, "money.size", "enter.size")
    graph = made(graph, "sizing.fixed_shares", "shares")
    graph = g.fill(graph, "shares.size", "enter.size")
    assert [edge.source_node for edge in graph.edges_into("enter", "size")] == ["shares"]
    assert "money" not in {node.id for node in graph.nodes}


def test_whole_bars_are_connected_where_there_is_no_choice():
    graph = g.add_node(StrategyGraph(), "regime.ranging", node_id="calm")
    graph = g.with_bars(graph, "calm")
    assert [str(edge) for edge in graph.edges] == ["bars.bars->calm.bars"]
    again = g.with_bars(g.add_node(graph, "regime.ranging", node_id="more"), "more")
    assert len([node for node in again.nodes if node.kind == "data.bars"]) == 1


@given(strategies.valid_graphs(), st.data())
def test_edits_of_rows_keep_every_node_in_the_table(graph, data):
    for _ in range(3):
        present = rows(graph)
        if not present:
            break
        entry = data.draw(st.sampled_from(present))
        edit = data.draw(
            st.sampled_from(
                [
                    lambda graph, entry: g.duplicate_row(graph, entry)[0],
                    lambda graph, entry: g.move_row(graph, entry, -1),
                    lambda graph, entry: g.enable_row(graph, entry, False),
                    g.delete_row,
                ]
            )
        )
        graph = edit(graph, entry)
        assert in_table(as_table(graph)) == {node.id for node in graph.nodes}


def test_no_priority_stays_that_only_a_deleted_row_explained():
    graph = g.add_row(g.add_row(StrategyGraph(), "action.enter_long"), "action.enter_short")
    graph = g.move_row(graph, "enter_long", 1)
    assert graph.node("enter_long").params["priority"] == 2
    left = g.delete_row(graph, "enter_short")
    assert not any("priority" in sentence for sentence in g.describe(left))
    three = g.add_row(graph, "action.reverse")
    three = g.set_param(three, "reverse", "priority", 3)
    rest = g.delete_row(three, "enter_short")
    assert [rest.node(item).params["priority"] for item in ("enter_long", "reverse")] == [1, 2]
    own = g.set_param(g.set_param(three, "enter_long", "priority", 20), "reverse", "priority", 30)
    kept = g.delete_row(own, "enter_short")
    assert [kept.node(item).params["priority"] for item in ("enter_long", "reverse")] == [20, 30]
