"""A node that is put somewhere covers no other one."""

import itertools

import pytest

from stratcraft_jupyter.graph import KINDS, Position, list_templates, load_template
from stratcraft_jupyter.graph.boxes import BOX_WIDTH, boxes_of
from stratcraft_jupyter.graph.copying import as_text, part_of
from stratcraft_jupyter.widgets import actions, canvas_actions

TEMPLATES = [template.name for template in list_templates()]


@pytest.mark.parametrize("place", [(3000.0, -500.0), (3011.0, -489.0)])
def test_a_free_place_is_taken_as_it_is(state, place):
    added = actions.add_node(state, "indicator.sma", place)
    assert state.graph.layout[added] == Position(x=place[0], y=place[1])


def test_a_taken_place_is_left_by_as_little_as_needed(state):
    place = state.graph.layout["fast"]
    added = actions.add_node(state, "indicator.sma", (place.x + 10, place.y + 5))
    found = state.graph.layout[added]
    assert 0 < abs(found.x - place.x - 10) + abs(found.y - place.y - 5) < 400
    boxes = boxes_of(state.graph)
    for name, other in state.graph.layout.items():
        height = boxes[added if other.y > found.y else name].height
        is_apart = abs(other.x - found.x) >= BOX_WIDTH + 20 or abs(other.y - found.y) >= height
        assert name == added or is_apart


def test_nodes_dropped_on_one_spot_stand_side_by_side(state):
    for _ in range(6):
        actions.add_node(state, "indicator.sma", (500.0, 500.0))
    places = list(state.graph.layout.values())
    for one, other in itertools.combinations(places[-6:], 2):
        assert abs(one.x - other.x) >= BOX_WIDTH + 20 or abs(one.y - other.y) >= 70


def centre_of(state, edge):
    """The middle between the two nodes of an edge."""
    ends = [state.graph.layout[end.split(".")[0]] for end in edge.split("->")]
    return sum(at.x for at in ends) / 2, sum(at.y for at in ends) / 2


def covered(state):
    """The pairs of boxes that cover each other."""
    return [
        (one.node.id, other.node.id)
        for one, other in itertools.combinations(boxes_of(state.graph).values(), 2)
        if one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    ]


def test_a_node_put_into_an_edge_with_room_stands_where_it_is_wanted(state):
    edge = "fast.value->cross_up.left"
    added = actions.add_node(state, "indicator.ema", (450.0, -400.0), into=edge)
    assert state.graph.layout[added] == Position(x=450.0, y=-400.0)


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_stands_right_of_a_node_put_into_an_edge_makes_way(state, name):
    state.edit("open", lambda _: load_template(name))
    for edge in state.graph.edges:
        before = state.graph
        kind = KINDS[before.node(edge.source_node).kind].output(edge.source_port)
        between = {"series": "math.shift", "signal": "logic.not"}.get(kind.type)
        if between is None:
            continue
        added = actions.add_node(state, between, centre_of(state, str(edge)), into=str(edge))
        assert covered(state) == [], edge
        places = state.graph.layout
        assert places[edge.source_node] == before.layout[edge.source_node]
        if places[edge.target_node] != before.layout[edge.target_node]:
            assert places[edge.source_node].x < places[added].x < places[edge.target_node].x
        state.undo()


def test_frames_and_comments_make_way_too(state):
    place = state.graph.layout["cross_up"]
    crossing = place.x - 90, place.y - 60, 180.0, 120.0
    canvas_actions.add_frame(state, ["cross_up"], crossing)
    canvas_actions.add_frame(state, ["fast", "slow"], (place.x - 290, place.y - 60, 180.0, 400.0))
    canvas_actions.add_comment(state, (place.x, place.y - 300, 100.0, 60.0), "Above")
    before = state.graph.layout
    edge = "fast.value->cross_up.left"
    actions.add_node(state, "math.shift", centre_of(state, edge), into=edge)
    after = state.graph.layout
    step = after["cross_up"].x - before["cross_up"].x
    assert step > 0
    assert after["slow"] == before["slow"]
    assert after.comments[0].x == before.comments[0].x + step
    assert [frame.nodes for frame in after.frames] == [("cross_up",), ("fast", "slow")]
    moved = {frame.id: frame.x for frame in after.frames}
    assert moved["frame"] == crossing[0] + step
    assert moved["frame_2"] == place.x - 290


def test_a_node_dragged_into_an_edge_gets_room_as_well(state):
    actions.add_node(state, "indicator.ema", (256.0, -300.0))
    edge = "fast.value->cross_up.left"
    canvas_actions.move(state, {"ema": centre_of(state, edge)}, into=edge)
    assert covered(state) == []


def test_what_is_pasted_covers_nothing(state):
    text = as_text(part_of(state.graph, ["fast", "cross_up"]))
    place = state.graph.layout["slow"]
    canvas_actions.paste(state, text, (place.x + 20, place.y - 10))
    assert covered(state) == []
    assert len(state.graph.nodes) == 9
