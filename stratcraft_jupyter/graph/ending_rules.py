"""Rules about ends: what closes a position, at prices that can be reached, of a size above 0."""

from collections.abc import Callable, Iterator

from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.catalog.base import Param
from stratcraft_jupyter.graph.connecting import node_title
from stratcraft_jupyter.graph.contradictions.sameness import Identities
from stratcraft_jupyter.graph.contradictions.value_ranges import value_ranges
from stratcraft_jupyter.graph.contradictions.wording import named
from stratcraft_jupyter.graph.document import Node, StrategyGraph
from stratcraft_jupyter.graph.params import has_effect, param_value
from stratcraft_jupyter.graph.trading_rules import SIDES_OF, STOP_KINDS, entries, protection

_ENDS = (*STOP_KINDS, "risk.take_profit", "risk.time_limit")
_CLOSERS = (
    *("action.reverse", "risk.circuit_breaker", "risk.drawdown_limit", "risk.safety_stop"),
    *("risk.regime_exit", "risk.indicator_guard"),
)
"""What may close a position of any entry."""
_SIZED_BY = {"sizing.atr_risk": "distance", "sizing.confidence": "confidence"}
"""Sizings that order nothing while what they read is not above 0."""


def entry_without_end(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC202: an entry that nothing ever ends, or of which something is left for ever."""
    for node in entries(graph):
        for side in SIDES_OF[node.kind]:
            if _is_ended(graph, node, side):
                continue
            parts = [item for item in _exits(graph, node, side) if _percent(item) < 100]
            message = f"Nothing ends the {side} position that {node_title(node)} opens."
            hint = f"Add Exit {side}, or connect a stop to its Order."
            if parts:
                sold = " and ".join(
                    f"{named(graph, item.id)} sells {_percent(item):g} %" for item in parts
                )
                message = (
                    f"Nothing ends the {side} position that {node_title(node)} opens: {sold}, and "
                    "a part is always left."
                )
                hint = f"Set Percent of one to 100, or add another Exit {side} or a stop."
            yield Diagnostic("SC202", "error", message, hint, node.id)
            break


def only_a_target(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC225: an entry whose only end is a target, so that a position at a loss stays for ever."""
    if any(node.kind in _CLOSERS for node in graph.nodes):
        return
    for node in entries(graph):
        ends = [item for item in protection(graph, node.id) if item.kind in _ENDS]
        has_exit = any(_exits(graph, node, side) for side in SIDES_OF[node.kind])
        if ends and not has_exit and all(item.kind == "risk.take_profit" for item in ends):
            yield Diagnostic(
                "SC225",
                "warning",
                f"Only {named(graph, ends[0].id)} ends what {node_title(node)} opens: a position "
                "whose target is never reached stays open until the last bar.",
                "Connect a stop to its Order, or add an exit or a time limit.",
                node.id,
            )


def _is_ended(graph: StrategyGraph, entry: Node, side: str) -> bool:
    return (
        any(node.kind in _ENDS for node in protection(graph, entry.id))
        or any(_percent(node) >= 100 for node in _exits(graph, entry, side))
        or any(
            node.kind == "action.reverse"
            or (node.kind == "risk.indicator_guard" and _closes(node, side))
            for node in graph.nodes
        )
    )


def _exits(graph: StrategyGraph, entry: Node, side: str) -> list[Node]:
    """Exits and time limits that act on the positions of an entry."""
    found = []
    for node in graph.nodes:
        if node.kind in (f"action.exit_{side}", "risk.time_limit"):
            owners = graph.edges_into(node.id, "entry")
            if not owners or any(edge.source_node == entry.id for edge in owners):
                found.append(node)
    return found


def _percent(node: Node) -> float:
    """How much of a position an exit or a time limit ends."""
    param = KINDS[node.kind].param("percent")
    return float(param_value(node, param)) if param else 100.0


def _closes(guard: Node, side: str) -> bool:
    closes = guard.params.get("action", "close") == "close"
    return closes and guard.params.get("side", "both") in (side, "both")


def price_never_reached(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC220: a stop or a target at a price of 0 or below, which no price falls to."""
    for node in graph.nodes:
        for param in KINDS[node.kind].params:
            if not param.reach or not has_effect(graph, node, param):
                continue
            percent = float(param_value(node, param))
            owners = [graph.node(edge.source_node) for edge in graph.edges_into(node.id, "entry")]
            falls = "long" if param.reach == "against" else "short"
            sides = {side for owner in owners for side in SIDES_OF.get(owner.kind, ())}
            if percent >= 100 and falls in sides:
                yield _unreached(graph, node, param, percent, falls)


def _unreached(
    graph: StrategyGraph, node: Node, param: Param, percent: float, side: str
) -> Diagnostic:
    return Diagnostic(
        "SC220",
        "error",
        f"{param.title} of {named(graph, node.id)} is {percent:g} %: of a {side} position that is "
        "a price of 0 or below, which is never reached.",
        "Use less than 100.",
        node.id,
        param.name,
    )


def size_never_above_zero(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC221: a sizing that orders nothing, as what it reads is never above 0."""
    sized = [node for node in graph.nodes if node.kind in _SIZED_BY]
    if not sized:
        return
    same = Identities(graph)
    ranges = value_ranges(graph, same)
    for node in sized:
        port = _SIZED_BY[node.kind]
        (edge,) = graph.edges_into(node.id, port)
        found = ranges.get(same.of[edge.source])
        if found and found.high <= 0:
            title = KINDS[node.kind].input(port)
            yield Diagnostic(
                "SC221",
                "error",
                f"{named(graph, node.id)} always comes to 0 shares: its "
                f"{title.title if title else port} is never above 0.",
                "Connect a series that is above 0, or another sizing.",
                node.id,
                port,
            )


RULES: tuple[Callable[[StrategyGraph], Iterator[Diagnostic]], ...] = (
    entry_without_end,
    only_a_target,
    price_never_reached,
    size_never_above_zero,
)
