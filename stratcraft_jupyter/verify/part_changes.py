"""Mutants that only help to explain: either of two conditions, channels of closes, late stops."""

from collections.abc import Iterator, Sequence
from functools import partial

from stratcraft_jupyter.graph import (
    Edge,
    Node,
    StrategyGraph,
    add_node,
    connect,
    disconnect,
    get_kind,
    node_title,
    param_value,
)
from stratcraft_jupyter.verify.mutation import Mutation, rebuilt

_EXTREMES = {"upper": "highest", "lower": "lowest"}
_PRICES = ("close", "open")
_NEW = "of_a_mutant"


def part_changes(graph: StrategyGraph, nodes: Sequence[Node]) -> Iterator[Mutation]:
    """Changes of these nodes that are not asked of bars, only of code that differs."""
    for node in nodes:
        if node.kind.startswith("action.enter_"):
            yield from _either(graph, node)
        elif node.kind == "indicator.donchian_channels":
            yield from _channels(graph, node)
        elif node.kind.startswith("risk."):
            yield from _late_distance(graph, node)


def _either(graph: StrategyGraph, node: Node) -> Iterator[Mutation]:
    """An entry for which its condition or its filter is enough."""
    edges = [*graph.edges_into(node.id, "when"), *graph.edges_into(node.id, "filter")]
    if len(edges) < 2:
        return
    titles = " or ".join(node_title(graph.node(edge.source_node)) for edge in edges)
    words = f"{titles} were enough for {node_title(node)}, not all of them needed"
    yield Mutation(node.id, "logic", words, partial(_with_or, graph, node, edges))


def _with_or(graph: StrategyGraph, node: Node, edges: Sequence[Edge]) -> StrategyGraph:
    found = add_node(graph, "logic.or", node_id=_NEW)
    for edge in edges:
        found = disconnect(found, edge.source, edge.target)
        found = connect(found, edge.source, f"{_NEW}.signals")
    return connect(found, f"{_NEW}.signal", f"{node.id}.when")


def _channels(graph: StrategyGraph, node: Node) -> Iterator[Mutation]:
    """The highest or lowest close in the place of the highest high or lowest low."""
    (into,) = graph.edges_into(node.id, "bars")
    for port, extreme in _EXTREMES.items():
        edges = graph.edges_from(node.id, port)
        for price in _PRICES if edges else ():
            was = "high" if port == "upper" else "low"
            words = f"{node_title(node)} took the {extreme} {price}, not the {extreme} {was}"
            source = f"{into.source_node}.{price}"
            build = partial(_extreme, graph, node, f"indicator.{extreme}", source, tuple(edges))
            yield Mutation(node.id, "source", words, build)


def _extreme(
    graph: StrategyGraph, node: Node, kind: str, source: str, edges: tuple[Edge, ...]
) -> StrategyGraph:
    param = get_kind(node.kind).param("period")
    params = {"period": param_value(node, param)} if param else {}
    found = add_node(graph, kind, node_id=_NEW, params=params)
    found = connect(found, source, f"{_NEW}.source")
    moved = tuple(
        Edge(source=f"{_NEW}.value", target=edge.target) if edge in edges else edge
        for edge in found.edges
    )
    return rebuilt(found, edges=moved)


def _late_distance(graph: StrategyGraph, node: Node) -> Iterator[Mutation]:
    """A stop that is placed with the distance of the bar before."""
    for edge in graph.edges_into(node.id, "distance"):
        giver = node_title(graph.node(edge.source_node))
        words = f"{node_title(node)} read {giver} of the bar before"
        yield Mutation(node.id, "stop distance", words, partial(_earlier, graph, edge))


def _earlier(graph: StrategyGraph, edge: Edge) -> StrategyGraph:
    found = add_node(graph, "math.shift", node_id=_NEW, params={"bars": 1})
    found = disconnect(found, edge.source, edge.target)
    found = connect(found, edge.source, f"{_NEW}.source")
    return connect(found, f"{_NEW}.value", edge.target)
