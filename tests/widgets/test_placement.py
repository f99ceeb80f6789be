"""A node that is put somewhere covers no other one."""

import itertools

from stratcraft_jupyter.graph import load_template
from stratcraft_jupyter.widgets import actions
from stratcraft_jupyter.widgets.placement import room_at


def test_a_free_place_is_taken_as_it_is():
    graph = load_template("sma_cross")
    assert room_at(graph, 3000.0, -500.0) == (3000.0, -500.0)


def test_a_taken_place_is_left_by_as_little_as_needed():
    graph = load_template("sma_cross")
    place = graph.layout["fast"]
    x, y = room_at(graph, place.x + 10, place.y + 5)
    assert 0 < abs(x - place.x - 10) + abs(y - place.y - 5) < 400
    for other in graph.layout.values():
        assert abs(other.x - x) >= 166 or abs(other.y - y) >= 70


def test_nodes_dropped_on_one_spot_stand_side_by_side(state):
    for _ in range(6):
        actions.add_node(state, "indicator.sma", (500.0, 500.0))
    places = list(state.graph.layout.values())
    for one, other in itertools.combinations(places[-6:], 2):
        assert abs(one.x - other.x) >= 166 or abs(one.y - other.y) >= 70


def test_a_node_put_into_an_edge_stands_where_it_is_wanted(state):
    edge = "fast.value->cross_up.left"
    place = state.graph.layout["fast"]
    added = actions.add_node(state, "indicator.ema", (place.x + 40, place.y), into=edge)
    assert state.graph.layout[added].x == place.x + 40
