"""Differences that hang on the last digit: two values that are equal but for rounding.

On made-up bars that stand still or move in whole steps, values a strategy compares are often
equal, and code that adds up in another order gets one that is larger by a hundred-trillionth.
"""

import math
from collections.abc import Iterator, Mapping, Sequence

from stratcraft_jupyter.backtest import BacktestConfig
from stratcraft_jupyter.backtest.batch import Run, run_batch
from stratcraft_jupyter.backtest.feeds import line_up_feeds
from stratcraft_jupyter.codegen import compile_strategy, compile_trace
from stratcraft_jupyter.graph import Node, StrategyGraph, expansion
from stratcraft_jupyter.graph.trading_rules import used_nodes
from stratcraft_jupyter.verify.equivalence import Compared

_NEAR = 1e-9
_TINY = 1e-9
_AGAINST = ("right", "low", "high", "band")
_NUMBERS = ("value", "low_value", "high_value")
_OVER_TIME = ("condition.rising", "condition.falling")
_OF_THE_BAR = ("condition.compare", "condition.between")
"""Conditions that know nothing of the bar before."""
_PASSING = ("logic.and", "logic.or", "logic.not", "logic.vote")
"""What is true by the bar alone if what it reads is."""
_AT_ONCE = ("when", "filter", "regime")
"""Inputs of an action that are read on the bar of its decision alone."""


def find_ties(
    graph: StrategyGraph, compared: Sequence[Compared], config: BacktestConfig
) -> list[Compared]:
    """The series that first differ where two values of the graph are equal but for rounding."""
    apart = [item for item in compared if item.mismatch is not None and not item.is_equal]
    reference = compile_strategy(graph)
    runs = []
    for item in apart:
        bar = item.mismatch.bar if item.mismatch else 0
        bar -= line_up_feeds(reference, item.series.bars, item.series.others).skipped
        runs.append(Run(compile_trace(graph, (bar - 1, bar)), item.series))
    outcomes = run_batch(runs, config=config).runs if runs else ()
    expanded = expansion(graph).graph
    return [
        item
        for item, outcome in zip(apart, outcomes, strict=True)
        if any(_is_tie(pair) for pair in _compared_values(expanded, outcome.values))
    ]


def _compared_values(
    graph: StrategyGraph, values: Mapping[str, Sequence[float]]
) -> Iterator[tuple[float, float]]:
    """Every two values that a condition holds against each other, on the bars that count."""
    used = used_nodes(graph)
    for node in graph.nodes:
        if node.id in used and node.kind.startswith("condition."):
            begin = -2 if _looks_back(graph, node) else -1
            for one, other in compared_sides(graph, node, values):
                yield from zip(one[begin:], other[begin:], strict=False)


def _looks_back(graph: StrategyGraph, node: Node) -> bool:
    """Whether a decision may hang on what a condition was on the bar before."""
    if node.kind not in (*_OF_THE_BAR, *_PASSING):
        return True
    for edge in graph.edges_from(node.id):
        reader = graph.node(edge.target_node)
        if reader.kind.startswith("action."):
            if edge.target_port not in _AT_ONCE or graph.edges_into(reader.id, "confirm"):
                return True
        elif reader.kind not in _PASSING or _looks_back(graph, reader):
            return True
    return False


def compared_sides(
    graph: StrategyGraph, node: Node, values: Mapping[str, Sequence[float]]
) -> Iterator[tuple[Sequence[float], Sequence[float]]]:
    """Left and right, bar by bar, of every comparison that a condition makes."""
    inputs = {edge.target_port: values.get(edge.source, ()) for edge in graph.edges_into(node.id)}
    left = inputs.get("left", inputs.get("source", ()))
    for name in _AGAINST:
        if name in inputs:
            yield left, inputs[name]
    for name in _NUMBERS:
        number = node.params.get(name)
        rival = "right" if name == "value" else name.removesuffix("_value")
        if isinstance(number, int | float) and rival not in inputs:
            yield left, [float(number)] * len(left)
    if node.kind in _OVER_TIME:
        yield left[1:], left[:-1]


def _is_tie(pair: tuple[float, float]) -> bool:
    one, other = pair
    return math.isclose(one, other, rel_tol=_NEAR, abs_tol=_TINY)
