"""Turns a valid graph into the parts of a module: parameters, lines, signals and sides."""

import heapq
from dataclasses import dataclass, replace

from stratcraft_jupyter.codegen.compiler import conditions, indicators
from stratcraft_jupyter.codegen.compiler.context import Emitter, NodeContext, Parts
from stratcraft_jupyter.codegen.compiler.layout import chain
from stratcraft_jupyter.codegen.compiler.orders import Side
from stratcraft_jupyter.codegen.compiler.sizing import Sizing, percent_sizing, sizing_of
from stratcraft_jupyter.codegen.compiler.stops import Stop, Stops
from stratcraft_jupyter.graph import (
    Node,
    StrategyGraph,
    describe_nodes,
    get_kind,
    node_title,
    remove_nodes,
)
from stratcraft_jupyter.graph.trading_rules import used_nodes

EMITTERS: dict[str, Emitter] = {**indicators.EMITTERS, **conditions.EMITTERS}
"""How each kind of series and signal is emitted; actions, sizing and risk belong to the sides."""

_EQUITY_PERCENT = "equity_percent"
"""Parameter of entries that have no sizing of their own."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A module before it is written down.

    Attributes:
        graph: The part of the strategy that gets code.
        parts: Parameters, lines, signals and comments.
        long: What is done on the long side, if it is entered.
        short: What is done on the short side, if it is entered.
    """

    graph: StrategyGraph
    parts: Parts
    long: Side | None
    short: Side | None


def make_plan(graph: StrategyGraph) -> Plan:
    """The plan of a valid graph; nodes that lead to no action are left out."""
    graph = remove_nodes(graph, {node.id for node in graph.nodes} - used_nodes(graph))
    phrases = describe_nodes(graph)
    parts = Parts({node.id: node_comment(node, phrases[node.id]) for node in graph.nodes})
    parts.param_names.take(_EQUITY_PERCENT)  # not for a node: entries without a size need it
    contexts = {}
    for node in in_order(graph):
        contexts[node.id] = NodeContext(graph, node, parts)
        emitter = EMITTERS.get(node.kind)
        if emitter:
            emitter(contexts[node.id])
    long = _side(graph, contexts, parts, "long")
    short = _side(graph, contexts, parts, "short")
    if long and short:
        long, short = _with_method_names(long, short)
    return Plan(graph, parts, long, short)


def in_order(graph: StrategyGraph) -> list[Node]:
    """The nodes, each after all nodes it depends on; otherwise in document order."""
    nodes = {node.id: node for node in graph.nodes}
    followers: dict[str, list[str]] = {node_id: [] for node_id in nodes}
    waits = dict.fromkeys(nodes, 0)
    for edge in graph.edges:
        followers[edge.source_node].append(edge.target_node)
        waits[edge.target_node] += 1
    ready = sorted(node_id for node_id, count in waits.items() if count == 0)
    found = []
    while ready:
        node_id = heapq.heappop(ready)
        found.append(nodes[node_id])
        for follower in followers[node_id]:
            waits[follower] -= 1
            if waits[follower] == 0:
                heapq.heappush(ready, follower)
    return found


def _side(
    graph: StrategyGraph, contexts: dict[str, NodeContext], parts: Parts, name: str
) -> Side | None:
    entry = next((node for node in graph.nodes if node.kind == f"action.enter_{name}"), None)
    if entry is None:
        return None
    exits = [node for node in graph.nodes if node.kind == f"action.exit_{name}"]
    return Side(
        name,
        contexts[entry.id].input("when").now,
        parts.comments[entry.id],
        tuple(contexts[node.id].input("when").now for node in exits),
        tuple(parts.comments[node.id] for node in exits),
        _stops(graph, contexts, parts, entry),
        _sizing(graph, contexts, parts, entry),
    )


def _stops(
    graph: StrategyGraph, contexts: dict[str, NodeContext], parts: Parts, entry: Node
) -> Stops:
    nodes = [graph.node(edge.target_node) for edge in graph.edges_from(entry.id, "order")]
    stops = []
    for node in nodes:
        context = contexts[node.id]
        trails = node.kind == "risk.trailing_stop"
        if context.is_connected("distance"):
            distance = chain(context.param("multiple"), "*", context.input("distance").now)
            stops.append(Stop(trails, distance=distance))
        else:
            stops.append(Stop(trails, percent=context.param("percent")))
    return Stops(tuple(stops), tuple(parts.comments[node.id] for node in nodes))


def _sizing(
    graph: StrategyGraph, contexts: dict[str, NodeContext], parts: Parts, entry: Node
) -> Sizing:
    edges = graph.edges_into(entry.id, "size")
    if edges:
        return sizing_of(contexts[edges[0].source_node])
    declared = (_EQUITY_PERCENT, graph.backtest.sizing_percent, "Equity an entry buys, %")
    if declared not in parts.params:
        parts.params.append(declared)
    return percent_sizing(f"self.p.{_EQUITY_PERCENT}")


def _with_method_names(long: Side, short: Side) -> tuple[Side, Side]:
    """Two different sizings get a method each."""
    if long.sizing == short.sizing:
        return long, short
    return (
        replace(long, sizing=replace(long.sizing, method="long_size")),
        replace(short, sizing=replace(short.sizing, method="short_size")),
    )


def node_comment(node: Node, phrase: str) -> str:
    """What a node is, in words, with the user's note."""
    title, kind = node_title(node), get_kind(node.kind)
    meaning = f" ({kind.help})" if kind.family in ("indicator", "math") else ""
    is_said = phrase.lower().startswith(title.lower())
    text = f"{phrase[0].upper()}{phrase[1:]}" if is_said else f"{title}: {phrase}"
    return f"{text}{meaning}.{f' Note: {node.note}' if node.note else ''}"
