"""Mutants with another kind of node, with a node left out, or on the other side."""

from collections.abc import Iterator, Mapping
from functools import partial

from stratcraft_jupyter.errors import GraphEditError
from stratcraft_jupyter.graph import (
    Edge,
    Node,
    StrategyGraph,
    add_node,
    connect,
    get_kind,
    node_title,
    remove_nodes,
)
from stratcraft_jupyter.graph.trading_rules import SIDES_OF, entries
from stratcraft_jupyter.verify.mutation import Mutation, rebuilt, with_kind

_PARTNERS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    # kind: (other kind, kind of change, words)
    "condition.crosses_above": (
        ("condition.crosses_below", "operator", "{0} were a cross below, not above"),
        ("condition.compare>", "state", "{0} were true while above, not on the cross alone"),
        ("condition.crosses", "operator", "{0} were a cross in either direction"),
    ),
    "condition.crosses_below": (
        ("condition.crosses_above", "operator", "{0} were a cross above, not below"),
        ("condition.compare<", "state", "{0} were true while below, not on the cross alone"),
        ("condition.crosses", "operator", "{0} were a cross in either direction"),
    ),
    "condition.rising": (("condition.falling", "operator", "{0} were falling, not rising"),),
    "condition.falling": (("condition.rising", "operator", "{0} were rising, not falling"),),
    "condition.is_highest": (
        ("condition.is_lowest", "operator", "{0} were the lowest, not the highest"),
    ),
    "condition.is_lowest": (
        ("condition.is_highest", "operator", "{0} were the highest, not the lowest"),
    ),
    "logic.and": (("logic.or", "logic", "{0} were an Or, not an And"),),
    "logic.or": (("logic.and", "logic", "{0} were an And, not an Or"),),
    "regime.trending_up": (("regime.trending_down", "operator", "{0} were a trend down"),),
    "regime.trending_down": (("regime.trending_up", "operator", "{0} were a trend up"),),
    "indicator.highest": (("indicator.lowest", "indicator", "{0} were the lowest value"),),
    "indicator.lowest": (("indicator.highest", "indicator", "{0} were the highest value"),),
    "indicator.sma": (("indicator.ema", "indicator", "{0} were an exponential average"),),
    "indicator.ema": (("indicator.sma", "indicator", "{0} were a simple average"),),
    "math.add": (("math.subtract", "operator", "{0} subtracted, not added"),),
    "math.subtract": (("math.add", "operator", "{0} added, not subtracted"),),
    "math.minimum": (("math.maximum", "operator", "{0} were the larger, not the smaller"),),
    "math.maximum": (("math.minimum", "operator", "{0} were the smaller, not the larger"),),
    "risk.trailing_stop": (("risk.stop_loss", "stop", "{0} stayed where it was placed"),),
    "risk.stop_loss": (("risk.trailing_stop", "stop", "{0} followed the close"),),
    "sizing.percent_of_equity": (
        ("sizing.fixed_cash", "size", "entries bought for a fixed sum, not a part of equity"),
    ),
}
_PASSED_ON = {"logic.not": "signal", "logic.becomes_true": "signal", "math.shift": "source"}
"""Kinds with one input whose value may be passed on unchanged, by mistake."""
_ON_CROSS = {">": "condition.crosses_above", ">=": "condition.crosses_above"}
_OFF_CROSS = {"<": "condition.crosses_below", "<=": "condition.crosses_below"}
_OTHER_SIDE = {
    "action.enter_long": "action.enter_short",
    "action.enter_short": "action.enter_long",
    "action.exit_long": "action.exit_short",
    "action.exit_short": "action.exit_long",
}


def change_kinds(graph: StrategyGraph, node: Node) -> Iterator[Mutation]:
    """The node as its counterpart, left out, or on the other side."""
    title = node_title(node)
    for kind, change, words in _PARTNERS.get(node.kind, ()):
        name, operator = (kind[:-1], kind[-1]) if kind[-1] in "<>" else (kind, "")
        params = {"operator": operator} if operator else {}
        build = partial(with_kind, graph, node, name, **params)
        yield Mutation(node.id, change, words.format(title), build)
    if node.kind == "condition.compare":
        crosses = (_ON_CROSS | _OFF_CROSS)[str(node.params.get("operator", ">"))]
        words = f"{title} were true on the cross alone, not while it lasts"
        yield Mutation(node.id, "state", words, partial(with_kind, graph, node, crosses))
    if node.kind in _PASSED_ON:
        words = f"{title} were left out and what it reads passed on"
        if node.kind == "math.shift":
            words = f"{title} were the present value, not the earlier one"
        yield Mutation(node.id, "node left out", words, partial(_bypassed, graph, node))
    yield from _left_out(graph, node)
    yield from _sides(graph, node)


def _bypassed(graph: StrategyGraph, node: Node) -> StrategyGraph:
    sources = graph.edges_into(node.id, _PASSED_ON[node.kind])
    without = remove_nodes(graph, [node.id])
    edges = [
        Edge(source=sources[0].source, target=edge.target) for edge in graph.edges_from(node.id)
    ]
    present = {str(edge) for edge in without.edges}
    return rebuilt(
        graph,
        nodes=without.nodes,
        edges=(*without.edges, *(edge for edge in edges if str(edge) not in present)),
    )


def _left_out(graph: StrategyGraph, node: Node) -> Iterator[Mutation]:
    title = node_title(node)
    if node.kind.startswith("risk."):
        words = f"{title} did not exist"
        yield Mutation(node.id, "stop missing", words, partial(remove_nodes, graph, [node.id]))
    elif node.kind in ("action.exit_long", "action.exit_short"):
        words = f"{title} did not exist"
        yield Mutation(node.id, "exit missing", words, partial(remove_nodes, graph, [node.id]))
    elif node.kind in SIDES_OF and len(entries(graph)) > 1:
        words = f"{title} did not exist"
        yield Mutation(node.id, "entry missing", words, partial(remove_nodes, graph, [node.id]))
    elif node.kind == "action.choice":
        words = f"{title} did not exist"
        yield Mutation(node.id, "choice", words, partial(remove_nodes, graph, [node.id]))
    if node.kind in SIDES_OF and get_kind(node.kind).input("size"):
        words = f"{title} bought a single share"
        yield Mutation(node.id, "size", words, partial(_one_share, graph, node))


def _one_share(graph: StrategyGraph, node: Node) -> StrategyGraph:
    name = "one_share_of_a_mutant"
    added = add_node(graph, "sizing.fixed_shares", node_id=name, params={"shares": 1})
    return connect(added, f"{name}.size", f"{node.id}.size")


def _sides(graph: StrategyGraph, node: Node) -> Iterator[Mutation]:
    """Each entry or exit on the other side, and the whole strategy turned round."""
    other = _OTHER_SIDE.get(node.kind)
    if other is None:
        return
    side = other.rpartition("_")[2]
    words = f"{node_title(node)} were for the {side} side"
    yield Mutation(node.id, "side", words, partial(with_kind, graph, node, other))
    traders = [item for item in graph.nodes if item.kind in _OTHER_SIDE]
    if node == traders[0]:
        words = "every buy were a sale and every sale a buy"
        yield Mutation(node.id, "side", words, partial(_turned, graph))


def _turned(graph: StrategyGraph) -> StrategyGraph:
    found = graph
    for node in graph.nodes:
        if node.kind in _OTHER_SIDE:
            found = with_kind(found, found.node(node.id), _OTHER_SIDE[node.kind])
    if found == graph:
        raise GraphEditError("There is nothing to turn round.")
    return found
