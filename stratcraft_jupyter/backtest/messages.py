"""The messages a worker may send, checked strictly: they come from a process that ran anything."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from stratcraft_jupyter.backtest.protocol import Frame, ProtocolError

_Count = Annotated[int, Field(ge=0, le=2**53)]
_Number = Annotated[int, Field(ge=-(2**53), le=2**53)]
_Name = Annotated[str, Field(max_length=200)]
_Text = Annotated[str, Field(max_length=4000)]


class _Message(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Ready(_Message):
    """The worker has loaded what it needs."""

    type: Literal["ready"]


class IsolationReport(_Message):
    """The worker has locked itself in."""

    type: Literal["isolation"]
    nonce: str
    enforced: Annotated[list[_Name], Field(max_length=100)]
    missing: Annotated[list[_Name], Field(max_length=100)]


class BarsDone(_Message):
    """So many bars are done."""

    type: Literal["progress"]
    nonce: str
    bars: _Count


class Failure(_Message):
    """The strategy failed."""

    type: Literal["error"]
    nonce: str
    message: _Text
    hint: _Text
    line: Annotated[int, Field(ge=1, le=2**31)] | None
    kind: _Name


class Orders(_Message):
    """Number of orders by last status."""

    submitted: _Count
    completed: _Count
    cancelled: _Count
    expired: _Count
    margin: _Count
    rejected: _Count
    partial: _Count
    pending: _Count
    unsized: _Count


class OrderPlaces(_Message):
    """Where in the bars some orders were made; bars count from 0.

    Attributes:
        first_refused: Bar of the first order that was refused for lack of cash.
        at_the_end: Number of market orders made on the last bar, which no bar is left to fill.
    """

    first_refused: _Count | None
    at_the_end: _Count


class Finished(_Message):
    """The run is over; the fills are in the arrays beside this message."""

    type: Literal["result"]
    nonce: str
    strategy: _Name
    orders: Orders
    places: OrderPlaces
    probe: Annotated[dict[_Name, _Number], Field(max_length=1000)]
    final_value: float
    lean: bool


Message = Annotated[
    Ready | IsolationReport | BarsDone | Failure | Finished, Field(discriminator="type")
]
_ADAPTER: TypeAdapter[Ready | IsolationReport | BarsDone | Failure | Finished] = TypeAdapter(
    Message
)


def read_message(
    frame: Frame, nonce: str
) -> Ready | IsolationReport | BarsDone | Failure | Finished:
    """The message in ``frame``.

    Raises:
        ProtocolError: If it is none of the known ones, or carries another nonce.
    """
    try:
        message = _ADAPTER.validate_python(frame[0])
    except ValidationError as error:
        raise ProtocolError("a message that is none of ours") from error
    if frame[1] and not isinstance(message, Finished):
        raise ProtocolError("a message with arrays it should not have")
    if not isinstance(message, Ready) and message.nonce != nonce:
        raise ProtocolError("a message of another run")
    return message
