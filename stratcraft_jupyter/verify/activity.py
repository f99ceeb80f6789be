"""How often each signal of a graph was true on given bars, and what never came true."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from stratcraft_jupyter.backtest import BacktestConfig, run_backtest
from stratcraft_jupyter.codegen import DECIDED_BARS, compile_probe
from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.graph import (
    Edge,
    Node,
    StrategyGraph,
    active_part,
    describe_node,
    expansion,
    node_title,
)
from stratcraft_jupyter.graph.rebuilding import free_id, rebuilt
from stratcraft_jupyter.graph.trading_rules import entries, used_nodes
from stratcraft_jupyter.market import Bars
from stratcraft_jupyter.verify.length import find_too_few_bars
from stratcraft_jupyter.verify.without_fills import unfilled, unordered

_TOGETHER = ("when", "regime", "filter")


def signal_counts(
    graph: StrategyGraph,
    bars: Bars,
    config: BacktestConfig | None = None,
    *,
    others: Mapping[str, Bars] | None = None,
) -> Mapping[str, int]:
    """On how many bars each signal was true, by node id; under ``"decided bars"``, of how many.

    An expression is one signal.

    Raises:
        GraphInvalidError: The strategy has errors.
        BacktestError: The run did not finish.
    """
    graph = active_part(graph)
    counts = run_backtest(compile_probe(graph), bars, config, others=others).probe
    known = {DECIDED_BARS, *(node.id for node in graph.nodes)}
    return {name: count for name, count in counts.items() if name in known}


def find_never_true(
    graph: StrategyGraph,
    bars: Bars,
    config: BacktestConfig | None = None,
    *,
    others: Mapping[str, Bars] | None = None,
) -> tuple[Diagnostic, ...]:
    """What never came true on these bars: conditions of entries, exits, regimes and guards.

    Each with its node; what an entry needs comes first. Also an entry that was true and ordered
    nothing, or of whose orders none filled. Of an expression it is the part that was never true,
    with the node of the expression. The strategy is run once for this. If the bars are too few for
    a node to have a value, only that is told, and nothing is run.

    Args:
        graph: The strategy.
        bars: The bars to run it on.
        config: Money, costs and dates.
        others: Bars of the further symbols it reads.

    Raises:
        GraphInvalidError: The strategy has errors.
        BacktestError: The run did not finish.
    """
    expanded = expansion(active_part(graph))
    window = bars.between(config.start, config.end) if config else bars
    if too_few := find_too_few_bars(graph, window, others=others):
        return too_few
    joined, of_entry = _with_entries_joined(expanded.graph)
    result = run_backtest(compile_probe(joined), bars, config, others=others)
    counted = _Counted(expanded.graph, joined, of_entry, result.probe)
    found: dict[str, Diagnostic] = {}
    for item in (*counted.of_entries(), *counted.of_others(), *counted.of_the_rest()):
        found.setdefault(item.node_id or "", item)
    if not result.fills:
        told = expanded.graph, counted.entry_counts(), result.probe.get(DECIDED_BARS, 0)
        orders = result.orders
        for item in unfilled(*told, orders) if orders.submitted else unordered(*told):
            found.setdefault(item.node_id or "", item)
    return tuple(
        replace(item, node_id=expanded.owner(name), message=expanded.with_owners(item.message))
        for name, item in found.items()
    )


def explain_no_trades(
    graph: StrategyGraph,
    bars: Bars,
    config: BacktestConfig | None = None,
    *,
    others: Mapping[str, Bars] | None = None,
) -> tuple[Diagnostic, ...]:
    """Why the strategy ordered nothing: what its entries need and was never true.

    The part of ``find_never_true`` that warns about entries.

    Raises:
        GraphInvalidError: The strategy has errors.
        BacktestError: The run did not finish.
    """
    expanded = expansion(active_part(graph))
    taking = {node.id for node in entries(expanded.graph)}
    needed = {name for node_id in taking for name in _behind(expanded.graph, node_id)}
    kept = taking | {expanded.owner(name) for name in needed}
    found = find_never_true(graph, bars, config, others=others)
    return tuple(item for item in found if item.node_id in kept)


def _behind(graph: StrategyGraph, node_id: str) -> set[str]:
    found: set[str] = set()
    pending = [node_id]
    while pending:
        fresh = {edge.source_node for edge in graph.edges_into(pending.pop())} - found
        found |= fresh
        pending += fresh
    return found


def _with_entries_joined(graph: StrategyGraph) -> tuple[StrategyGraph, Mapping[str, str]]:
    """The graph with an And of all that each entry needs at once, and the And of each entry."""
    nodes, edges = list(graph.nodes), list(graph.edges)
    of_entry: dict[str, str] = {}
    taken = {node.id for node in nodes}
    for entry in entries(graph):
        parts = [edge for port in _TOGETHER for edge in graph.edges_into(entry.id, port)]
        if len(parts) > 1:
            name = free_id(f"{entry.id}_all"[:36], taken)
            taken.add(name)
            of_entry[entry.id] = name
            nodes.append(Node(id=name, kind="logic.and"))
            (when,) = graph.edges_into(entry.id, "when")
            edges.remove(when)
            sources = dict.fromkeys(edge.source for edge in parts)
            edges += [Edge(source=source, target=f"{name}.signals") for source in sources]
            edges.append(Edge(source=f"{name}.signal", target=when.target))
    return rebuilt(graph, nodes=tuple(nodes), edges=tuple(edges)), of_entry


@dataclass(frozen=True, slots=True)
class _Counted:
    """How often the signals of a strategy were true.

    Attributes:
        graph: The strategy without expressions.
        joined: The same with what each entry needs as one signal.
        of_entry: That signal's node, by entry.
        counts: On how many bars each signal was true, by node.
    """

    graph: StrategyGraph
    joined: StrategyGraph
    of_entry: Mapping[str, str]
    counts: Mapping[str, int]

    def of_entries(self) -> Iterator[Diagnostic]:
        """What kept entries from being taken."""
        for node in entries(self.graph):
            parts = [*_TOGETHER, "confirm"]
            edges = [edge for port in parts for edge in self.graph.edges_into(node.id, port)]
            never = [edge.source_node for edge in edges if self._is_never(edge.source_node)]
            for source in never:
                yield from self._causes(source, f", so {_named(node)} was never taken")
            if not never and self._is_never(self.of_entry.get(node.id, "")):
                ports = [edge.target_port.capitalize() for edge in edges]
                names = " and ".join(port for port in ports if port != "Confirm")
                yield Diagnostic(
                    "SC301",
                    "warning",
                    f"{names} of {_named(node)} were never true on the same of the {self._bars} "
                    "bars, so it was never taken.",
                    "Each was true at some time: loosen one, or disconnect it.",
                    node.id,
                )

    def of_others(self) -> Iterator[Diagnostic]:
        """Exits and guards whose condition was never true."""
        for node in self.graph.nodes:
            is_guard = node.kind in ("risk.indicator_guard", "risk.regime_exit")
            if not is_guard and not node.kind.startswith(("action.exit", "action.reverse")):
                continue
            for edge in self.graph.edges_into(node.id):
                if edge.target_port in ("when", "regime") and self._is_never(edge.source_node):
                    so = f", so {_named(node)} never acted"
                    if node.kind == "risk.regime_exit":
                        so = f", so {_named(node)} allowed no entry"
                    for item in self._causes(edge.source_node, so):
                        is_quiet = node.kind == "risk.indicator_guard"
                        yield replace(item, severity="info") if is_quiet else item

    def of_the_rest(self) -> Iterator[Diagnostic]:
        """Signals that were never true though what they lead to was: one way of several."""
        negated = {
            name
            for node in self.graph.nodes
            if node.kind == "logic.not"
            for name in _behind(self.graph, node.id)
        }
        used = used_nodes(self.graph)
        for node in self.graph.nodes:
            if node.id in used and node.id not in negated and self._is_never(node.id):
                leads = {edge.target_node for edge in self.graph.edges_from(node.id)}
                if not any(self._is_never(name) for name in leads):
                    yield from self._causes(node.id, "")

    def entry_counts(self) -> Mapping[str, int]:
        """On how many bars each entry was true."""
        found: dict[str, int] = {}
        for node in entries(self.graph):
            (when,) = self.graph.edges_into(node.id, "when")
            found[node.id] = self.counts.get(self.of_entry.get(node.id, when.source_node), 0)
        return found

    @property
    def _bars(self) -> str:
        return f"{self.counts.get(DECIDED_BARS, 0):,}"

    def _is_never(self, node_id: str) -> bool:
        return self.counts.get(node_id) == 0

    def _causes(self, node_id: str, so: str) -> Iterator[Diagnostic]:
        """The deepest signals behind a node that were never true."""
        found: dict[str, None] = {}
        pending = [node_id]
        while pending:
            name = pending.pop()
            if name in found:
                continue
            edges = self.graph.edges_into(name, "signals")
            never = [edge.source_node for edge in edges if self._is_never(edge.source_node)]
            pending += reversed(never)
            if not never:
                found[name] = None
        for name in found:
            yield self._cause(self.graph.node(name), so)

    def _cause(self, node: Node, so: str) -> Diagnostic:
        what = f"{_named(node)}, {describe_node(self.graph, node.id)},"
        message = f"{what} was never true on any of the {self._bars} bars{so}."
        hint = "Loosen its threshold, or try other bars."
        if node.kind == "logic.and":
            message = (
                f"The parts of {what} were never true on the same of the {self._bars} bars{so}."
            )
            hint = "Each part was true at some time: loosen one, or use Or."
        elif node.kind == "logic.not":
            message = (
                f"{what} was never true: its condition held on all of the {self._bars} bars{so}."
            )
            hint = "Loosen the condition that it turns round."
        return Diagnostic("SC301", "warning", message, hint, node.id)


def _named(node: Node) -> str:
    return f"{node_title(node)} ({node.id})"
