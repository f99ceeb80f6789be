"""Where nodes that nobody placed by hand find room: beside others, over none of them."""

import math
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from stratcraft_jupyter.graph.arranging import move_nodes
from stratcraft_jupyter.graph.boxes import ABOVE_PLACE, BOX_WIDTH, box_height, boxes_of
from stratcraft_jupyter.graph.document import StrategyGraph

Place = tuple[float, float]

COLUMN = 196.0
"""Distance between the centres of neighbouring columns, as in the templates."""
BELOW = 26.0
"""Least room between boxes above each other; one that gets another row of ports stays clear."""
_AISLE = 24.0
"""Least room between boxes beside each other: ports stand on the sides of both."""
_STEP = 22.0
_FARTHEST = 30  # steps
_MOST_MOVES = 4


class Rect(NamedTuple):
    """What a box covers."""

    left: float
    top: float
    right: float
    bottom: float

    def shifted(self, dx: float, dy: float) -> "Rect":
        """The same elsewhere."""
        return Rect(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)

    def covers(self, other: "Rect") -> bool:
        """Whether two boxes cover each other."""
        is_beside = self.right <= other.left or other.right <= self.left
        return not (is_beside or self.bottom <= other.top or other.bottom <= self.top)

    def is_near(self, other: "Rect") -> bool:
        """Whether two boxes cover each other, or leave too little room for ports and edges."""
        is_beside = self.right + _AISLE <= other.left or other.right + _AISLE <= self.left
        return not (
            is_beside or self.bottom + BELOW <= other.top or other.bottom + BELOW <= self.top
        )


def place_node(graph: StrategyGraph, node_id: str, near: Sequence[str] = ()) -> StrategyGraph:
    """The document with a node where there is room: right of others, else right of everything.

    Args:
        graph: The document, in which the node has its connections already: they make boxes higher.
        node_id: The node.
        near: Ids of other nodes; the last one that has a place counts.

    Raises:
        UnknownNameError: The node does not exist.
        GraphEditError: There is no room left on the canvas.
    """
    places = {key: at for key, at in graph.layout.items() if key != node_id}
    anchors = [places[other] for other in near if other in places]
    if anchors:
        wanted = anchors[-1].x + COLUMN, anchors[-1].y
    elif places:
        right = max(place.x for place in places.values())
        wanted = right + COLUMN, min(place.y for place in places.values())
    else:
        wanted = 0.0, 0.0
    return _placed(graph, node_id, wanted)


def make_room(graph: StrategyGraph, node_id: str) -> StrategyGraph:
    """The document with a node as near as there is room to where it stands.

    Raises:
        UnknownNameError: The node does not exist.
        GraphEditError: There is no room left on the canvas.
    """
    place, rect = graph.layout[node_id], rects_of(graph)[node_id]
    taken = _taken(graph, without=[node_id])
    steps = range(-_FARTHEST, _FARTHEST + 1)
    ways = sorted(
        ((right * _STEP, down * _STEP) for right in steps for down in steps),
        key=lambda way: (math.hypot(*way), way),
    )
    for way in ways:
        if not any(rect.shifted(*way).is_near(other) for other in taken):
            return move_nodes(graph, {node_id: (place.x + way[0], place.y + way[1])})
    return _placed(graph, node_id, (place.x, place.y))


def has_room(graph: StrategyGraph, node_id: str) -> bool:
    """Whether a node stands clear of all others, and of comments."""
    rect = rects_of(graph)[node_id]
    return not any(rect.is_near(other) for other in _taken(graph, without=[node_id]))


def place_beside(graph: StrategyGraph, node_id: str, other_id: str, columns: int) -> StrategyGraph:
    """The document with a node so many columns right of another one, or left if below 0.

    Raises:
        UnknownNameError: The node does not exist.
        GraphEditError: There is no room left on the canvas.
    """
    anchor = graph.layout.get(other_id)
    if anchor is None:
        return place_node(graph, node_id)
    return _placed(graph, node_id, (anchor.x + columns * COLUMN, anchor.y))


def place_sources_left(graph: StrategyGraph, node_id: str) -> StrategyGraph:
    """The document with all that a node reads left of it; what stands there already stays.

    Raises:
        UnknownNameError: The node does not exist.
        GraphEditError: There is no room left on the canvas.
    """
    pending = [graph.node(node_id).id]
    budget = _MOST_MOVES * len(graph.nodes)  # connections may go round in an invalid strategy
    while pending and budget > 0:
        reader = pending.pop(0)
        for edge in graph.edges_into(reader):
            if edge.source_port != "order" and _is_too_far_right(graph, edge.source_node, reader):
                wanted = graph.layout[reader].x - COLUMN, graph.layout[edge.source_node].y
                graph = _placed(graph, edge.source_node, wanted)
                pending.append(edge.source_node)
                budget -= 1
    return graph


def _is_too_far_right(graph: StrategyGraph, source_id: str, reader_id: str) -> bool:
    source, reader = graph.layout.get(source_id), graph.layout.get(reader_id)
    return bool(source and reader and source.x > reader.x - BOX_WIDTH - _AISLE)


def place_before_all(graph: StrategyGraph, node_id: str) -> StrategyGraph:
    """The document with a node left of everything.

    Raises:
        UnknownNameError: The node does not exist.
        GraphEditError: There is no room left on the canvas.
    """
    places = [at for key, at in graph.layout.items() if key != node_id]
    if not places:
        return _placed(graph, node_id, (0.0, 0.0))
    left = min(place.x for place in places) - COLUMN
    return _placed(graph, node_id, (left, min(place.y for place in places)))


def free_shift(graph: StrategyGraph, part: StrategyGraph, shift: Place) -> Place:
    """How far a part of a strategy is moved so that its boxes cover none of a document's.

    Args:
        graph: The document that the part is to be added to.
        part: The part, with its own places.
        shift: How far it is to be moved at least; what is in its way sends it further down.
    """
    own = [rect.shifted(*shift) for rect in rects_of(part).values()]
    return shift[0], shift[1] + _way_down(own, _taken(graph))


def place_together(graph: StrategyGraph, node_ids: Collection[str]) -> StrategyGraph:
    """The document with nodes moved down together until they are near no other.

    Raises:
        UnknownNameError: A node does not exist.
        GraphEditError: There is no room left on the canvas.
    """
    rects = rects_of(graph)
    own = [rects[node_id] for node_id in node_ids if node_id in rects]
    down = _way_down(own, _taken(graph, without=node_ids))
    places = {key: graph.layout[key] for key in node_ids if key in rects}
    return move_nodes(graph, {key: (at.x, at.y + down) for key, at in places.items()})


def _placed(graph: StrategyGraph, node_id: str, wanted: Place) -> StrategyGraph:
    there = move_nodes(graph, {node_id: wanted})
    rect = rects_of(there)[node_id]
    down = _way_down([rect], _taken(graph, without=[node_id]))
    return move_nodes(graph, {node_id: (wanted[0], wanted[1] + down)})


def _way_down(moving: Iterable[Rect], taken: Sequence[Rect]) -> float:
    """How far rectangles have to go down together until they are near no other."""
    own, down = list(moving), 0.0
    while True:
        now = [rect.shifted(0, down) for rect in own]
        below = [
            other.bottom + BELOW - rect.top
            for rect in now
            for other in taken
            if rect.is_near(other)
        ]
        if not below:
            return down
        down += max(below)


def _taken(graph: StrategyGraph, *, without: Collection[str] = ()) -> list[Rect]:
    """What boxes and comments cover."""
    boxes = (rect for node_id, rect in rects_of(graph).items() if node_id not in without)
    comments = (
        Rect(item.x, item.y, item.x + item.width, item.y + item.height)
        for item in graph.layout.comments
    )
    return [*boxes, *comments]


def rects_of(graph: StrategyGraph) -> dict[str, Rect]:
    """What the boxes cover that have a place, by node id."""
    boxes = boxes_of(graph)
    found = {}
    for node_id, place in graph.layout.items():
        box = boxes.get(node_id)
        height = box.height if box else _height_of_unknown(graph, node_id)
        left, top = place.x - BOX_WIDTH / 2, place.y - ABOVE_PLACE
        found[node_id] = Rect(left, top, left + BOX_WIDTH, top + height)
    return found


def _height_of_unknown(graph: StrategyGraph, node_id: str) -> int:
    """The canvas gives a node of an unknown kind the ports that its edges name."""
    taken = {edge.target_port for edge in graph.edges_into(node_id)}
    given = {edge.source_port for edge in graph.edges_from(node_id)}
    return box_height(max(len(taken), len(given)))
