"""What a user does to the picture of a strategy: move, arrange, frame, comment, copy, paste."""

from collections.abc import Iterable, Mapping

from stratcraft_jupyter import graph as g
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.widgets.actions import counted, counted_areas, edge_titles
from stratcraft_jupyter.widgets.state import BuilderState

Place = tuple[float, float]
Area = tuple[float, float, float, float]

_ARRANGED = {
    "left": "align {} left",
    "right": "align {} right",
    "top": "align {} at the top",
    "bottom": "align {} at the bottom",
    "centre": "centre {} in a column",
    "middle": "centre {} in a row",
    "across": "distribute {} across",
    "down": "distribute {} down",
    "layout": "arrange {}",
}
_OFFSET = (40.0, 40.0)
"""From what is copied to its copy, where there is room."""


def move(
    state: BuilderState,
    positions: Mapping[str, Place],
    areas: Mapping[str, Place | Area] | None = None,
    *,
    how: str = "drag",
    into: str | None = None,
) -> None:
    """Moves nodes to new centres, and frames and comments to new corners.

    Args:
        state: The builder's state.
        positions: New centres by node id.
        areas: New corners, or places and sizes, by id of frame or comment.
        how: What moved them, see `_ARRANGED`.
        into: An edge, written ``"a.x->b.y"``, that the one moved node was dropped on.
    """
    nodes, corners = tuple(positions), tuple(areas or ())
    moved = _parts(counted(nodes, "node", state.graph), counted_areas(state.graph, corners))
    name = _ARRANGED.get(how, "move {}").format(moved)
    if into is not None:
        name = f"insert {moved} into {edge_titles(state.graph, into)}"

    def change(graph: StrategyGraph) -> StrategyGraph:
        graph = g.move_nodes(graph, positions, areas=areas)
        if into is None:
            return graph
        return g.make_way(g.insert_node(graph, nodes[0], into), nodes[0], into)

    state.edit(name, change)


def duplicate(state: BuilderState, nodes: Iterable[str], areas: Iterable[str] = ()) -> None:
    """Copies nodes with the edges among them, frames and comments, and selects the nodes."""
    node_ids, area_ids = tuple(nodes), tuple(areas)
    part = g.part_of(state.graph, node_ids, area_ids)
    after, copies = g.add_part(state.graph, part, g.free_shift(state.graph, part, _OFFSET))
    names = counted(node_ids, "node", state.graph), counted_areas(state.graph, area_ids)
    state.edit(f"duplicate {_parts(*names)}", lambda _: after, select=copies)


def paste(state: BuilderState, text: str, place: Place | None = None) -> None:
    """Adds what a text from the clipboard holds, at a place or near where it was copied, or below.

    Raises:
        GraphEditError: The text holds no valid nodes; says what and where.
    """
    part = g.from_text(text)
    wanted = g.shift_to(part, place) if place else _OFFSET
    shift = g.free_shift(state.graph, part, wanted)
    after, added = g.add_part(state.graph, part, shift)
    areas = [area.id for area in (*part.layout.frames, *part.layout.comments)]
    names = counted([node.id for node in part.nodes], "node", part), counted_areas(part, areas)
    state.edit(f"paste {_parts(*names)}", lambda _: after, select=added)


def add_frame(state: BuilderState, nodes: Iterable[str], area: Area, title: str = "") -> str:
    """Puts a named frame round nodes; the result is its id."""
    node_ids = tuple(nodes)
    after, frame_id = g.add_frame(state.graph, node_ids, area, title)
    state.edit(f"frame {counted(node_ids, 'node', state.graph)}".rstrip(), lambda _: after)
    return frame_id


def add_comment(state: BuilderState, area: Area, text: str = "") -> str:
    """Puts a comment on the canvas; the result is its id."""
    after, comment_id = g.add_comment(state.graph, area, text)
    state.edit("add comment", lambda _: after)
    return comment_id


def write(state: BuilderState, area_id: str, text: str) -> None:
    """Changes the title of a frame or the text of a comment."""
    is_frame = any(frame.id == area_id for frame in state.graph.layout.frames)
    name = f"name frame {text.strip()}".rstrip() if is_frame else "change comment"
    state.edit(name, lambda graph: g.write_area(graph, area_id, text.strip()))


def resize(state: BuilderState, area_id: str, area: Area) -> None:
    """Gives a frame or comment another place and size."""
    name = f"resize {counted_areas(state.graph, [area_id])}"
    state.edit(name, lambda graph: g.resize_area(graph, area_id, area))


def _parts(*parts: str) -> str:
    return " and ".join(part for part in parts if part)
