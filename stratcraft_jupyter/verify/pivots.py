"""Bars on which a strategy decides otherwise when one of its conditions is turned round."""

from collections.abc import Mapping, Sequence
from itertools import chain, zip_longest

from stratcraft_jupyter.backtest.batch import RunOutcome
from stratcraft_jupyter.codegen import TRACED_BARS
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.verify.equivalence import position_at

_SIDES = {
    "action.enter_long": (0,),
    "action.enter_short": (0,),
    "action.exit_long": (1,),
    "action.exit_short": (-1,),
    "action.reverse": (-1, 0, 1),
}
"""Signs of the position with which an action is looked at."""
_TOGETHER = ("when", "regime", "filter")
_SOON = 12


def pivotal_bars(
    graph: StrategyGraph,
    node_id: str,
    values: Mapping[str, Sequence[float]],
    outcome: RunOutcome,
) -> list[tuple[int, bool]]:
    """The bars, and whether the strategy ordered something soon after.

    Args:
        graph: The strategy with its expressions expanded.
        node_id: The condition.
        values: What every output was on each bar that was traced.
        outcome: What the strategy did on these bars.
    """
    found = []
    ordered = {order.first for order in outcome.book}
    for place, bar in enumerate(map(int, values.get(TRACED_BARS, ()))):
        held = position_at(outcome.fills, bar)
        sign = (held > 0) - (held < 0)
        if _Moment(graph, values, place).turns_with(node_id, sign):
            found.append((bar, not ordered.isdisjoint(range(bar, bar + _SOON))))
    return found


def mixed(near: Sequence[tuple[float, int, bool]]) -> list[int]:
    """The numbers of some bars, nearest first, one that led to an order and one that did not.

    Args:
        near: How far away each is, its number, and whether it led to an order.
    """
    ranked = [[row[1] for row in sorted(near) if row[2] is kind] for kind in (True, False)]
    rows = chain.from_iterable(zip_longest(*ranked))
    return [number for number in rows if number is not None]


class _Moment:
    """All signals as they stood on one bar."""

    def __init__(
        self, graph: StrategyGraph, values: Mapping[str, Sequence[float]], place: int
    ) -> None:
        self._graph, self._values, self._place = graph, values, place

    def turns_with(self, node_id: str, sign: int) -> bool:
        """Whether an action that is looked at now hangs on the condition."""
        return any(
            self._acts(node.id) != self._acts(node.id, turned=node_id)
            for node in self._graph.nodes
            if sign in _SIDES.get(node.kind, ())
        )

    def _acts(self, action: str, turned: str = "") -> bool:
        edges = chain.from_iterable(self._graph.edges_into(action, port) for port in _TOGETHER)
        return all(self._is_true(edge.source_node, turned) for edge in edges)

    def _is_true(self, node_id: str, turned: str) -> bool:
        node = self._graph.node(node_id)
        inputs = [
            self._is_true(edge.source_node, turned)
            for name in ("signals", "signal")
            for edge in self._graph.edges_into(node_id, name)
        ]
        if node.kind == "logic.and":
            return all(inputs)
        if node.kind == "logic.or":
            return any(inputs)
        if node.kind == "logic.not":
            return not inputs[0]
        noted = self._values.get(f"{node_id}.signal", ())
        is_true = self._place < len(noted) and bool(noted[self._place])
        return is_true != (node_id == turned)
