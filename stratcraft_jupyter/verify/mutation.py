"""One change of a strategy before it is made, and the edits that changes are made of."""

from collections.abc import Callable
from dataclasses import dataclass

from stratcraft_jupyter.graph import (
    Edge,
    Node,
    StrategyGraph,
    connect,
    disconnect,
    get_kind,
    node_title,
)


@dataclass(frozen=True, slots=True)
class Mutation:
    """A change of one node.

    Attributes:
        node_id: The node.
        kind: What kind of change.
        words: What the strategy does instead, to follow "behaves as if".
        graph: Makes the changed strategy; raises ``GraphEditError`` if it cannot be.
        near: Whether the change is the smallest of its kind.
        is_extra: Whether it adds a rule. Such changes are many, and some add what follows from the
            rest: those that the first bars do not tell apart are looked for no longer.
    """

    node_id: str
    kind: str
    words: str
    graph: Callable[[], StrategyGraph]
    near: bool = True
    is_extra: bool = False


def with_kind(graph: StrategyGraph, node: Node, kind: str, **params: object) -> StrategyGraph:
    """The strategy with another kind of node in a node's place; edges that fit nothing go."""
    entry = get_kind(kind)
    kept = {name: value for name, value in node.params.items() if entry.param(name)}
    new = Node.model_validate(
        {"id": node.id, "kind": kind, "params": {**kept, **params}, "label": node.label}
    )
    inputs = {port.name for port in entry.inputs}
    edges = [e for e in graph.edges if e.target_node != node.id or e.target_port in inputs]
    outputs = [port.name for port in entry.outputs]
    return rebuilt(
        graph,
        nodes=tuple(new if item.id == node.id else item for item in graph.nodes),
        edges=tuple(
            Edge(source=f"{node.id}.{outputs[0]}", target=e.target)
            if e.source_node == node.id and e.source_port not in outputs
            else e
            for e in edges
        ),
    )


def rewired(graph: StrategyGraph, edge: Edge, source: str) -> StrategyGraph:
    """The strategy with an edge that begins elsewhere."""
    return connect(disconnect(graph, edge.source, edge.target), source, edge.target)


def rebuilt(graph: StrategyGraph, **changes: object) -> StrategyGraph:
    """The strategy with some of its parts replaced."""
    parts = {name: getattr(graph, name) for name in StrategyGraph.model_fields}
    return StrategyGraph.model_validate({**parts, **changes, "layout": {}})


def titled(graph: StrategyGraph, node_id: str) -> str:
    """What a node is called in words."""
    return node_title(graph.node(node_id))


def number(value: float) -> str:
    """A number as people write it."""
    return f"{value:,.10g}"
