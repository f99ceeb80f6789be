"""What every node of a graph had on one bar, walked back from what trades."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from stratcraft_jupyter.backtest import BacktestConfig
from stratcraft_jupyter.backtest.batch import Run, Series, run_batch
from stratcraft_jupyter.backtest.feeds import line_up_feeds
from stratcraft_jupyter.codegen import TRACED_BARS, compile_trace
from stratcraft_jupyter.graph import (
    StrategyGraph,
    describe_node,
    expansion,
    get_kind,
    node_title,
    param_value,
    set_label,
)
from stratcraft_jupyter.graph.parts import MAX_LABEL
from stratcraft_jupyter.verify.difference import NodeValue

_DEEPEST = 6
_KEEP_DISTANCE = ("risk.stop_loss", "risk.take_profit", "risk.bracket")
_MOST_NODES = 16


def node_values(
    graph: StrategyGraph, series: Series, bar: int, config: BacktestConfig
) -> Mapping[str, float] | None:
    """The value of every ``"node.port"`` on a bar; None if nothing is decided on it yet."""
    skipped = line_up_feeds(compile_trace(graph, (bar,)), series.bars, series.others).skipped
    source = compile_trace(graph, (bar - skipped,))
    outcome = run_batch([Run(source, series)], config=config).runs[0]
    if not outcome.values.get(TRACED_BARS):
        return None
    return {name: values[-1] for name, values in outcome.values.items() if values}


def walk_back(
    graph: StrategyGraph, actions: Sequence[str], values: Mapping[str, float] | None
) -> tuple[NodeValue, ...]:
    """The actions and what they depend on, each node once, with its values."""
    expanded = expansion(graph).graph
    seen: set[str] = set()
    found: list[NodeValue] = []

    def visit(node_id: str, depth: int) -> None:
        if node_id in seen or depth > _DEEPEST or len(found) >= _MOST_NODES:
            return
        seen.add(node_id)
        found.append(_shown(expanded, node_id, values or {}, depth))
        for edge in expanded.edges_into(node_id):
            visit(edge.source_node, depth + 1)

    for action in actions:
        if any(node.id == action for node in expanded.nodes):
            visit(action, 0)
    return tuple(found)


def stop_distances(graph: StrategyGraph, values: Mapping[str, float]) -> dict[str, float]:
    """How far away stops would be by what their nodes read on a bar, by titles of these.

    Stops that keep the distance they had when the entry was decided, not those that move.
    """
    found = {}
    for node in graph.nodes:
        multiple = get_kind(node.kind).param("multiple")
        if node.kind in _KEEP_DISTANCE and multiple is not None:
            for edge in graph.edges_into(node.id, "distance"):
                factor, value = param_value(node, multiple), values.get(edge.source)
                if isinstance(factor, int | float) and value is not None:
                    found[node_title(graph.node(edge.source_node))] = factor * value
    return found


def with_own_titles(graph: StrategyGraph) -> StrategyGraph:
    """The strategy in which nodes that are called the same are told apart by what they are."""
    counts = Counter(node_title(node) for node in graph.nodes)
    alike = [node for node in graph.nodes if counts[node_title(node)] > 1]
    titles = {node.id: f"{node_title(node)} ({describe_node(graph, node.id)})" for node in alike}
    counts = Counter(titles.values())
    named = graph
    for node in alike:
        title = titles[node.id]
        if len(title) > MAX_LABEL or counts[title] > 1:
            title = f"{node_title(node)[: MAX_LABEL - len(node.id) - 3]} [{node.id}]"
        named = set_label(named, node.id, title)
    return named


def _shown(
    graph: StrategyGraph, node_id: str, values: Mapping[str, float], depth: int
) -> NodeValue:
    node = graph.node(node_id)
    says, found = describe_node(graph, node_id), tuple(_values(graph, node_id, values))
    if node.kind.startswith("data.") and len(found) == 1:  # bars have many values: say which
        says = f"{found[0][0]} of {says}"
    return NodeValue(node_id, node_title(node), says, found, depth)


def _values(
    graph: StrategyGraph, node_id: str, values: Mapping[str, float]
) -> Iterator[tuple[str, float | bool | None]]:
    used = {edge.source_port for edge in graph.edges_from(node_id)}
    for port in get_kind(graph.node(node_id).kind).outputs:
        if port.type not in ("series", "signal") or port.name not in used:
            continue
        value = values.get(f"{node_id}.{port.name}")
        if value is None or not math.isfinite(value):
            yield port.name, None
        else:
            yield port.name, bool(value) if port.type == "signal" else value
