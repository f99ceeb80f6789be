"""Rules about trading: what makes a sound graph unable to trade, or to trade as meant."""

from collections.abc import Callable, Iterable, Iterator

from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.connecting import node_title
from stratcraft_jupyter.graph.document import Edge, Node, StrategyGraph
from stratcraft_jupyter.graph.params import param_value

SIDES_OF = {
    "action.enter_long": ("long",),
    "action.enter_short": ("short",),
    "action.reverse": ("long", "short"),
}
"""The sides that each kind of entry opens."""

STOP_KINDS = ("risk.stop_loss", "risk.trailing_stop", "risk.bracket")
"""What gives an entry a stop from the start."""

_ALONE = ("action.choice", "risk.safety_stop")
"""Kinds of which a strategy has one at most."""


def entries(graph: StrategyGraph) -> list[Node]:
    """The entries of a strategy, in document order."""
    return [node for node in graph.nodes if node.kind in SIDES_OF]


def stops_of(graph: StrategyGraph, entry_id: str) -> list[Node]:
    """The stops that protect an entry from the start, in document order."""
    return [node for node in protection(graph, entry_id) if node.kind in STOP_KINDS]


def protection(graph: StrategyGraph, entry_id: str) -> list[Node]:
    """What is connected to the order of an entry, in document order."""
    return [graph.node(edge.target_node) for edge in graph.edges_from(entry_id, "order")]


def no_entry(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC201: without an entry the strategy never trades."""
    if not any(node.kind != "action.reverse" for node in entries(graph)):
        yield Diagnostic(
            "SC201",
            "error",
            "The strategy has no entry, so it never trades.",
            "Add Enter long or Enter short and connect a condition to its When.",
        )


def several_of_one(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC203: two nodes of a kind of which a strategy can have one."""
    for kind in _ALONE:
        for node in [node for node in graph.nodes if node.kind == kind][1:]:
            yield Diagnostic(
                "SC203",
                "error",
                f"There is another {node_title(node)}; a strategy has one at most.",
                "Remove one of them.",
                node.id,
            )


def sizing_without_stop(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC204: sizing by risk, and a limit of open risk, need the distance to a stop."""
    for node in entries(graph):
        if stops_of(graph, node.id):
            continue
        needing = [graph.node(edge.source_node) for edge in graph.edges_into(node.id, "size")]
        needing = [size for size in needing if size.kind == "sizing.risk"]
        needing += [other for other in graph.nodes if other.kind == "risk.max_open_risk"]
        for other in needing:
            yield Diagnostic(
                "SC204",
                "error",
                f"{node_title(other)} needs the distance to the stop of {node_title(node)}, "
                "and there is no stop.",
                f"Connect Order of {node_title(node)} to a stop, or remove {node_title(other)}.",
                other.id,
            )


def exit_without_entry(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC205: what ends positions of a side that is never entered does nothing."""
    entered = _entered(graph)
    for node in idle_ends(graph):
        side = _ended_side(node)
        if side in entered:
            why = f"none of its entries goes {side}."
            hint = f"Connect Order of an entry that goes {side}, or remove it."
        else:
            why = f"no position is {side}."
            hint = f"Add Enter {side}, or remove it."
        yield Diagnostic(
            "SC205", "warning", f"{node_title(node)} never does anything: {why}", hint, node.id
        )


def idle_ends(graph: StrategyGraph) -> list[Node]:
    """Exits and guards of a side that is never entered, or not by the entries they are for."""
    entered = _entered(graph)
    return [node for node in graph.nodes if _is_idle_end(graph, node, entered)]


def _entered(graph: StrategyGraph) -> set[str]:
    return {side for node in entries(graph) for side in SIDES_OF[node.kind]}


def _ended_side(node: Node) -> str | None:
    """The side whose positions a node ends; None if it is no such node, or ends those of both."""
    if node.kind in ("action.exit_long", "action.exit_short"):
        return node.kind.rpartition("_")[2]
    side = node.params.get("side", "both") if node.kind == "risk.indicator_guard" else "both"
    return str(side) if side != "both" else None


def _is_idle_end(graph: StrategyGraph, node: Node, entered: set[str]) -> bool:
    side = _ended_side(node)
    if side is None:
        return False
    owners = [graph.node(edge.source_node) for edge in graph.edges_into(node.id, "entry")]
    fits = any(side in SIDES_OF.get(owner.kind, ()) for owner in owners)
    return side not in entered or (bool(owners) and not fits)


def unused_node(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC206: a node that leads to no action is left out of the code."""
    if not entries(graph):  # there is nothing yet that a node could lead to
        return
    used = _with_sources(graph, (node.id for node in graph.nodes if _is_end(node)))
    for node in graph.nodes:
        if node.id not in used:
            is_regime = node.kind.startswith("regime.")
            yield Diagnostic(
                "SC206",
                "warning",
                f"No entry uses the regime {node_title(node)}, so it has no effect."
                if is_regime
                else f"{node_title(node)} leads to no action and is left out of the code.",
                "Connect it to the Regime of an entry, or remove it."
                if is_regime
                else "Connect it to what needs it, or remove it.",
                node.id,
            )


def connection_without_effect(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC215: an input that means nothing with the parameters that its node has."""
    for edge in idle_edges(graph):
        node = graph.node(edge.target_node)
        port = KINDS[node.kind].input(edge.target_port)
        if port is None or port.when_choice is None:
            continue
        param = KINDS[node.kind].param(port.when_choice[0])
        if param is not None:
            yield Diagnostic(
                "SC215",
                "warning",
                f"{port.title} of {node_title(node)} has no effect while its "
                f"{param.title} is {param_value(node, param)}.",
                f"Choose another {param.title}, or remove the connection.",
                node.id,
                edge.target_port,
            )


def idle_edges(graph: StrategyGraph) -> list[Edge]:
    """Edges into inputs that have no effect with the parameters of their nodes."""
    return [edge for edge in graph.edges if _is_idle(graph, edge)]


def _is_idle(graph: StrategyGraph, edge: Edge) -> bool:
    node = graph.node(edge.target_node)
    kind = KINDS[node.kind]
    port = kind.input(edge.target_port)
    if port is None or port.when_choice is None:
        return False
    name, choices = port.when_choice
    param = kind.param(name)
    return param is not None and param_value(node, param) not in choices


def used_nodes(graph: StrategyGraph) -> frozenset[str]:
    """Ids of what trades, and of all nodes that this depends on."""
    idle = {node.id for node in idle_ends(graph)}
    ends = (node.id for node in graph.nodes if _is_end(node) and node.id not in idle)
    return _with_sources(graph, ends)


def _is_end(node: Node) -> bool:
    return node.kind.startswith(("action.", "risk."))


def _with_sources(graph: StrategyGraph, ends: Iterable[str]) -> frozenset[str]:
    """The nodes and all that they depend on."""
    sources: dict[str, list[str]] = {}
    idle = set(idle_edges(graph))
    for edge in graph.edges:
        if edge not in idle:
            sources.setdefault(edge.target_node, []).append(edge.source_node)
    found = set(ends)
    pending = list(found)
    while pending:
        fresh = [item for item in sources.get(pending.pop(), ()) if item not in found]
        found.update(fresh)
        pending.extend(fresh)
    return frozenset(found)


RULES: tuple[Callable[[StrategyGraph], Iterator[Diagnostic]], ...] = (
    no_entry,
    several_of_one,
    sizing_without_stop,
    exit_without_entry,
    unused_node,
    connection_without_effect,
)
