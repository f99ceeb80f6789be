"""The strategy document: frozen values that load strictly, save stably and hash by meaning."""

import hashlib
import json
import os
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    StringConstraints,
    ValidationError,
    model_validator,
)

from stratcraft_jupyter.errors import GraphFileError, UnknownNameError
from stratcraft_jupyter.graph import reading
from stratcraft_jupyter.graph.frozen import FrozenMap
from stratcraft_jupyter.graph.migrate import CURRENT_VERSION, migrate
from stratcraft_jupyter.graph.structure import node_of, port_of, structural_problems

Timeframe = Literal["1m", "5m", "15m", "30m", "1h", "2h", "4h", "1d", "1w", "1M"]
MAX_NODES = 2_000
MAX_EDGES = 8_000


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
    | Annotated[StrictStr, Field(max_length=1_000), Text]
)
Params = Annotated[
    Mapping[NodeId, ParamValue],
    AfterValidator(FrozenMap),
    PlainSerializer(dict, return_type=dict[str, Any]),
]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Node(_Part):
    """One component of a strategy.

    Attributes:
        id: Unique in its document; lower case letters, digits and underscores.
        kind: Dotted name in the catalog, such as ``"indicator.sma"``.
        params: Values of the kind's parameters; a parameter left out has its default.
        label: Name shown in place of the kind's title.
        note: Free text of the user.
    """

    id: NodeId
    kind: KindName
    params: Params = Field(default_factory=FrozenMap)
    label: Annotated[str, Field(max_length=80), Line] | None = None
    note: Annotated[str, Field(max_length=2_000), Text] | None = None


class Edge(_Part):
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


class Position(_Part):
    """Where a node is drawn: centre of its box, in pixels at zoom 1."""

    x: Annotated[float, Field(allow_inf_nan=False, ge=-1e6, le=1e6)]
    y: Annotated[float, Field(allow_inf_nan=False, ge=-1e6, le=1e6)]


class BacktestSettings(_Part):
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


Layout = Annotated[
    Mapping[NodeId, Position],
    AfterValidator(FrozenMap),
    PlainSerializer(dict, return_type=dict[str, Any]),
]


class StrategyGraph(_Part):
    """A strategy as typed nodes and edges: the one truth that every view and generator reads.

    Nodes and edges are kept sorted, so that equal strategies are equal values and files diff well.
    """

    schema_version: Literal[1] = CURRENT_VERSION
    name: Annotated[str, Field(min_length=1, max_length=120), Line] = "Untitled strategy"
    description: Annotated[str, Field(max_length=4_000), Text] = ""
    nodes: Annotated[tuple[Node, ...], Field(max_length=MAX_NODES)] = ()
    edges: Annotated[tuple[Edge, ...], Field(max_length=MAX_EDGES)] = ()
    backtest: BacktestSettings = BacktestSettings()
    layout: Layout = Field(default_factory=FrozenMap)

    @model_validator(mode="after")
    def _is_a_graph(self) -> Self:
        connections = [(edge.source, edge.target) for edge in self.edges]
        problems = structural_problems([n.id for n in self.nodes], connections, self.layout)
        if problems:
            raise ValueError("; ".join(problems[:3]))
        object.__setattr__(self, "nodes", tuple(sorted(self.nodes, key=lambda node: node.id)))
        object.__setattr__(self, "edges", tuple(sorted(self.edges, key=str)))
        return self

    @classmethod
    def from_json(cls, content: str | bytes) -> Self:
        """The document written in ``content``, migrated to the present version.

        Raises:
            GraphFileError: It is no valid strategy document; says what, where and what to do.
        """
        data = migrate(reading.parse_json(content))
        try:
            # through JSON once more: in JSON mode strict validation takes dates and tuples
            return cls.model_validate_json(json.dumps(data))
        except ValidationError as error:
            raise reading.readable_error(error, _FIELDS) from None

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """The document in a ``*.strategy.json`` file.

        Raises:
            GraphFileError: The file is missing or holds no valid strategy document.
        """
        content = reading.read_bytes(Path(path))
        try:
            return cls.from_json(content)
        except GraphFileError as error:
            raise GraphFileError(f"{Path(path).name}: {error.message}", hint=error.hint) from None

    def save(self, path: str | Path) -> None:
        """Writes the document, at once or not at all.

        Raises:
            GraphFileError: The folder cannot be written to, or the file there now is no strategy
                document (it is left as it is).
        """
        target = Path(os.path.realpath(path))  # a link stays a link
        if os.path.lexists(target):
            try:
                type(self).load(target)
            except GraphFileError as error:
                raise GraphFileError(
                    f"{target.name} was not overwritten, because what is there now is no readable "
                    f"strategy document ({error.message.rstrip('.')}).",
                    hint="Save under another name, or move that file away first.",
                ) from None
        reading.write_atomically(target, self.to_json())

    def to_json(self) -> str:
        """The document as sorted, indented JSON with a final newline."""
        data = self.model_dump(mode="json")
        return json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False) + "\n"

    @property
    def hash(self) -> str:
        """SHA-256 (hex) of what the strategy means: all but layout, labels and notes."""
        data = self.model_dump(mode="json", exclude={"layout"})
        for node in data["nodes"]:
            del node["label"], node["note"]
        canonical = json.dumps(_canonical(data), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    def node(self, node_id: str) -> Node:
        """The node with this id.

        Raises:
            UnknownNameError: There is none.
        """
        if node_id not in self._nodes_by_id:
            raise UnknownNameError("node", node_id, self._nodes_by_id)
        return self._nodes_by_id[node_id]

    def edges_into(self, node_id: str, port: str | None = None) -> tuple[Edge, ...]:
        """Edges that end at the node, or at one input port of it."""
        return self._edges_by_target.get(node_id if port is None else f"{node_id}.{port}", ())

    def edges_from(self, node_id: str, port: str | None = None) -> tuple[Edge, ...]:
        """Edges that begin at the node, or at one output port of it."""
        return self._edges_by_source.get(node_id if port is None else f"{node_id}.{port}", ())

    # Looked up for every node by views, rules and the compiler; made once, as nothing changes.

    @cached_property
    def _nodes_by_id(self) -> Mapping[str, Node]:
        return {node.id: node for node in self.nodes}

    @cached_property
    def _edges_by_source(self) -> Mapping[str, tuple[Edge, ...]]:
        return _by_end(self.edges, lambda edge: edge.source)

    @cached_property
    def _edges_by_target(self) -> Mapping[str, tuple[Edge, ...]]:
        return _by_end(self.edges, lambda edge: edge.target)


def _by_end(edges: tuple[Edge, ...], end_of: Callable[[Edge], str]) -> dict[str, tuple[Edge, ...]]:
    """The edges at each ``"node.port"``, and at each node."""
    found: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        end = end_of(edge)
        found[end].append(edge)
        found[node_of(end)].append(edge)
    return {name: tuple(items) for name, items in found.items()}


_FIELDS = {
    "": list(StrategyGraph.model_fields),
    "nodes": list(Node.model_fields),
    "edges": list(Edge.model_fields),
    "backtest": list(BacktestSettings.model_fields),
    "layout": list(Position.model_fields),
}
"""Which keys each part of a document has; ``""`` is the document itself."""


def _canonical(value: object) -> object:
    """The value with 2.0 written as 2, so that equal numbers hash alike."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _canonical(item) for key, item in value.items()}
    return [_canonical(item) for item in value] if isinstance(value, list) else value
