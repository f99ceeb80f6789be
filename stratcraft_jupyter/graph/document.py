"""The strategy document: a frozen value that loads strictly, saves stably and hashes by meaning."""

import hashlib
import json
import os
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, ValidationError, model_validator

from stratcraft_jupyter.errors import GraphFileError, UnknownNameError
from stratcraft_jupyter.graph import reading
from stratcraft_jupyter.graph.layout import Comment, Frame, Layout, LayoutField, Position
from stratcraft_jupyter.graph.migrate import CURRENT_VERSION, migrate
from stratcraft_jupyter.graph.parts import (
    BacktestSettings,
    Edge,
    Line,
    Node,
    Part,
    Text,
    Timeframe,
)
from stratcraft_jupyter.graph.structure import node_of, structural_problems

__all__ = [
    "MAX_EDGES",
    "MAX_NODES",
    "BacktestSettings",
    "Comment",
    "Edge",
    "Frame",
    "Layout",
    "Node",
    "Position",
    "StrategyGraph",
    "Timeframe",
    "active_part",
]

MAX_NODES = 2_000
MAX_EDGES = 8_000


class StrategyGraph(Part):
    """A strategy as typed nodes and edges: the one truth that every view and generator reads.

    Nodes and edges are kept sorted, so that equal strategies are equal values and files diff well.
    """

    schema_version: Literal[1] = CURRENT_VERSION
    name: Annotated[str, Field(min_length=1, max_length=120), Line] = "Untitled strategy"
    description: Annotated[str, Field(max_length=4_000), Text] = ""
    # a list is as good as a tuple to those who write a strategy in Python
    nodes: Annotated[tuple[Node, ...], Field(max_length=MAX_NODES, strict=False)] = ()
    edges: Annotated[tuple[Edge, ...], Field(max_length=MAX_EDGES, strict=False)] = ()
    backtest: BacktestSettings = BacktestSettings()
    if TYPE_CHECKING:
        layout: Layout
    else:
        layout: LayoutField = Field(default_factory=Layout)

    @model_validator(mode="after")
    def _is_a_graph(self) -> Self:
        connections = [(edge.source, edge.target) for edge in self.edges]
        node_ids = [node.id for node in self.nodes]
        problems = structural_problems(node_ids, connections, self.layout)
        problems += self.layout.problems(set(node_ids))
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
        """SHA-256 (hex) of what the strategy means: its active part without layout and labels."""
        data = active_part(self).model_dump(mode="json", exclude={"layout"})
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

    @cached_property
    def _active_part(self) -> "StrategyGraph":
        return without_nodes(self, {node.id for node in self.nodes if not node.enabled})

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


def active_part(graph: StrategyGraph) -> StrategyGraph:
    """The strategy without its disabled nodes and their edges: what is checked, read and compiled.

    A document without disabled nodes is its own active part.
    """
    is_whole = all(node.enabled for node in graph.nodes)
    return graph if is_whole else graph._active_part


def without_nodes(graph: StrategyGraph, gone: set[str]) -> StrategyGraph:
    """The document without these nodes, their edges, and their places in the layout."""
    layout = graph.layout
    frames = (
        frame.model_copy(update={"nodes": tuple(item for item in frame.nodes if item not in gone)})
        for frame in layout.frames
    )
    changes = {
        "nodes": tuple(node for node in graph.nodes if node.id not in gone),
        "edges": tuple(e for e in graph.edges if not {e.source_node, e.target_node} & gone),
        "layout": Layout(
            {node_id: place for node_id, place in layout.items() if node_id not in gone},
            frames=tuple(frames),
            comments=layout.comments,
        ),
    }
    return StrategyGraph.model_validate({**dict(graph), **changes})


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
    "layout.frames": list(Frame.model_fields),
    "layout.comments": list(Comment.model_fields),
}
"""Which keys each part of a document has; ``""`` is the document itself."""


def _canonical(value: object) -> object:
    """The value with 2.0 written as 2, so that equal numbers hash alike."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _canonical(item) for key, item in value.items()}
    return [_canonical(item) for item in value] if isinstance(value, list) else value
