"""What the front end sends, as typed values. Parsing only: no comm, no widgets."""

from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from stratcraft_jupyter.errors import NotebookError
from stratcraft_jupyter.notebook.canvas_edits import Edit


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Hello(_Message):
    """A page that shows the builder has the labextension."""

    type: Literal["hello"]
    client_id: str
    version: str
    front_end: str


class Active(_Message):
    """The user came to this page's view of the builder, or pressed something in it."""

    type: Literal["active"]
    client_id: str


class CellsChanged(_Message):
    """Cells that the builder generated came, went or got another text."""

    type: Literal["cells_changed"]
    client_id: str


class FoundCell(_Message):
    """A cell as the page sees it."""

    cell_id: str
    source: str
    metadata: dict[str, Any]


StreamState = Literal["written", "edited", "gone"]
"""What became of streamed text: in the cell as sent; in the cell, where the user wrote too; or
nowhere."""


class Reply(_Message):
    """The answer to one request; which fields are set depends on the request."""

    type: Literal["reply"]
    request_id: str
    ok: bool
    client_id: str | None = None
    reason: str = ""
    cell_id: str | None = None
    cells: tuple[FoundCell, ...] | None = None
    state: StreamState | None = None
    value: str | None = None


class EditMessage(_Message):
    """One edit made on the canvas."""

    type: Literal["edit"]
    client_id: str
    edit: Edit


class SelectMessage(_Message):
    """What the user selected on the canvas."""

    type: Literal["select"]
    client_id: str
    request_id: str
    nodes: tuple[str, ...]
    edges: tuple[str, ...]


BridgeMessage = Annotated[Hello | Active | CellsChanged | Reply, Field(discriminator="type")]
T = TypeVar("T")

_BRIDGE: TypeAdapter[Hello | Active | CellsChanged | Reply] = TypeAdapter(BridgeMessage)
CanvasMessage = Annotated[EditMessage | SelectMessage, Field(discriminator="type")]
_CANVAS: TypeAdapter[EditMessage | SelectMessage] = TypeAdapter(CanvasMessage)


def parse_bridge_message(content: object) -> Hello | Active | CellsChanged | Reply:
    """The message of the bridge model.

    Raises:
        NotebookError: It is none this version knows.
    """
    return _parse(_BRIDGE, content)


def parse_canvas_message(content: object) -> EditMessage | SelectMessage:
    """The message of the canvas model.

    Raises:
        NotebookError: It is none this version knows.
    """
    return _parse(_CANVAS, content)


def _parse(adapter: TypeAdapter[T], content: object) -> T:
    try:
        return adapter.validate_python(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise NotebookError(
            f"The page sent a message that this version does not understand "
            f"({place}: {first['msg']}).",
            hint="Reload the page, so that both halves have the same version.",
        ) from None
