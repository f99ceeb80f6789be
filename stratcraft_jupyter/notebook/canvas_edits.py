"""The edits that the canvas sends, as typed values. Parsing only."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Edit(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Point(_Edit):
    """A place: the centre of a node's box, or the upper left corner of a frame or comment."""

    x: float
    y: float


class Area(Point):
    """Place and size of a frame or comment."""

    width: float
    height: float


Arranged = Literal[
    "drag", "left", "right", "top", "bottom", "centre", "middle", "across", "down", "layout"
]
"""What moved the nodes: a drag, an alignment, even distances, or a layout of all."""


class Move(_Edit):
    """Nodes, frames and comments were moved; a single node may have been dropped on an edge.

    A frame that was arranged has another size too.
    """

    op: Literal["move"]
    positions: dict[str, Point]
    areas: dict[str, Area | Point] = {}
    how: Arranged = "drag"
    into: str | None = None


class Connect(_Edit):
    """An edge was drawn."""

    op: Literal["connect"]
    source: str
    target: str


class Reconnect(_Edit):
    """An end of an edge was dragged to another port."""

    op: Literal["reconnect"]
    edge: str
    source: str
    target: str


class Delete(_Edit):
    """Something was deleted; edges are written ``"a.x->b.y"``."""

    op: Literal["delete"]
    nodes: tuple[str, ...] = ()
    edges: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    how: Literal["delete", "cut"] = "delete"


class Bridge(_Edit):
    """Nodes were deleted, and what they passed on is to be connected straight through."""

    op: Literal["bridge"]
    nodes: tuple[str, ...]


class Duplicate(_Edit):
    """Nodes, frames and comments were duplicated."""

    op: Literal["duplicate"]
    nodes: tuple[str, ...]
    areas: tuple[str, ...] = ()


class Paste(_Edit):
    """A text was pasted; without a place, near where it was copied."""

    op: Literal["paste"]
    text: str
    position: Point | None = None


class Enable(_Edit):
    """Nodes were switched on or off."""

    op: Literal["enable"]
    nodes: tuple[str, ...]
    enabled: bool


class Frame(_Edit):
    """A frame was put round nodes."""

    op: Literal["frame"]
    nodes: tuple[str, ...]
    area: Area
    title: str = ""


class Comment(_Edit):
    """A comment was put on the canvas."""

    op: Literal["comment"]
    area: Area
    text: str = ""


class Write(_Edit):
    """The title of a frame or the text of a comment was changed."""

    op: Literal["write"]
    id: str
    text: str


class Resize(_Edit):
    """A frame or comment got another size."""

    op: Literal["resize"]
    id: str
    area: Area


class Undo(_Edit):
    """Undo was pressed in the canvas."""

    op: Literal["undo"]


class Redo(_Edit):
    """Redo was pressed in the canvas."""

    op: Literal["redo"]


class Join(_Edit):
    """The port that a new node is to be connected to."""

    endpoint: str
    side: Literal["input", "output"]


class Add(_Edit):
    """A node was added at a place, perhaps to be connected to a port or put into an edge."""

    op: Literal["add"]
    kind: str
    position: Point
    join: Join | None = None
    into: str | None = None


Edit = Annotated[
    Move
    | Connect
    | Reconnect
    | Delete
    | Bridge
    | Duplicate
    | Paste
    | Enable
    | Frame
    | Comment
    | Write
    | Resize
    | Undo
    | Redo
    | Add,
    Field(discriminator="op"),
]
