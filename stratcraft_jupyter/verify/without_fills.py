"""Why entries that were true ordered nothing, or why none of their orders filled."""

from collections.abc import Iterator, Mapping

from stratcraft_jupyter.backtest.records import OrderCensus
from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.graph import Node, StrategyGraph, node_title

_BLOCKING = (
    *("risk.regime_exit", "risk.indicator_guard", "risk.circuit_breaker", "risk.drawdown_limit"),
    *("risk.safety_stop", "risk.cooldown", "risk.max_open_risk", "risk.exposure_limit"),
    *("risk.entry_hours", "action.choice"),
)


def unordered(
    graph: StrategyGraph, counts: Mapping[str, int], bar_count: int
) -> Iterator[Diagnostic]:
    """Entries that were true, though the strategy made no order.

    Args:
        graph: The strategy without expressions.
        counts: On how many bars each entry was true, by node.
        bar_count: On how many bars was decided.
    """
    blocked = " or ".join(sorted(node.id for node in graph.nodes if node.kind in _BLOCKING))
    other = f", or {blocked} stood in the way" if blocked else ""
    hint = "Sizes are whole shares, rounded down: raise the cash at the start or the size."
    hint = f"Look at {blocked} first. {hint}" if blocked else hint
    for node, was_true in _were_true(graph, counts, bar_count):
        message = f"{was_true} and ordered nothing: its size came to 0 shares{other}."
        yield Diagnostic("SC303", "warning", message, hint, node.id)


def unfilled(
    graph: StrategyGraph, counts: Mapping[str, int], bar_count: int, orders: OrderCensus
) -> Iterator[Diagnostic]:
    """Entries that were true, though no order of the strategy filled."""
    reasons = [
        f"{count:,} {'was' if count == 1 else 'were'} {what}"
        for count, what in (
            (orders.margin, "refused for lack of cash"),
            (orders.unsized, "refused, as the size was not a number"),
            (orders.rejected, "rejected"),
            (orders.expired, "past their last valid time"),
            (orders.cancelled, "cancelled"),
            (orders.pending, "still waiting after the last bar"),
        )
        if count
    ]
    hint = "Move the prices of its orders nearer to the market, or run more bars."
    if orders.margin:
        hint = "Order a smaller size, or raise the cash at the start."
    made = f"{orders.submitted:,} {'order' if orders.submitted == 1 else 'orders'}"
    for node, was_true in _were_true(graph, counts, bar_count):
        message = f"{was_true}, and nothing filled: of {made}, {' and '.join(reasons)}."
        yield Diagnostic("SC304", "warning", message, hint, node.id)


def _were_true(
    graph: StrategyGraph, counts: Mapping[str, int], bar_count: int
) -> Iterator[tuple[Node, str]]:
    for name, count in counts.items():
        node = graph.node(name)
        waits = bool(graph.edges_into(name, "confirm"))
        if count and node.kind != "action.reverse" and not waits:
            said = f"{node_title(node)} ({name}) was true on {count:,} of the {bar_count:,} bars"
            yield node, said
