"""Reads from the graph what trades."""

from collections.abc import Mapping
from dataclasses import replace

from stratcraft_jupyter.codegen.compiler.context import NodeContext
from stratcraft_jupyter.codegen.compiler.layout import Expression, joined
from stratcraft_jupyter.codegen.compiler.names import Names
from stratcraft_jupyter.codegen.compiler.parts import Parts
from stratcraft_jupyter.codegen.compiler.sizing import entry_sizing
from stratcraft_jupyter.codegen.compiler.trading.model import (
    Contexts,
    Entry,
    Exit,
    Rules,
    connected_ids,
)
from stratcraft_jupyter.graph import StrategyGraph

_GUARDS = {
    f"risk.{name}"
    for name in (
        "circuit_breaker",
        "drawdown_limit",
        "safety_stop",
        "regime_exit",
        "indicator_guard",
    )
}
_LIMITS = {
    f"risk.{name}"
    for name in ("cooldown", "max_trades", "max_open_risk", "exposure_limit", "entry_hours")
}
_SIDES = {
    "action.enter_long": ("long",),
    "action.enter_short": ("short",),
    "action.reverse": ("long", "short"),
}
_EXITS = {"action.exit_long": "long", "action.exit_short": "short"}


_REMEMBERED = (
    *("until", "start", "peak", "tripped", "halted", "was_off", "was_on", "made", "period"),
    *("reached", "ready_bar", "confirmed", "size"),
)


def reserve_names(graph: StrategyGraph, parts: Parts) -> Mapping[tuple[str, str], str]:
    """Keeps the names of methods and attributes of what trades from other nodes.

    Returns:
        The suffix of each entry's methods, by its id and side.
    """
    found: dict[tuple[str, str], str] = {}
    pool = Names()
    nodes = [node for node in graph.nodes if node.kind.startswith(("action.", "risk."))]
    for node in sorted(nodes, key=lambda node: len(_SIDES.get(node.kind, ()))):
        sides = _SIDES.get(node.kind, ())
        for side in sides:
            # so that its method is enter_long and not enter_enter_long
            stem = node.id.removeprefix("enter_")
            stem = stem if stem.isidentifier() else node.id
            name = pool.take(stem if len(sides) == 1 else f"{stem}_{side}")
            found[node.id, side] = name
            made = (f"enter_{name}", f"protect_{name}", f"may_{name}")
            for method in (*made, f"{name}_size", f"{name}_confirmed"):
                parts.names.take(method)
        for what in _REMEMBERED:
            parts.names.take(f"{node.id}_{what}")
    return found


def read_rules(
    graph: StrategyGraph,
    contexts: Contexts,
    parts: Parts,
    names: Mapping[tuple[str, str], str],
) -> Rules:
    """Everything that trades in a valid graph.

    Args:
        graph: The part of the strategy that gets code.
        contexts: The emitted nodes by id.
        parts: What they left behind.
        names: What `reserve_names` gave.
    """
    rules = Rules(graph, parts)
    for node_id, context in sorted(contexts.items()):
        kind = context.kind.name
        if kind in _SIDES:
            rules.entries += _entries(context, contexts, names)
        elif kind in _EXITS:
            owners = connected_ids(context, "entry")
            signal = context.input("when").now
            rules.exits.append(Exit(context, _EXITS[kind], owners, signal))
        elif kind == "action.choice":
            rules.choice = contexts[node_id]
        elif kind in _GUARDS:
            rules.guards.append(context)
        elif kind in _LIMITS:
            rules.limits.append(context)
        elif kind == "risk.time_limit":
            rules.time_limits.append(context)
    rules.entries.sort(key=_order)
    if len({entry.sizing for entry in rules.entries}) > 1:
        rules.entries = [_with_own_method(entry, rules.entries) for entry in rules.entries]
    return rules


def _with_own_method(entry: Entry, entries: list[Entry]) -> Entry:
    """Entries of one sizing share its method, which has the name of the first of them."""
    first = next(other for other in entries if other.sizing == entry.sizing)
    return replace(entry, sizing=replace(entry.sizing, method=f"{first.name}_size"))


def _order(entry: Entry) -> tuple[object, ...]:
    return (entry.node.value("priority"), entry.side, entry.id)


def _entries(
    node: NodeContext, contexts: Contexts, names: Mapping[tuple[str, str], str]
) -> list[Entry]:
    signals: list[Expression] = [
        node.input(port).now
        for port in ("when", "regime", "filter")
        if node.kind.input(port) and node.is_connected(port)
    ]
    protection = tuple(
        contexts[edge.target_node]
        for edge in node.graph.edges_from(node.node.id, "order")
        if contexts[edge.target_node].kind.input("distance")
    )
    sizing = entry_sizing(node, contexts)
    return [
        Entry(
            node,
            side,
            names[node.node.id, side],
            joined("and", signals),
            sizing,
            protection,
        )
        for side in _SIDES[node.kind.name]
    ]
