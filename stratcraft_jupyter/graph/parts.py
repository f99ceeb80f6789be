"""Parts of a strategy document: nodes, edges, backtest settings. Frozen, and loaded strictly."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    SerializerFunctionWrapHandler,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    StringConstraints,
    model_serializer,
    model_validator,
)

from stratcraft_jupyter.graph.frozen import FrozenMap
from stratcraft_jupyter.graph.reading import MAX_VALUE_TEXT
from stratcraft_jupyter.graph.structure import node_of, port_of

Timeframe = Literal["1m", "5m", "15m", "30m", "1h", "2h", "4h", "1d", "1w", "1M"]


def _one_line(text: str) -> str:
    if any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in text):
        raise ValueError("control characters and line breaks are not allowed here")
    return text


def _no_whole_number(value: object) -> object:
    if isinstance(value, int):
        raise ValueError("too large to be kept exactly")
    return value


def _plain_text(text: str) -> str:
    bad = {"Cc", "Cs", "Zl", "Zp"}
    if any(unicodedata.category(char) in bad and char not in "\n\t" for char in text):
        raise ValueError("control characters are not allowed here")
    return text


MAX_LABEL = 80
"""Letters in the name of a node."""
_NAME = r"[a-z][a-z0-9_]{0,39}"
NodeId = Annotated[str, StringConstraints(pattern=rf"^{_NAME}$")]
KindName = Annotated[str, StringConstraints(pattern=rf"^{_NAME}\.{_NAME}$")]
Endpoint = Annotated[str, StringConstraints(pattern=rf"^{_NAME}\.{_NAME}$")]
Line = AfterValidator(_one_line)
Text = AfterValidator(_plain_text)
ParamValue = (
    StrictBool
    | Annotated[StrictInt, Field(ge=-(10**15), le=10**15)]
    # a whole number that the line above refused would lose its last digits here
    | Annotated[StrictFloat, Field(allow_inf_nan=False), BeforeValidator(_no_whole_number)]
    | Annotated[StrictStr, Field(max_length=MAX_VALUE_TEXT), Text]
)
Params = Annotated[
    Mapping[NodeId, ParamValue],
    AfterValidator(FrozenMap),
    PlainSerializer(dict, return_type=dict[str, Any]),
]


class Part(BaseModel):
    """A frozen part of a document that knows its keys and takes no others."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Node(Part):
    """One component of a strategy.

    Attributes:
        id: Unique in its document; lower case letters, digits and underscores.
        kind: Dotted name in the catalog, such as ``"indicator.sma"``.
        params: Values of the kind's parameters; a parameter left out has its default.
        label: Name shown in place of the kind's title.
        note: Free text of the user.
        enabled: Whether it takes part; a node that does not, and its edges, are as if absent.
    """

    id: NodeId
    kind: KindName
    params: Params = Field(default_factory=FrozenMap)
    label: Annotated[str, Field(max_length=MAX_LABEL), Line] | None = None
    note: Annotated[str, Field(max_length=2_000), Text] | None = None
    enabled: StrictBool = True

    @model_serializer(mode="wrap")
    def _without_the_usual(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        data: dict[str, Any] = write(self)
        if self.enabled:
            data.pop("enabled", None)
        return data


class Edge(Part):
    """A connection from an output port to an input port, each as ``"node.port"``."""

    source: Endpoint
    target: Endpoint

    @property
    def source_node(self) -> str:
        """Id of the node it comes from."""
        return node_of(self.source)

    @property
    def source_port(self) -> str:
        """Output port it comes from."""
        return port_of(self.source)

    @property
    def target_node(self) -> str:
        """Id of the node it leads to."""
        return node_of(self.target)

    @property
    def target_port(self) -> str:
        """Input port it leads to."""
        return port_of(self.target)

    def __str__(self) -> str:
        return f"{self.source}->{self.target}"


class BacktestSettings(Part):
    """What the strategy is tried on by default.

    Attributes:
        source: Where bars come from, such as ``"sample"``.
        symbol: Which bars of that source.
        start: First date used; None for the first there is.
        end: Last date used; None for the last there is.
        timeframe: Length of one bar.
        cash: Cash at the start.
        commission: Fraction of the traded value.
        slippage: Fraction of the price, against the order.
        sizing_percent: Percent of equity an entry buys that has no sizing of its own.
    """

    source: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$")] = "sample"
    symbol: Annotated[str, Field(min_length=1, max_length=40), Line] = "AAPL"
    start: date | None = None
    end: date | None = None
    timeframe: Timeframe = "1d"
    cash: Annotated[float, Field(gt=0, le=1e15, allow_inf_nan=False)] = 100_000.0
    commission: Annotated[float, Field(ge=0, lt=1, allow_inf_nan=False)] = 0.001
    slippage: Annotated[float, Field(ge=0, lt=1, allow_inf_nan=False)] = 0.0
    sizing_percent: Annotated[float, Field(gt=0, le=100, allow_inf_nan=False)] = 95.0

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"start {self.start} is after end {self.end}")
        return self
