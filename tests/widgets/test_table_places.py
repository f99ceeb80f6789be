"""Edits of the table leave no box on the canvas over another one."""

from contextlib import suppress
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stratcraft_jupyter import graph as g
from stratcraft_jupyter.errors import GraphEditError
from stratcraft_jupyter.graph import StrategyGraph, as_table, list_templates, load_template
from stratcraft_jupyter.graph.boxes import boxes_of
from stratcraft_jupyter.widgets.snapshot import Snapshot
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.table import actions
from stratcraft_jupyter.widgets.table.gaps import WHOLE, cell_gaps, gap_of, gaps_of_node
from stratcraft_jupyter.widgets.table.offers import connections_of_node, offers

TEMPLATES = [template.name for template in list_templates()]
ENTRIES = ["action.enter_long", "action.enter_short", "action.reverse"]


def overlapping(graph):
    """The pairs of boxes and comments that cover each other."""
    rects = {box.node.id: (box.left, box.top, box.right, box.bottom) for box in boxes(graph)}
    for item in graph.layout.comments:
        rects[item.id] = (item.x, item.y, item.x + item.width, item.y + item.height)
    return [
        (one, other)
        for (one, a), (other, b) in combinations(rects.items(), 2)
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]


def boxes(graph):
    return boxes_of(graph).values()


def state_of(graph):
    return BuilderState(Snapshot(g.History(graph)))


def gaps_in(graph):
    """All that the table offers to fill."""
    rows = as_table(graph).rows
    in_cells = [
        gap
        for row in rows
        for column in g.COLUMNS
        for gap in cell_gaps(graph, row.entry_id, column)
    ]
    in_nodes = [gap for node in graph.nodes for gap in gaps_of_node(graph, node.id)]
    between = [gap for node in graph.nodes for gap in connections_of_node(graph, node.id)]
    return [*in_cells, *in_nodes, *between, WHOLE]


def one_edit(state, draw):
    """Any one thing that the table can do."""
    rows = [row.entry_id for row in as_table(state.graph).rows]
    what = draw(st.sampled_from(["fill", "fill", "fill", "duplicate", "move", "delete", "add"]))
    if what == "add" or not rows:
        actions.add_row(state, draw(st.sampled_from(ENTRIES)))
    elif what == "fill":
        gap = draw(st.sampled_from(gaps_in(state.graph)))
        there, new, _ = offers(state.graph, gap)
        if found := [*there, *new]:
            with suppress(GraphEditError):  # an edit that is refused changes nothing
                actions.fill(state, gap, draw(st.sampled_from(found)).key)
    else:
        entry = draw(st.sampled_from(rows))
        edits = {
            "duplicate": lambda: actions.duplicate_row(state, entry),
            "move": lambda: actions.move_row(state, entry, 1),
            "delete": lambda: actions.delete_row(state, entry),
        }
        edits[what]()


@given(st.sampled_from([None, *TEMPLATES]), st.data())
def test_no_sequence_of_edits_leaves_boxes_over_each_other(name, data):
    state = state_of(load_template(name) if name else StrategyGraph())
    for _ in range(data.draw(st.integers(1, 8))):
        one_edit(state, data.draw)
        assert overlapping(state.graph) == []


@pytest.fixture
def stacked():
    """Two rows and a comment below each other, with little room."""
    state = state_of(StrategyGraph())
    actions.add_row(state, "action.enter_long")
    actions.add_row(state, "action.enter_short")
    below = max(box.bottom for box in boxes(state.graph)) + 10
    graph, _ = g.add_comment(state.graph, (-80.0, below, 160.0, 60.0), "Below")
    state.edit("comment", lambda _: graph)
    return state


def test_what_stands_below_an_entry_that_grows_gives_way(stacked):
    before = dict(stacked.graph.layout)
    for column, kind in (("filter", "condition.weekday"), ("sizing", "sizing.fixed_cash")):
        name = "filter" if column == "filter" else "size"
        gap = gap_of(stacked.graph, f"in:enter_long.{name}")
        offer = next(o for o in offers(stacked.graph, gap).new if kind in o.key)
        actions.fill(stacked, gap, offer.key)
    after = stacked.graph.layout
    assert after["enter_long"] == before["enter_long"]
    assert after["enter_short"].y > before["enter_short"].y
    assert overlapping(stacked.graph) == []
    stacked.undo()
    stacked.undo()
    assert dict(stacked.graph.layout) == before


def test_a_frame_grows_with_what_gives_way_in_it(stacked):
    short = next(box for box in boxes(stacked.graph) if box.node.id == "enter_short")
    area = (short.left - 10, short.top - 30, 200.0, short.height + 40.0)
    stacked.edit("frame", lambda graph: g.add_frame(graph, ["enter_short"], area)[0])
    for kind, name in (("condition.weekday", "filter"), ("sizing.fixed_cash", "size")):
        gap = gap_of(stacked.graph, f"in:enter_long.{name}")
        offer = next(o for o in offers(stacked.graph, gap).new if kind in o.key)
        actions.fill(stacked, gap, offer.key)
    (frame,) = stacked.graph.layout.frames
    short = next(box for box in boxes(stacked.graph) if box.node.id == "enter_short")
    assert frame.nodes == ("enter_short",)
    assert frame.y + frame.height >= short.bottom


def test_what_was_put_over_another_one_by_hand_stays():
    graph = load_template("sma_cross")
    place = graph.layout["exit_long"]
    graph = g.move_nodes(graph, {"cross_down": (place.x, place.y)})
    state = state_of(graph)
    gap = gap_of(graph, "in:enter_long.size")
    actions.fill(state, gap, offers(graph, gap).new[0].key)
    assert state.graph.layout["cross_down"] == graph.layout["cross_down"]
    assert state.graph.layout["exit_long"] == place
