"""How often each signal of a graph was true on given bars, and why it did not trade."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from stratcraft_jupyter.backtest import BacktestConfig, run_backtest
from stratcraft_jupyter.codegen import DECIDED_BARS, compile_probe
from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.graph import StrategyGraph, describe_node, expansion, node_title
from stratcraft_jupyter.graph.trading_rules import entries
from stratcraft_jupyter.market import Bars


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
    counts = run_backtest(compile_probe(graph), bars, config, others=others).probe
    known = {DECIDED_BARS, *(node.id for node in graph.nodes)}
    return {name: count for name, count in counts.items() if name in known}


def explain_no_trades(
    graph: StrategyGraph,
    bars: Bars,
    config: BacktestConfig | None = None,
    *,
    others: Mapping[str, Bars] | None = None,
) -> tuple[Diagnostic, ...]:
    """Why the strategy ordered nothing: the conditions that were never true, with their nodes.

    Of an expression it is the part that was never true, with the node of the expression.

    Empty if every entry's condition was true at least once; then the orders themselves failed.

    Raises:
        GraphInvalidError: The strategy has errors.
        BacktestError: The run did not finish.
    """
    counts = run_backtest(compile_probe(graph), bars, config, others=others).probe
    expanded = expansion(graph)
    found: dict[str, Diagnostic] = {}
    for entry in entries(graph):
        for edge in expanded.graph.edges_into(entry.id, "when"):
            for item in _causes(expanded.graph, edge.source_node, counts):
                found.setdefault(item.node_id or "", item)
    return tuple(replace(item, node_id=expanded.owner(name)) for name, item in found.items())


def _causes(graph: StrategyGraph, node_id: str, counts: Mapping[str, int]) -> Iterator[Diagnostic]:
    """The deepest signals behind a node that were never true."""
    if counts.get(node_id, 0) > 0:
        return
    node = graph.node(node_id)
    sources = [edge.source_node for edge in graph.edges_into(node_id, "signals")]
    never = [source for source in sources if counts.get(source, 0) == 0]
    if never:
        for source in never:
            yield from _causes(graph, source, counts)
        return
    bars = counts.get(DECIDED_BARS, 0)
    what = f"{node_title(node)} ({describe_node(graph, node_id)})"
    if node.kind == "logic.and":
        hint = "Each part was true at some time: loosen one, or use Or."
        message = f"The parts of {what} were never true on the same of the {bars:,} bars."
    elif node.kind == "logic.not":
        hint = "Loosen the condition that it turns round."
        message = f"{what} was never true: its condition held on all of the {bars:,} bars."
    else:
        hint = "Loosen its threshold, or try other bars."
        message = f"{what} was never true on any of the {bars:,} bars."
    yield Diagnostic("SC301", "warning", message, hint, node_id)
