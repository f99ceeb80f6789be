"""The messages of a worker that does many runs, checked as strictly as those of a single one."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from stratcraft_jupyter.backtest.messages import IsolationReport, OrderPlaces, Orders, Ready
from stratcraft_jupyter.backtest.protocol import Frame, ProtocolError

_Count = Annotated[int, Field(ge=0)]
_Name = Annotated[str, Field(max_length=200)]
_Text = Annotated[str, Field(max_length=4000)]


class _Message(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
    nonce: str


class RunResult(_Message):
    """One run is over; its fills and orders are in the arrays beside this message."""

    type: Literal["run_result"]
    run: _Count
    strategy: _Name
    orders: Orders
    places: OrderPlaces
    probe: Annotated[dict[_Name, int], Field(max_length=1000)]
    values: Annotated[dict[_Name, list[float]], Field(max_length=1000)]
    final_value: float
    lean: bool
    bars_digest: Annotated[str, Field(max_length=64)]


class RunFailure(_Message):
    """The strategy failed in one run."""

    type: Literal["run_error"]
    run: _Count
    message: _Text
    hint: _Text
    line: Annotated[int, Field(ge=1)] | None
    kind: _Name


class ContestResult(_Message):
    """A contest is over: the first round in which orders were not those expected, if any was."""

    type: Literal["contest"]
    contest: _Count
    lost: _Count | None
    failed: bool


class Done(_Message):
    """All runs and contests are over."""

    type: Literal["done"]


BatchMessage = Ready | IsolationReport | RunResult | RunFailure | ContestResult | Done
_ADAPTER: TypeAdapter[BatchMessage] = TypeAdapter(
    Annotated[BatchMessage, Field(discriminator="type")]
)


def read_batch_message(frame: Frame, nonce: str) -> BatchMessage:
    """The message in ``frame``.

    Raises:
        ProtocolError: If it is none of the known ones, or carries another nonce.
    """
    try:
        message = _ADAPTER.validate_python(frame[0])
    except ValidationError as error:
        raise ProtocolError("a message that is none of ours") from error
    if not isinstance(message, Ready) and message.nonce != nonce:
        raise ProtocolError("a message of another run")
    return message
