"""Which rules and meanings a strategy needs to be told; none that it has no use for."""

from collections.abc import Callable

from stratcraft_jupyter.codegen.prompt.texts import text
from stratcraft_jupyter.graph import FAMILIES, KINDS, Kind, Param, StrategyGraph, has_effect
from stratcraft_jupyter.graph.catalog.base import Value
from stratcraft_jupyter.graph.trading_rules import SIDES_OF, entries

_GUARDS = frozenset(
    {
        *("risk.time_limit", "risk.circuit_breaker", "risk.drawdown_limit", "risk.safety_stop"),
        *("risk.regime_exit", "risk.indicator_guard", "risk.cooldown", "risk.max_trades"),
        *("risk.max_open_risk", "risk.exposure_limit", "risk.entry_hours"),
    }
)
_STOPS = frozenset(
    {"risk.stop_loss", "risk.trailing_stop", "risk.break_even", "risk.bracket", "risk.take_profit"}
)
_MEMORY = frozenset({"logic.sequence", "logic.lasts", "logic.becomes_true", "logic.latch"})
_BRANCHING = frozenset({"regime", "filter", "confirm"})


def rules_for(graph: StrategyGraph) -> str:
    """The rules of trading that apply to the strategy beside the bar cycle; may be empty."""
    kinds = frozenset(node.kind for node in graph.nodes)
    found = [text(name) for name, applies in _RULES if applies(graph, kinds)]
    return "\n\n".join(["# Rules for this strategy", *found]) if found else ""


def _enters_short(graph: StrategyGraph, kinds: frozenset[str]) -> bool:
    return bool(kinds & {"action.enter_short", "action.reverse"})


def _branches(graph: StrategyGraph, kinds: frozenset[str]) -> bool:
    found = [node for node in graph.nodes if node.kind in SIDES_OF]
    into = {edge.target_port for node in found for edge in graph.edges_into(node.id)}
    return len(found) > 1 or bool(into & _BRANCHING)


def _adds(graph: StrategyGraph, kinds: frozenset[str]) -> bool:
    return any(node.params.get("max_entries", 1) != 1 for node in graph.nodes)


def _has_owners(graph: StrategyGraph, kinds: frozenset[str]) -> bool:
    """Whether what ends a position depends on which entry opened it."""
    several = len({node.kind for node in entries(graph)}) < len(entries(graph))
    takers = {edge.target_node for edge in graph.edges if edge.target_port == "entry"}
    owned = {graph.node(node_id).kind for node_id in takers}
    ends = ("action.exit_long", "action.exit_short", "risk.time_limit")
    return bool(owned & set(ends)) or (several and bool(owned))


def _waits(graph: StrategyGraph, kinds: frozenset[str]) -> bool:
    return any(node.params.get("order_type", "market") != "market" for node in graph.nodes)


def _sells_parts(graph: StrategyGraph, kinds: frozenset[str]) -> bool:
    return any(
        (node.kind.startswith("action.exit_") and node.params.get("percent", 100) != 100)
        or node.params.get("action") == "reduce"
        or node.params.get("decay", "none") != "none"
        for node in graph.nodes
    )


def _has(*wanted: frozenset[str]) -> Callable[[StrategyGraph, frozenset[str]], bool]:
    together = frozenset().union(*wanted)
    return lambda graph, kinds: bool(kinds & together)


_RULES: tuple[tuple[str, Callable[[StrategyGraph, frozenset[str]], bool]], ...] = (
    ("short", _enters_short),
    ("branches", _branches),
    ("choice", _has(frozenset({"action.choice"}))),
    ("adding", _adds),
    ("reverse", _has(frozenset({"action.reverse"}))),
    ("owners", _has_owners),
    ("waiting_orders", _waits),
    ("parts", _sells_parts),
    ("stops", _has(_STOPS)),
    ("trailing", _has(frozenset({"risk.trailing_stop", "risk.break_even"}))),
    ("targets", _has(frozenset({"risk.take_profit", "risk.bracket"}))),
    ("guards", _has(_GUARDS)),
    ("memory", _has(_MEMORY)),
    ("feeds", _has(frozenset({"data.timeframe", "data.symbol"}))),
)


def meanings_for(*graphs: StrategyGraph) -> str:
    """What each kind of node that is used means, in the order of the catalog.

    Parameters that have no effect in any of the graphs are left out.
    """
    used = {node.kind for graph in graphs for node in graph.nodes}
    parts = [
        "# Kinds of nodes in this strategy",
        "Parameters that the document gives and that are not listed here have no effect in it.",
    ]
    for family in FAMILIES:
        kinds = [
            kind for kind in KINDS.values() if kind.name in used and kind.family == family.name
        ]
        parts += [_meaning(kind, _effective(kind, graphs)) for kind in kinds]
    return "\n\n".join(parts)


def _effective(kind: Kind, graphs: tuple[StrategyGraph, ...]) -> list[Param]:
    nodes = [(graph, node) for graph in graphs for node in graph.nodes if node.kind == kind.name]
    return [item for item in kind.params if any(has_effect(*place, item) for place in nodes)]


def _meaning(kind: Kind, params: list[Param]) -> str:
    lines = [f"**{kind.title}** (`{kind.name}`). {kind.semantics}"]
    if kind.formula:
        lines.append(f"Formula: `{kind.formula}`")
    if kind.lookback != "0":
        lines.append(f"Its first value comes `{kind.lookback}` bars after those of its inputs.")
    if kind.inputs:
        ports = (f"{port.name}{'' if port.required else ' (optional)'}" for port in kind.inputs)
        lines.append(f"Inputs: {', '.join(ports)}.")
    if len(kind.outputs) > 1:
        lines.append(f"Outputs: {', '.join(port.name for port in kind.outputs)}.")
    if params:
        lines.append(f"Parameters: {'; '.join(_param(item) for item in params)}.")
    return "\n".join(lines)


def _param(item: Param) -> str:
    shown = f"{item.name} = {_shown(item.default)}"
    if item.choices:
        shown += f" (one of {', '.join(item.choices)})"
    unit = f" {item.unit}" if item.unit else ""
    return f"{shown}{unit}{f', {item.help}' if item.help else ''}"


def _shown(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
