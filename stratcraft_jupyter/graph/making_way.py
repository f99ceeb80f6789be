"""Where a node that was put into a connection stands: between two others, which make way."""

from stratcraft_jupyter.graph.arranging import Area, Place, move_nodes
from stratcraft_jupyter.graph.boxes import BOX_WIDTH
from stratcraft_jupyter.graph.document import StrategyGraph
from stratcraft_jupyter.graph.placement import COLUMN, has_room, make_room, rects_of
from stratcraft_jupyter.graph.structure import node_of

_GAP = COLUMN - BOX_WIDTH


def make_way(graph: StrategyGraph, node_id: str, edge: str) -> StrategyGraph:
    """The document with a node clear of others: right of where an edge begins, if it has no room.

    What stands where the edge ends, or further right, is moved on to the right, with frames and
    comments; a frame that holds some of it gets wider.

    Args:
        graph: The document.
        node_id: The node, which has a place.
        edge: The edge that it was put into, written ``"a.x->b.y"``.

    Raises:
        UnknownNameError: The node does not exist.
        GraphEditError: There is no room left on the canvas.
    """
    if has_room(graph, node_id):
        return graph
    rects = rects_of(graph)
    source, target = (rects.get(node_of(end)) for end in edge.split("->"))
    if source and target and source.right <= target.left:
        own, place = rects[node_id], graph.layout[node_id]
        right = source.right + _GAP - own.left if own.is_near(source) else 0.0
        there = own.shifted(right, 0)
        if there.is_near(target):
            step = there.right + _GAP - target.left
            graph = _push(graph, node_id, from_x=target.left, step=step)
        # last: it is in the frame that lies there when all have moved
        graph = move_nodes(graph, {node_id: (place.x + right, place.y)})
    return graph if has_room(graph, node_id) else make_room(graph, node_id)


def _push(graph: StrategyGraph, stays: str, *, from_x: float, step: float) -> StrategyGraph:
    """The document with all that begins at a line or right of it moved, except one node."""
    rects, layout = rects_of(graph), graph.layout
    moved = {
        node_id: (place.x + step, place.y)
        for node_id, place in layout.items()
        if node_id != stays and rects[node_id].left >= from_x
    }
    areas: dict[str, Place | Area] = {
        item.id: (item.x + step, item.y) for item in layout.comments if item.x >= from_x
    }
    for frame in layout.frames:
        if all(name in moved for name in frame.nodes) if frame.nodes else frame.x >= from_x:
            areas[frame.id] = frame.x + step, frame.y
        elif any(name in moved for name in frame.nodes):
            areas[frame.id] = frame.x, frame.y, frame.width + step, frame.height
    return move_nodes(graph, moved, areas=areas)
