"""Rules about trading: what makes a sound graph unable to trade, or to trade as meant."""

from collections.abc import Callable, Iterable, Iterator

from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.graph.connecting import node_title
from stratcraft_jupyter.graph.document import Node, StrategyGraph

ENTRY_KINDS = ("action.enter_long", "action.enter_short")
EXIT_OF = {"action.enter_long": "action.exit_long", "action.enter_short": "action.exit_short"}
STOP_KINDS = ("risk.stop_loss", "risk.trailing_stop")


def entries(graph: StrategyGraph) -> list[Node]:
    """The entries of a strategy, in document order."""
    return [node for node in graph.nodes if node.kind in ENTRY_KINDS]


def stops_of(graph: StrategyGraph, entry_id: str) -> list[Node]:
    """The stops that protect an entry, in document order."""
    return [graph.node(edge.target_node) for edge in graph.edges_from(entry_id, "order")]


def no_entry(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC201: without an entry the strategy never trades."""
    if not entries(graph):
        yield Diagnostic(
            "SC201",
            "error",
            "The strategy has no entry, so it never trades.",
            "Add Enter long or Enter short and connect a condition to its When.",
        )


def entry_without_end(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC202: an entry that no exit and no stop ever ends."""
    for node in entries(graph):
        exits = [other for other in graph.nodes if other.kind == EXIT_OF[node.kind]]
        if not exits and not stops_of(graph, node.id):
            side = node.kind.rpartition("_")[2]
            yield Diagnostic(
                "SC202",
                "error",
                f"Nothing ends the position that {node_title(node)} opens.",
                f"Add Exit {side}, or connect a stop to its Order.",
                node.id,
            )


def second_entry_of_a_side(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC203: two entries of one side would leave open which of them a position belongs to."""
    for kind in ENTRY_KINDS:
        for node in [node for node in graph.nodes if node.kind == kind][1:]:
            yield Diagnostic(
                "SC203",
                "error",
                f"There is another {node_title(node)}; a strategy has one entry of each side.",
                "Combine the conditions with Or, and remove this one.",
                node.id,
            )


def risk_sizing_without_stop(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC204: sizing by risk needs the distance to a stop."""
    for node in entries(graph):
        sizes = [graph.node(edge.source_node) for edge in graph.edges_into(node.id, "size")]
        for size in sizes:
            if size.kind == "sizing.risk" and not stops_of(graph, node.id):
                yield Diagnostic(
                    "SC204",
                    "error",
                    f"{node_title(size)} sizes {node_title(node)} by the distance to its stop, "
                    "and there is no stop.",
                    f"Connect Order of {node_title(node)} to a stop, or choose another sizing.",
                    size.id,
                )


def exit_without_entry(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC205: an exit of a side that is never entered does nothing."""
    for entry_kind, exit_kind in EXIT_OF.items():
        if not any(node.kind == entry_kind for node in graph.nodes):
            side = entry_kind.rpartition("_")[2]
            for node in graph.nodes:
                if node.kind == exit_kind:
                    yield Diagnostic(
                        "SC205",
                        "warning",
                        f"{node_title(node)} never does anything: no position is {side}.",
                        f"Add Enter {side}, or remove it.",
                        node.id,
                    )


def unused_node(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC206: a node that leads to no action is left out of the code."""
    used = _with_sources(graph, (node.id for node in graph.nodes if _is_end(node)))
    for node in graph.nodes:
        if node.id not in used:
            yield Diagnostic(
                "SC206",
                "warning",
                f"{node_title(node)} leads to no action and is left out of the code.",
                "Connect it to what needs it, or remove it.",
                node.id,
            )


def used_nodes(graph: StrategyGraph) -> frozenset[str]:
    """Ids of the entries, their exits and stops, and all nodes that these depend on."""
    idle = {EXIT_OF[kind] for kind in ENTRY_KINDS} - {EXIT_OF[node.kind] for node in entries(graph)}
    ends = (node.id for node in graph.nodes if _is_end(node) and node.kind not in idle)
    return _with_sources(graph, ends)


def _is_end(node: Node) -> bool:
    return node.kind.startswith(("action.", "risk."))


def _with_sources(graph: StrategyGraph, ends: Iterable[str]) -> frozenset[str]:
    """The nodes and all that they depend on."""
    sources: dict[str, list[str]] = {}
    for edge in graph.edges:
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
    entry_without_end,
    second_entry_of_a_side,
    risk_sizing_without_stop,
    exit_without_entry,
    unused_node,
)
