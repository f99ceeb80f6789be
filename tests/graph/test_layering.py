"""Nodes that nobody placed are drawn in layers, clear of each other and of those with a place."""

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import large
from stratcraft_jupyter.graph import (
    KINDS,
    Edge,
    Node,
    StrategyGraph,
    load_template,
    move_nodes,
)
from stratcraft_jupyter.graph.layering import drawn_boxes, layered
from stratcraft_jupyter.graph.layout import Layout


def only_placed(graph: StrategyGraph, names=()) -> StrategyGraph:
    """The document with no more places than those of some nodes."""
    places = {name: graph.layout[name] for name in names}
    return graph.model_copy(update={"layout": Layout(places)})


def covers(one, other) -> bool:
    beside = one.right <= other.left or other.right <= one.left
    return not (beside or one.bottom <= other.top or other.bottom <= one.top)


@st.composite
def partly_placed(draw) -> StrategyGraph:
    count = draw(st.integers(1, 25))
    kinds = draw(st.lists(st.sampled_from(list(KINDS)), min_size=count, max_size=count))
    nodes = [Node(id=f"n{number}", kind=kind) for number, kind in enumerate(kinds)]
    ends = st.sampled_from([node.id for node in nodes])
    number = st.integers(0, count - 1)
    wires = draw(st.sets(st.tuples(number, number, st.integers(0, 9)), max_size=40))
    edges = [
        Edge(source=f"n{a}.o", target=f"n{b}.i{port}") for a, b, port in sorted(wires) if a > b
    ]
    graph = StrategyGraph(nodes=tuple(nodes), edges=tuple(edges))
    place = st.tuples(*[st.floats(-1_000, 1_000) | st.sampled_from([-1e6, 1e6])] * 2)
    return move_nodes(graph, draw(st.dictionaries(ends, place, max_size=count)))


@given(partly_placed())
def test_no_box_without_a_place_covers_another_and_the_document_stays(graph):
    before = graph.to_json()
    boxes = drawn_boxes(graph)
    for (name, one), (other_name, other) in itertools.combinations(boxes.items(), 2):
        if not (name in graph.layout and other_name in graph.layout):
            assert not covers(one, other), (name, other_name)
    assert drawn_boxes(StrategyGraph.from_json(before)) == boxes
    assert graph.to_json() == before
    for name, place in graph.layout.items():
        assert (boxes[name].left, boxes[name].top) == (place.x - 83, place.y - 35)


@given(st.dictionaries(st.integers(0, 20).map(str), st.floats(20, 300)), st.data())
def test_layers_go_from_left_to_right(heights, data):
    names = sorted(heights, key=int)
    pairs = set(itertools.combinations(names, 2))
    chosen = data.draw(st.sets(st.sampled_from(sorted(pairs)))) if pairs else set()
    corners = layered(heights, sorted(chosen))
    assert corners.keys() == heights.keys()
    for source, target in chosen:
        assert corners[source][0] < corners[target][0]


def test_a_chain_is_a_straight_line():
    corners = layered(dict.fromkeys("abcd", 70.0), [("a", "b"), ("b", "c"), ("c", "d")])
    assert {top for _, top in corners.values()} == {corners["a"][1]}
    assert [left for left, _ in corners.values()] == [0, 222, 444, 666]


def test_connections_cross_no_more_than_they_must():
    pairs = [("a", "z"), ("b", "y"), ("c", "x")]
    corners = layered(dict.fromkeys("abcxyz", 70.0), pairs)
    tops = {name: top for name, (_, top) in corners.items()}
    assert sorted("abc", key=tops.get) == [{"z": "a", "y": "b", "x": "c"}[name] for name in
                                           sorted("xyz", key=tops.get)]  # fmt: skip


def test_what_only_begins_a_way_stands_beside_its_end():
    boxes = drawn_boxes(only_placed(load_template("donchian_turtle")))
    sizing = next(box for box in boxes.values() if box.node.kind.startswith("sizing."))
    enter = boxes["enter_long"]
    assert sizing.right < enter.left < sizing.right + 100


def test_one_node_with_a_place_stays_among_the_others():
    whole = load_template("sma_cross")
    free = drawn_boxes(only_placed(whole))
    moved = move_nodes(only_placed(whole), {"fast": (5_000.0, -300.0)})
    boxes = drawn_boxes(moved)
    dx, dy = (boxes["fast"].left - free["fast"].left), (boxes["fast"].top - free["fast"].top)
    for name, box in boxes.items():
        assert (box.left - free[name].left, box.top - free[name].top) == (dx, dy)


@pytest.mark.parametrize("graph", [large.fan(), large.mesh(40, 25)], ids=["fan", "mesh"])
def test_a_thousand_nodes_take_little_time(graph):
    for part in (graph, move_nodes(graph, {f.id: (0.0, 0.0) for f in graph.nodes[::2]})):
        start = time.process_time()
        drawn_boxes(part)
        assert time.process_time() - start < 3
