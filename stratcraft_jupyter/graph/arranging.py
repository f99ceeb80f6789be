"""Edits of the layout: places, frames and comments. They change nothing that is traded."""

from collections.abc import Iterable, Mapping
from typing import Literal

from stratcraft_jupyter.errors import UnknownNameError
from stratcraft_jupyter.graph.document import Comment, Frame, Layout, StrategyGraph
from stratcraft_jupyter.graph.rebuilding import as_position, checked, free_id, rebuilt

Place = tuple[float, float]
Area = tuple[float, float, float, float]
"""Left edge, upper edge, width and height."""


def move_nodes(
    graph: StrategyGraph,
    positions: Mapping[str, Place],
    *,
    areas: Mapping[str, Place | Area] | None = None,
) -> StrategyGraph:
    """The document with nodes drawn elsewhere; a node is in the frame that its place lies in.

    Args:
        graph: The document.
        positions: Centre of each moved node, in pixels at zoom 1.
        areas: Upper left corner of each moved frame and comment, or all four numbers of its area.

    Raises:
        UnknownNameError: A node, frame or comment does not exist.
        GraphEditError: A position is no finite number within a million pixels.
    """
    for node_id in positions:
        graph.node(node_id)
    for area_id in areas or {}:
        _kind_of(graph, area_id)

    def build() -> StrategyGraph:
        layout = graph.layout.with_places({key: as_position(at) for key, at in positions.items()})

        def moved(area: Frame | Comment) -> dict[str, object]:
            numbers = (areas or {}).get(area.id, ())
            names = ("x", "y", "width", "height")
            return {**dict(area), **dict(zip(names, numbers, strict=False))}

        frames = tuple(Frame.model_validate(moved(frame)) for frame in layout.frames)
        comments = tuple(Comment.model_validate(moved(item)) for item in layout.comments)
        return _with_layout(graph, _framed(layout, frames, comments, positions))

    return checked(build)


def add_frame(
    graph: StrategyGraph, nodes: Iterable[str], area: Area, title: str = ""
) -> tuple[StrategyGraph, str]:
    """The document with a frame round some nodes, which leave the frames they were in; and its id.

    Raises:
        UnknownNameError: A node does not exist.
        GraphEditError: The title or the area is not allowed, or there are too many frames.
    """
    inside = {graph.node(node_id).id for node_id in nodes}
    frame_id = free_id("frame", _area_ids(graph))

    def build() -> StrategyGraph:
        x, y, width, height = area
        frame = Frame(
            id=frame_id, title=title, x=x, y=y, width=width, height=height, nodes=tuple(inside)
        )
        others = [_without(old, inside) for old in graph.layout.frames]
        return _with_layout(graph, frames=(*others, frame))

    return checked(build), frame_id


def add_comment(graph: StrategyGraph, area: Area, text: str = "") -> tuple[StrategyGraph, str]:
    """The document with a comment on the canvas, and the comment's id.

    Raises:
        GraphEditError: The text or the area is not allowed, or there are too many comments.
    """
    comment_id = free_id("comment", _area_ids(graph))

    def build() -> StrategyGraph:
        x, y, width, height = area
        item = Comment(id=comment_id, text=text, x=x, y=y, width=width, height=height)
        return _with_layout(graph, comments=(*graph.layout.comments, item))

    return checked(build), comment_id


def write_area(graph: StrategyGraph, area_id: str, text: str) -> StrategyGraph:
    """The document with another title of a frame, or another text of a comment.

    Raises:
        UnknownNameError: There is no such frame or comment.
        GraphEditError: The text is not allowed.
    """
    field = {"frames": "title", "comments": "text"}[_kind_of(graph, area_id)]
    return _with_area(graph, area_id, **{field: text})


def resize_area(graph: StrategyGraph, area_id: str, area: Area) -> StrategyGraph:
    """The document with a frame or comment of another place and size; a frame holds what is in it.

    Raises:
        UnknownNameError: There is no such frame or comment.
        GraphEditError: The area is not allowed.
    """
    x, y, width, height = area
    changed = _with_area(graph, area_id, x=x, y=y, width=width, height=height)
    layout = changed.layout
    return _with_layout(changed, _framed(layout, layout.frames, layout.comments, layout))


def remove_areas(graph: StrategyGraph, area_ids: Iterable[str]) -> StrategyGraph:
    """The document without these frames and comments; the nodes of a frame stay.

    Raises:
        UnknownNameError: There is no such frame or comment.
    """
    gone = set(area_ids)
    for area_id in gone:
        _kind_of(graph, area_id)
    return _with_layout(
        graph,
        frames=tuple(frame for frame in graph.layout.frames if frame.id not in gone),
        comments=tuple(item for item in graph.layout.comments if item.id not in gone),
    )


def _kind_of(graph: StrategyGraph, area_id: str) -> Literal["frames", "comments"]:
    if any(frame.id == area_id for frame in graph.layout.frames):
        return "frames"
    if any(item.id == area_id for item in graph.layout.comments):
        return "comments"
    raise UnknownNameError("frame or comment", area_id, _area_ids(graph))


def _area_ids(graph: StrategyGraph) -> set[str]:
    return {area.id for area in (*graph.layout.frames, *graph.layout.comments)}


def _without(frame: Frame, nodes: Iterable[str]) -> Frame:
    gone = set(nodes)
    left = tuple(node_id for node_id in frame.nodes if node_id not in gone)
    return Frame.model_validate({**dict(frame), "nodes": left})


def _framed(
    layout: Layout,
    frames: tuple[Frame, ...],
    comments: tuple[Comment, ...],
    touched: Iterable[str],
) -> Layout:
    """The layout with each touched node in the frame it lies in: the smallest, if in several."""
    found = {frame.id: _without(frame, touched) for frame in frames}
    for node_id in touched:
        holding = [frame for frame in frames if frame.holds(layout[node_id])]
        if holding:
            inner = min(holding, key=lambda frame: (frame.width * frame.height, frame.id)).id
            nodes = (*found[inner].nodes, node_id)
            found[inner] = Frame.model_validate({**dict(found[inner]), "nodes": nodes})
    return Layout(layout, frames=tuple(found.values()), comments=comments)


def _with_area(graph: StrategyGraph, area_id: str, **changes: object) -> StrategyGraph:
    _kind_of(graph, area_id)

    def new(area: Frame | Comment) -> dict[str, object]:
        return {**dict(area), **(changes if area.id == area_id else {})}

    def build() -> StrategyGraph:
        frames = tuple(Frame.model_validate(new(frame)) for frame in graph.layout.frames)
        comments = tuple(Comment.model_validate(new(item)) for item in graph.layout.comments)
        return _with_layout(graph, frames=frames, comments=comments)

    return checked(build)


def _with_layout(
    graph: StrategyGraph,
    layout: Layout | None = None,
    *,
    frames: tuple[Frame, ...] | None = None,
    comments: tuple[Comment, ...] | None = None,
) -> StrategyGraph:
    old = graph.layout if layout is None else layout
    return rebuilt(
        graph,
        layout=Layout(
            old,
            frames=old.frames if frames is None else frames,
            comments=old.comments if comments is None else comments,
        ),
    )
