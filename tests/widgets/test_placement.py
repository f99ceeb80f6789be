"""A node that is put somewhere covers no other one."""

import itertools

import pytest

from stratcraft_jupyter.graph import Position
from stratcraft_jupyter.graph.boxes import BOX_WIDTH, boxes_of
from stratcraft_jupyter.widgets import actions


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


def test_a_node_put_into_an_edge_stands_where_it_is_wanted(state):
    edge = "fast.value->cross_up.left"
    place = state.graph.layout["fast"]
    added = actions.add_node(state, "indicator.ema", (place.x + 40, place.y), into=edge)
    assert state.graph.layout[added].x == place.x + 40
