"""Conditions that must all be true and exclude one another."""

from collections.abc import Hashable, Iterable, Iterator

from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.graph.contradictions.alone import verdicts
from stratcraft_jupyter.graph.contradictions.facts import Literal
from stratcraft_jupyter.graph.contradictions.judge import Judge
from stratcraft_jupyter.graph.contradictions.sayings import minutes_between
from stratcraft_jupyter.graph.contradictions.wording import listed, named
from stratcraft_jupyter.graph.document import Node, StrategyGraph

CONDITIONS = ("when", "regime", "filter")
"""The inputs of an entry that have to be true on the same close."""

_ENTRIES = ("action.enter_long", "action.enter_short")


def excluding_conditions(judge: Judge) -> Iterator[Diagnostic]:
    """SC208: conditions that must all be true and exclude one another."""
    graph = judge.graph
    told: set[frozenset[str]] = set()
    never = {name for name, verdict in verdicts(judge).items() if not verdict.is_always}
    for node in sorted(graph.nodes, key=lambda node: node.kind != "logic.and"):
        if node.kind == "logic.and" and not _belongs_to_and(graph, node):
            literals, times, verb = conditions(graph, node, ("signals",)), [], "be true"
        elif node.kind in _ENTRIES:
            literals, verb = entry_literals(graph, node), "be taken"
            times = entry_times(judge)
        else:
            continue
        if any(pair <= {item.signal for item in literals} for pair in told):
            continue
        conflict = judge.conflict(literals, times=times)
        signals = frozenset(conflict.signals if conflict else ())
        if conflict is None or len(signals) < 2 or signals & never:
            continue
        told.add(signals)
        because = f" ({' and '.join(conflict.reasons)})" if conflict.reasons else ""
        yield Diagnostic(
            "SC208",
            "error",
            f"{named(graph, node.id)} can never {verb}: {listed(graph, conflict.signals)} exclude "
            f"one another{because}.",
            _way_out(graph, signals),
            node.id,
        )


def _way_out(graph: StrategyGraph, signals: Iterable[str]) -> str:
    """What to do; an Or cannot take what a guard allows."""
    risks = [name for name in (s.partition(".")[0] for s in signals) if _is_risk(graph, name)]
    if not risks:
        return "Use Or if either should do, or change one of them."
    names = " or ".join(named(graph, name) for name in sorted(risks))
    return f"Change the condition, or change or remove {names}."


def _is_risk(graph: StrategyGraph, node_id: str) -> bool:
    return graph.node(node_id).kind.startswith("risk.")


def _belongs_to_and(graph: StrategyGraph, node: Node) -> bool:
    """Whether an And only feeds another, which is looked at as a whole."""
    targets = [graph.node(edge.target_node).kind for edge in graph.edges_from(node.id)]
    return node.kind == "logic.and" and bool(targets) and set(targets) == {"logic.and"}


def conditions(graph: StrategyGraph, node: Node, ports: tuple[str, ...]) -> list[Literal]:
    """What has to be true for a node, with every And replaced by what it joins."""
    found: list[str] = []
    pending = [edge.source for port in ports for edge in graph.edges_into(node.id, port)][::-1]
    while pending:
        endpoint = pending.pop()
        node_id = endpoint.partition(".")[0]
        if graph.node(node_id).kind == "logic.and":
            pending += [edge.source for edge in reversed(graph.edges_into(node_id, "signals"))]
        elif endpoint not in found:
            found.append(endpoint)
    return [Literal(endpoint) for endpoint in found]


def entry_literals(
    graph: StrategyGraph, entry: Node, ports: tuple[str, ...] = CONDITIONS
) -> list[Literal]:
    """What has to be true, or not, for an entry to be taken: its conditions and the guards."""
    return conditions(graph, entry, ports) + _unblocked(graph, entry.kind.rpartition("_")[2])


def _unblocked(graph: StrategyGraph, side: str) -> list[Literal]:
    found: list[Literal] = []
    for node in graph.nodes:
        if node.kind == "risk.regime_exit":
            (edge,) = graph.edges_into(node.id, "regime")
            found.append(Literal(edge.source, says=f"{node.id}."))
        elif node.kind == "risk.indicator_guard" and node.params.get("side", "both") in (
            side,
            "both",
        ):
            (edge,) = graph.edges_into(node.id, "when")
            found.append(Literal(edge.source, is_true=False, says=f"{node.id}."))
    return found


def entry_times(judge: Judge) -> list[tuple[Hashable, frozenset[Hashable], str]]:
    """The minutes in which entries are allowed, if a node limits them to some."""
    graph = judge.graph
    own = [judge.same.of[f"{node.id}.bars"] for node in graph.nodes if node.kind == "data.bars"]
    found: list[tuple[Hashable, frozenset[Hashable], str]] = []
    for node in graph.nodes:
        if node.kind == "risk.entry_hours" and own:
            minutes = allowed_minutes(judge, node)
            if minutes:
                found.append((("minute", own[0]), minutes, f"{node.id}."))
    return found


def allowed_minutes(judge: Judge, hours: Node) -> frozenset[Hashable]:
    """The minutes in which a limit on entry hours allows entries."""
    begin, end = judge.reader.text(hours, "from_time"), judge.reader.text(hours, "until_time")
    return minutes_between(begin, end, empty=True)
