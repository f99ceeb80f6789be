"""How a strategy is drawn: places of nodes, named frames, comments. It says nothing of trading."""

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    model_validator,
)

from stratcraft_jupyter.graph.frozen import FrozenMap
from stratcraft_jupyter.graph.parts import Line, NodeId, Part, Text
from stratcraft_jupyter.graph.structure import KEPT_IDS

MAX_FRAMES = 200
MAX_COMMENTS = 500


RIM = 1e6
Pixel = Annotated[float, Field(allow_inf_nan=False, ge=-RIM, le=RIM)]
Extent = Annotated[float, Field(allow_inf_nan=False, ge=20, le=1e5)]


class Position(Part):
    """Where a node is drawn: centre of its box, in pixels at zoom 1."""

    x: Pixel
    y: Pixel


class _Area(Part):
    id: NodeId
    x: Pixel
    y: Pixel
    width: Extent
    height: Extent

    def holds(self, place: Position) -> bool:
        """Whether a place lies in it."""
        right, bottom = self.x + self.width, self.y + self.height
        return self.x <= place.x <= right and self.y <= place.y <= bottom


class Frame(_Area):
    """A named frame round nodes, which move with it.

    Attributes:
        id: Unique among frames and comments.
        title: Its name; may be empty.
        x: Left edge, in pixels at zoom 1.
        y: Upper edge.
        width: Width in pixels.
        height: Height in pixels.
        nodes: Ids of the nodes in it; a node is in one frame at most.
    """

    title: Annotated[str, Field(max_length=120), Line] = ""
    nodes: Annotated[tuple[NodeId, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _nodes_once(self) -> Self:
        if len(set(self.nodes)) < len(self.nodes):
            raise ValueError(f"the frame {self.id!r} names a node twice")
        object.__setattr__(self, "nodes", tuple(sorted(self.nodes)))
        return self


class Comment(_Area):
    """A note on the canvas that belongs to no node.

    Attributes:
        id: Unique among frames and comments.
        text: What it says.
        x: Left edge, in pixels at zoom 1.
        y: Upper edge.
        width: Width in pixels.
        height: Height in pixels.
    """

    text: Annotated[str, Field(max_length=2_000), Text] = ""


class Layout(FrozenMap[Position]):
    """Places of nodes by id, with the frames and comments round them."""

    __slots__ = ("comments", "frames")

    def __init__(
        self,
        places: Mapping[str, Position] | None = None,
        *,
        frames: tuple[Frame, ...] = (),
        comments: tuple[Comment, ...] = (),
    ) -> None:
        super().__init__(places)
        self.frames = tuple(sorted(frames, key=lambda item: item.id))
        self.comments = tuple(sorted(comments, key=lambda item: item.id))

    def __eq__(self, other: object) -> bool:
        return super().__eq__(other) and (self.frames, self.comments) == (
            getattr(other, "frames", ()),
            getattr(other, "comments", ()),
        )

    def __hash__(self) -> int:
        return hash((super().__hash__(), self.frames, self.comments))

    def __repr__(self) -> str:
        return f"Layout({dict(self)!r}, frames={self.frames!r}, comments={self.comments!r})"

    def with_places(self, places: Mapping[str, Position]) -> "Layout":
        """The layout with some nodes placed, or placed elsewhere."""
        return Layout({**self, **places}, frames=self.frames, comments=self.comments)

    def problems(self, node_ids: set[str]) -> list[str]:
        """What does not fit together, as sentences: ids that are there twice, or are no node's."""
        found = []
        seen: set[str] = set()
        for area in (*self.frames, *self.comments):
            if area.id in seen:
                found.append(f"two frames or comments have the id {area.id!r}; give each its own")
            seen.add(area.id)
        framed: dict[str, str] = {}
        for frame in self.frames:
            for node_id in frame.nodes:
                if node_id not in node_ids:
                    found.append(f"the frame {frame.id!r} holds {node_id!r}, which is no node")
                elif node_id in framed:
                    found.append(f"the node {node_id!r} is in two frames; keep it in one")
                framed[node_id] = frame.id
        return found


class _Shape(Part):
    """The layout as JSON has it: each key but two is a node's."""

    model_config = ConfigDict(extra="allow")

    frames: Annotated[tuple[Frame, ...], Field(max_length=MAX_FRAMES, strict=False)] = ()
    comments: Annotated[tuple[Comment, ...], Field(max_length=MAX_COMMENTS, strict=False)] = ()
    __pydantic_extra__: dict[NodeId, Position]


def layout_json(layout: Mapping[str, Position]) -> dict[str, Any]:
    """The layout as it is saved; frames and comments only where there are any."""
    data: dict[str, Any] = dict(layout)
    for name in KEPT_IDS:
        if items := getattr(layout, name, ()):
            data[name] = items
    return data


def _plain(value: object) -> object:
    return layout_json(value) if isinstance(value, FrozenMap) else value


def _from_shape(shape: _Shape) -> Layout:
    return Layout(shape.__pydantic_extra__, frames=shape.frames, comments=shape.comments)


LayoutField = Annotated[
    _Shape,
    BeforeValidator(_plain),
    AfterValidator(_from_shape),
    PlainSerializer(layout_json, return_type=dict[str, Any]),
]
"""A layout as a field of a document."""
