"""Turns a valid graph into the parts of a module: parameters, lines, signals and sides."""

import heapq
from dataclasses import dataclass, replace

from stratcraft_jupyter.codegen.compiler import conditions, indicators
from stratcraft_jupyter.codegen.compiler.context import Emitter, NodeContext, Parts
from stratcraft_jupyter.codegen.compiler.layout import chain
from stratcraft_jupyter.codegen.compiler.orders import Side
from stratcraft_jupyter.codegen.compiler.sizing import Sizing, percent_sizing, sizing_of
from stratcraft_jupyter.codegen.compiler.stops import Stop, Stops
from stratcraft_jupyter.graph import Node, StrategyGraph, describe_node, get_kind, node_title
from stratcraft_jupyter.graph.trading_rules import used_nodes

EMITTERS: dict[str, Emitter] = {**indicators.EMITTERS, **conditions.EMITTERS}
"""How each kind of series and signal is emitted; actions, sizing and risk belong to the sides."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A module before it is written down."""

    graph: StrategyGraph
    parts: Parts
    long: Side | None
    short: Side | None


def make_plan(graph: StrategyGraph) -> Plan:
    """The plan of a valid graph; nodes that lead to no action are left out."""
    parts = Parts()
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
    """The used nodes, each after all nodes it depends on; otherwise in document order."""
    used = used_nodes(graph)
    nodes = {node.id: node for node in graph.nodes if node.id in used}
    edges = [edge for edge in graph.edges if {edge.source_node, edge.target_node} <= used]
    followers: dict[str, list[str]] = {node_id: [] for node_id in nodes}
    waits = dict.fromkeys(nodes, 0)
    for edge in edges:
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
        node_comment(graph, entry),
        tuple(contexts[node.id].input("when").now for node in exits),
        tuple(node_comment(graph, node) for node in exits),
        _stops(graph, contexts, entry),
        _sizing(graph, contexts, parts, entry),
    )


def _stops(graph: StrategyGraph, contexts: dict[str, NodeContext], entry: Node) -> Stops:
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
    return Stops(tuple(stops), tuple(node_comment(graph, node) for node in nodes))


def _sizing(
    graph: StrategyGraph, contexts: dict[str, NodeContext], parts: Parts, entry: Node
) -> Sizing:
    edges = graph.edges_into(entry.id, "size")
    if edges:
        return sizing_of(contexts[edges[0].source_node])
    declared = ("equity_percent", graph.backtest.sizing_percent, "Equity an entry buys, %")
    if declared not in parts.params:
        parts.param_names.take("equity_percent")
        parts.params.append(declared)
    return percent_sizing("self.p.equity_percent")


def _with_method_names(long: Side, short: Side) -> tuple[Side, Side]:
    """Two different sizings get a method each."""
    if long.sizing == short.sizing:
        return long, short
    return (
        replace(long, sizing=replace(long.sizing, method="long_size")),
        replace(short, sizing=replace(short.sizing, method="short_size")),
    )


def node_comment(graph: StrategyGraph, node: Node) -> str:
    """What a node is, in words, with the user's note."""
    title, phrase = node_title(node), describe_node(graph, node.id)
    kind = get_kind(node.kind)
    meaning = f" ({kind.help})" if kind.family in ("indicator", "math") else ""
    is_said = phrase.lower().startswith(title.lower())
    text = f"{phrase[0].upper()}{phrase[1:]}" if is_said else f"{title}: {phrase}"
    return f"{text}{meaning}.{f' Note: {node.note}' if node.note else ''}"
