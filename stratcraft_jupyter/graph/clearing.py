"""After an edit: what a box has come to cover, as it got more ports, goes further down."""

from collections import deque
from collections.abc import Mapping

from stratcraft_jupyter.graph.arranging import Area, Place, move_nodes
from stratcraft_jupyter.graph.document import StrategyGraph
from stratcraft_jupyter.graph.placement import BELOW, Rect, rects_of

_RIM = 16.0
"""Room that a frame leaves below what it had to grow for."""


def keep_clear(graph: StrategyGraph, before: StrategyGraph) -> StrategyGraph:
    """The document with boxes and comments clear of each other, as far as they were before.

    What stands lower gives way, downwards, and so on; frames grow with what is in them. What
    covered another one before the edit was put there, and stays.

    Args:
        graph: The document after an edit.
        before: The document before it.

    Raises:
        GraphEditError: There is no room left on the canvas.
    """
    was, now = _rects(before), _rects(graph)
    pending = deque(key for key, rect in now.items() if was.get(key) != rect)
    pushed: dict[str, None] = {}
    while pending:
        key = pending.popleft()
        for other in [item for item in now if item != key]:
            if not _is_too_near(key, other, now, was):
                continue
            upper, lower = sorted((key, other), key=lambda item: (now[item].top, item))
            now[lower] = now[lower].shifted(0, now[upper].bottom + BELOW - now[lower].top)
            pushed[lower] = None
            pending.append(lower)
    return _moved(graph, {key: now[key] for key in pushed}) if pushed else graph


def _is_too_near(one: str, other: str, now: Mapping[str, Rect], was: Mapping[str, Rect]) -> bool:
    """Whether an edit brought two together: over each other, or too near for ports and edges."""
    if not now[one].is_near(now[other]):
        return False
    old, old_other = was.get(one), was.get(other)
    if old is None or old_other is None or not old.is_near(old_other):
        return True
    return now[one].covers(now[other]) and not old.covers(old_other)


def _rects(graph: StrategyGraph) -> dict[str, Rect]:
    """What boxes and comments cover, by id; those of comments begin with a colon."""
    comments = {
        f":{item.id}": Rect(item.x, item.y, item.x + item.width, item.y + item.height)
        for item in graph.layout.comments
    }
    return {**rects_of(graph), **comments}


def _moved(graph: StrategyGraph, rects: Mapping[str, Rect]) -> StrategyGraph:
    """The document with boxes and comments where these rectangles are."""
    old = _rects(graph)
    places: dict[str, Place] = {
        key: (graph.layout[key].x, graph.layout[key].y + rect.top - old[key].top)
        for key, rect in rects.items()
        if not key.startswith(":")
    }
    areas: dict[str, Place | Area] = {
        key[1:]: (rect.left, rect.top) for key, rect in rects.items() if key.startswith(":")
    }
    for frame in graph.layout.frames:
        lowest = max((rects[name].bottom for name in frame.nodes if name in rects), default=None)
        if lowest is not None and lowest + _RIM > frame.y + frame.height:
            areas[frame.id] = frame.x, frame.y, frame.width, lowest + _RIM - frame.y
    return move_nodes(graph, places, areas=areas)
