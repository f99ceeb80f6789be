"""Where a new node finds room on the canvas. Geometry only."""

import math
from collections.abc import Sequence

from stratcraft_jupyter.graph import Position, StrategyGraph

COLUMN = 196.0
"""Distance between the centres of neighbouring columns, as in the templates."""
ROW = 110.0
"""Distance between the centres of neighbouring rows."""
_STEP = 22.0
_FARTHEST = 30  # steps


def free_place(graph: StrategyGraph, near: Sequence[str] = ()) -> tuple[float, float]:
    """The centre for a new node: right of a selected node, else right of everything.

    Args:
        graph: The strategy with its layout.
        near: Ids of selected nodes; the last one placed counts.
    """
    places = list(graph.layout.values())
    if not places:
        return 0.0, 0.0
    anchors = [graph.layout[node_id] for node_id in near if node_id in graph.layout]
    if anchors:
        x, y = anchors[-1].x + COLUMN, anchors[-1].y
    else:
        x, y = max(place.x for place in places) + COLUMN, min(place.y for place in places)
    while any(_touches(place, x, y) for place in places):
        y += ROW
    return x, y


def place_beside(graph: StrategyGraph, node_id: str, columns: int) -> tuple[float, float]:
    """The centre for a new node so many columns right of another one; below 0 for left."""
    anchor = graph.layout.get(node_id)
    if anchor is None:
        return free_place(graph)
    x, y = anchor.x + columns * COLUMN, anchor.y
    while any(_touches(place, x, y) for place in graph.layout.values()):
        y += ROW
    return x, y


def room_at(graph: StrategyGraph, x: float, y: float) -> tuple[float, float]:
    """The centre for a new node that is wanted at a place: there, or beside what stands there."""
    places = list(graph.layout.values())
    steps = range(-_FARTHEST, _FARTHEST + 1)
    moves = sorted(
        ((right * _STEP, down * _STEP) for right in steps for down in steps),
        key=lambda move: (math.hypot(*move), move),
    )
    found = (
        (x + right, y + down)
        for right, down in moves
        if not any(_touches(place, x + right, y + down) for place in places)
    )
    return next(found, (x, y))


def _touches(place: Position, x: float, y: float) -> bool:
    return abs(place.x - x) < COLUMN * 0.9 and abs(place.y - y) < ROW * 0.8
