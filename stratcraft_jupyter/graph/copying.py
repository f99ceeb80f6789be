"""Copies of nodes: within a document, and as JSON text that names itself, for the clipboard."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from stratcraft_jupyter.errors import GraphEditError, GraphFileError
from stratcraft_jupyter.graph import reading
from stratcraft_jupyter.graph.document import (
    Comment,
    Edge,
    Frame,
    Layout,
    Position,
    StrategyGraph,
    without_nodes,
)
from stratcraft_jupyter.graph.layout import RIM
from stratcraft_jupyter.graph.rebuilding import checked, free_id, rebuilt, replaced

_OFFSET = 40.0
_NAME = "nodes"
_KEYS = {"stratcraft", "version", "nodes", "edges", "layout"}


def duplicate_nodes(graph: StrategyGraph, node_ids: Iterable[str]) -> StrategyGraph:
    """The document with copies of these nodes and of the edges among them, a little lower right.

    Raises:
        UnknownNameError: A node does not exist.
        GraphEditError: There would be too many nodes or edges.
    """
    part = part_of(graph, node_ids)
    return add_part(graph, part, (_OFFSET, _OFFSET))[0]


def part_of(
    graph: StrategyGraph, node_ids: Iterable[str], area_ids: Iterable[str] = ()
) -> StrategyGraph:
    """These nodes with the edges among them, and these frames and comments, as a document.

    Raises:
        UnknownNameError: A node does not exist.
    """
    chosen = {graph.node(node_id).id for node_id in node_ids}
    part = without_nodes(graph, {node.id for node in graph.nodes} - chosen)
    areas = set(area_ids)
    layout = Layout(
        part.layout,
        frames=tuple(frame for frame in part.layout.frames if frame.id in areas),
        comments=tuple(item for item in part.layout.comments if item.id in areas),
    )
    return rebuilt(part, layout=layout)


def as_text(part: StrategyGraph) -> str:
    """A part of a strategy as text for the clipboard."""
    data = part.model_dump(mode="json", include={"nodes", "edges", "layout"})
    return json.dumps(
        {"stratcraft": _NAME, "version": part.schema_version, **data},
        indent=2,
        ensure_ascii=False,
    )


def from_text(text: str) -> StrategyGraph:
    """The part of a strategy that a text from the clipboard holds.

    Raises:
        GraphEditError: It holds none, or one that is not valid; says what and where.
    """
    hint = "Nothing was pasted. Copy nodes on a strategy canvas and paste again."
    try:
        data = reading.parse_json(text)
    except GraphFileError:
        raise GraphEditError("The clipboard holds no strategy nodes.", hint=hint) from None
    if data.get("stratcraft") != _NAME:
        raise GraphEditError("The clipboard holds no strategy nodes.", hint=hint)
    if unknown := sorted(data.keys() - _KEYS):
        raise GraphEditError(
            f"The copied nodes have the unknown key {unknown[0][:40]!r}.", hint=hint
        )
    parts = {name: data[name] for name in ("nodes", "edges", "layout") if name in data}
    try:
        document: dict[str, Any] = {"schema_version": data.get("version"), "name": "Copied nodes"}
        part = StrategyGraph.from_json(json.dumps(document | parts))
    except GraphFileError as error:
        problem = error.message.removeprefix("The strategy document is not valid: ")
        raise GraphEditError(f"The copied nodes are not valid: {problem}", hint=hint) from None
    if not part.nodes and not part.layout.comments and not part.layout.frames:
        raise GraphEditError("The clipboard holds no strategy nodes.", hint=hint)
    return part


def add_part(
    graph: StrategyGraph, part: StrategyGraph, shift: tuple[float, float]
) -> tuple[StrategyGraph, tuple[str, ...]]:
    """The document with a part of a strategy added under free ids; and the ids of the new nodes.

    Args:
        graph: The document.
        part: What is added.
        shift: How far it is moved, in pixels; not beyond the rim of the canvas.

    Raises:
        GraphEditError: There would be too many nodes or edges.
    """
    taken = {node.id for node in graph.nodes}
    areas = {area.id for area in (*graph.layout.frames, *graph.layout.comments)}
    new_ids = _free_ids((node.id for node in part.nodes), taken)
    new_areas = _free_ids((a.id for a in (*part.layout.frames, *part.layout.comments)), areas)

    def build() -> StrategyGraph:
        edges = (
            Edge(
                source=f"{new_ids[edge.source_node]}.{edge.source_port}",
                target=f"{new_ids[edge.target_node]}.{edge.target_port}",
            )
            for edge in part.edges
        )
        return rebuilt(
            graph,
            nodes=(*graph.nodes, *(replaced(node, id=new_ids[node.id]) for node in part.nodes)),
            edges=(*graph.edges, *edges),
            layout=_joined(graph.layout, part.layout, new_ids, new_areas, shift),
        )

    return checked(build), tuple(new_ids.values())


def shift_to(part: StrategyGraph, place: tuple[float, float]) -> tuple[float, float]:
    """How far a part is moved so that its upper left node or corner comes to a place."""
    layout = part.layout
    corners = [(at.x, at.y) for at in layout.values()]
    corners += [(area.x, area.y) for area in (*layout.frames, *layout.comments)]
    if not corners:
        return 0.0, 0.0
    return place[0] - min(x for x, _ in corners), place[1] - min(y for _, y in corners)


def _free_ids(wanted: Iterable[str], taken: set[str]) -> dict[str, str]:
    found = {}
    for name in wanted:
        found[name] = free_id(name, taken) if name in taken else name
        taken.add(found[name])
    return found


def _joined(
    layout: Layout,
    added: Layout,
    new_ids: Mapping[str, str],
    new_areas: Mapping[str, str],
    shift: tuple[float, float],
) -> Layout:
    def moved(place: Position | Frame | Comment) -> dict[str, float]:
        return {"x": _inside(place.x + shift[0]), "y": _inside(place.y + shift[1])}

    def area(old: Frame | Comment) -> dict[str, Any]:
        return {**dict(old), **moved(old), "id": new_areas[old.id]}

    frames = (
        Frame.model_validate({**area(old), "nodes": tuple(new_ids[name] for name in old.nodes)})
        for old in added.frames
    )
    comments = (Comment.model_validate(area(old)) for old in added.comments)
    places = {new_ids[name]: Position(**moved(place)) for name, place in added.items()}
    return Layout(
        {**layout, **places},
        frames=(*layout.frames, *frames),
        comments=(*layout.comments, *comments),
    )


def _inside(pixels: float) -> float:
    return min(max(pixels, -RIM), RIM)
