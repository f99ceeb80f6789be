"""Room for nodes that nobody placed by hand: over no other box, however high that is."""

from itertools import combinations

import pytest
from sketch import LONG, sketch

from stratcraft_jupyter import graph as g
from stratcraft_jupyter.graph import list_templates, load_template
from stratcraft_jupyter.graph.boxes import boxes_of

TEMPLATES = [template.name for template in list_templates()]


def overlapping(graph):
    """The pairs of boxes that cover each other."""
    return [
        (one.node.id, other.node.id)
        for one, other in combinations(boxes_of(graph).values(), 2)
        if one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    ]


def placed(*texts):
    """A sketch with each node where there is room."""
    graph = sketch(*texts)
    for node in graph.nodes:
        graph = g.place_node(graph, node.id)
    return graph


@pytest.mark.parametrize("name", TEMPLATES)
def test_new_nodes_beside_any_node_cover_none(name):
    graph = load_template(name)
    for anchor in [node.id for node in graph.nodes]:
        for kind, columns in (("indicator.ichimoku", -1), ("logic.and", 1), ("risk.stop_loss", 1)):
            node_id = g.new_node_id(graph, kind)
            graph = g.place_beside(
                g.add_node(graph, kind, node_id=node_id), node_id, anchor, columns
            )
    assert overlapping(graph) == []


def test_a_node_goes_clear_below_a_high_one():
    kinds = [kind for kind in g.KINDS.values() if kind.name != "data.bars"]
    highest = max(kinds, key=lambda kind: sum(port.required for port in kind.inputs))
    graph = placed(LONG)
    for number in range(6):
        kind = highest.name if number % 2 else "data.bars"
        node_id = g.new_node_id(graph, kind)
        graph = g.add_node(graph, kind, node_id=node_id)
        graph = g.place_beside(graph, node_id, "bars", 1)
    assert overlapping(graph) == []


def test_rows_of_the_table_cover_nothing():
    graph = placed(LONG)
    for kind in ("action.enter_long", "action.enter_short"):
        graph = g.add_row(graph, kind)
    for _ in range(3):
        graph, _ = g.duplicate_row(graph, "enter")
    graph = g.fill(graph, "down.signal", "enter.when")  # both together: a node is put between
    assert "logic.and" in {node.kind for node in graph.nodes}
    assert overlapping(graph) == []


def test_bars_that_a_node_needs_come_left_of_all_and_cover_nothing():
    needing = next(
        kind.name
        for kind in g.KINDS.values()
        if any(port.type == "bars" and port.required for port in kind.inputs)
    )
    graph = placed("a: logic.not", "b: logic.and")
    graph = g.add_node(graph, needing, node_id="needs")
    graph = g.place_beside(g.with_bars(graph, "needs"), "needs", "a", -1)
    assert "data.bars" in {node.kind for node in graph.nodes}
    assert overlapping(graph) == []


def test_copies_stay_together_and_cover_nothing():
    graph = load_template("sma_cross")
    part = g.part_of(graph, [node.id for node in graph.nodes])
    for _ in range(3):
        shift = g.free_shift(graph, part, (40.0, 40.0))
        assert shift[0] == 40.0
        graph, copies = g.add_part(graph, part, shift)
        assert {
            (graph.layout[copy].x - part.layout[node.id].x)
            for node, copy in zip(part.nodes, copies, strict=True)
        } == {40.0}
    assert overlapping(graph) == []


def test_a_comment_is_not_covered():
    graph, comment_id = g.add_comment(placed(LONG), (150.0, -100.0, 2_000.0, 400.0), "Long")
    comment = next(item for item in graph.layout.comments if item.id == comment_id)
    graph = g.place_node(g.add_node(graph, "logic.not"), "not", ["bars"])
    assert boxes_of(graph)["not"].top >= comment.y + comment.height


def test_a_node_placed_in_a_frame_belongs_to_it():
    graph, _ = g.add_frame(placed(LONG), ["bars"], (-100.0, -100.0, 5_000.0, 5_000.0))
    graph = g.place_node(g.add_node(graph, "logic.not"), "not", ["bars"])
    assert graph.layout.frames[0].nodes == ("bars", "not")


def test_a_node_of_an_unknown_kind_is_not_covered():
    graph = sketch("a: odd.kind", "b: odd.kind", "a.x -> b.one", "a.y -> b.two", "a.z -> b.three")
    graph = g.move_nodes(graph, {"b": (0.0, 0.0)})
    graph = g.place_beside(g.add_node(graph, "logic.not"), "not", "b", 0)
    assert graph.layout["not"].y >= 110
