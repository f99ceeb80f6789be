"""Turns a valid graph into the parts of a module: parameters, lines, signals and sides."""

import heapq
from dataclasses import dataclass

from stratcraft_jupyter.codegen.compiler import (
    candles,
    conditions,
    data,
    indicators,
    logic,
    math,
    position,
    regimes,
    times,
)
from stratcraft_jupyter.codegen.compiler.context import Emitter, NodeContext
from stratcraft_jupyter.codegen.compiler.orders import Side
from stratcraft_jupyter.codegen.compiler.parts import Parts
from stratcraft_jupyter.codegen.compiler.plain import is_plain, plain_sides
from stratcraft_jupyter.codegen.compiler.sizing import EQUITY_PERCENT
from stratcraft_jupyter.codegen.compiler.trading.reading import read_rules, reserve_names
from stratcraft_jupyter.codegen.compiler.trading.skeleton import Trading, emit_trading
from stratcraft_jupyter.graph import (
    EXPRESSION_KINDS,
    Node,
    StrategyGraph,
    active_part,
    describe_nodes,
    disconnect,
    expansion,
    get_kind,
    node_title,
    remove_nodes,
)
from stratcraft_jupyter.graph.expressions import text_of
from stratcraft_jupyter.graph.trading_rules import idle_edges, used_nodes

EMITTERS: dict[str, Emitter] = {
    **data.EMITTERS,
    **position.EMITTERS,
    **indicators.EMITTERS,
    **math.EMITTERS,
    **conditions.EMITTERS,
    **times.EMITTERS,
    **candles.EMITTERS,
    **logic.EMITTERS,
    **regimes.EMITTERS,
}
"""How each kind of series and signal is emitted; actions, sizing and risk belong to the sides."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A module before it is written down.

    Attributes:
        graph: The part of the strategy that gets code, with every expression expanded.
        document: The same part as it is in the document.
        parts: Parameters, lines, signals and comments.
        long: What is done on the long side, if it is entered and all is plain.
        short: The same for the short side.
        trading: How a strategy trades that is not plain.
    """

    graph: StrategyGraph
    document: StrategyGraph
    parts: Parts
    long: Side | None = None
    short: Side | None = None
    trading: Trading | None = None


def make_plan(graph: StrategyGraph) -> Plan:
    """The plan of a valid graph; nodes that lead to no action are left out."""
    graph = active_part(graph)
    expanded = expansion(graph)
    used = used_nodes(expanded.graph)
    owners = {node_id: expanded.owner(node_id) for node_id in used}
    document = remove_nodes(graph, {node.id for node in graph.nodes} - set(owners.values()))
    graph = remove_nodes(expanded.graph, {node.id for node in expanded.graph.nodes} - used)
    phrases = describe_nodes(document)
    said = {node.id: node_comment(node, phrases[node.id]) for node in document.nodes}
    parts = Parts({node_id: said[owner] for node_id, owner in owners.items()}, owners)
    parts.param_names.take(EQUITY_PERCENT)  # not for a node: entries without a size need it
    for edge in idle_edges(graph):
        graph = disconnect(graph, edge.source, edge.target)
    names = reserve_names(graph, parts)
    contexts = {}
    rank = {node.id: place for place, node in enumerate(in_order(document))}
    for node in sorted(in_order(graph), key=lambda node: rank[owners[node.id]]):
        contexts[node.id] = NodeContext(graph, node, parts)
        emitter = EMITTERS.get(node.kind)
        if emitter:
            emitter(contexts[node.id])
    parts.drop_unread_params()
    rules = read_rules(graph, contexts, parts, names)
    if is_plain(rules):
        return Plan(graph, document, parts, *plain_sides(rules))
    return Plan(graph, document, parts, trading=emit_trading(rules))


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


def node_comment(node: Node, phrase: str) -> str:
    """What a node is, in words, with the user's note; an expression is its text."""
    if node.kind in EXPRESSION_KINDS:
        text = f"{node_title(node)}: {text_of(node)}"
        return f"{text}{f' Note: {node.note}' if node.note else ''}"
    title, kind = node_title(node), get_kind(node.kind)
    meaning = f" ({kind.help})" if kind.family in ("indicator", "math") else ""
    is_said = phrase.lower().startswith(title.lower())
    text = f"{phrase[0].upper()}{phrase[1:]}" if is_said else f"{title}: {phrase}"
    return f"{text}{meaning}.{f' Note: {node.note}' if node.note else ''}"
