"""Finds conditions that can never be true, always are, or hide one another."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.connecting import node_title
from stratcraft_jupyter.graph.document import Node, StrategyGraph
from stratcraft_jupyter.graph.params import has_effect, param_value

_CONDITIONS = ("when", "regime", "filter")
_SIDED = (
    "condition.compare",
    "condition.crosses",
    "condition.crosses_above",
    "condition.crosses_below",
)


@dataclass(frozen=True)
class _Claim:
    """That a series stands in a relation to a number, or to another series.

    Attributes:
        left: The series.
        operator: One of ``> >= < <=``.
        right: A number, or the other series.
    """

    left: str
    operator: str
    right: float | str


def contradiction(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC208: conditions that must all be true and exclude one another."""
    told: set[tuple[str, str]] = set()
    for node in sorted(graph.nodes, key=lambda node: node.kind != "logic.and"):
        is_entry = node.kind.startswith("action.enter")
        ports = _CONDITIONS if is_entry else ("signals",)
        if not (is_entry or node.kind == "logic.and") or _belongs_to_and(graph, node):
            continue
        signals = [edge.source for port in ports for edge in graph.edges_into(node.id, port)]
        parts = _flattened(graph, signals)
        pair = _excluding(graph, parts)
        if pair and pair not in told:
            told.add(pair)
            first, second = (node_title(graph.node(item.partition(".")[0])) for item in pair)
            yield Diagnostic(
                "SC208",
                "error",
                f"{node_title(node)} can never be true: {first} and {second} exclude one another.",
                "Use Or if either should do, or change one of them.",
                node.id,
            )


def _belongs_to_and(graph: StrategyGraph, node: Node) -> bool:
    """Whether an And only feeds another, which is looked at as a whole."""
    targets = [graph.node(edge.target_node).kind for edge in graph.edges_from(node.id)]
    return node.kind == "logic.and" and bool(targets) and set(targets) == {"logic.and"}


def _flattened(graph: StrategyGraph, signals: list[str]) -> list[str]:
    """The signals with every And replaced by what it joins."""
    found: list[str] = []
    pending = list(reversed(signals))
    while pending:
        endpoint = pending.pop()
        node_id = endpoint.partition(".")[0]
        if graph.node(node_id).kind == "logic.and":
            pending += [edge.source for edge in reversed(graph.edges_into(node_id, "signals"))]
        elif endpoint not in found:
            found.append(endpoint)
    return found


def _excluding(graph: StrategyGraph, signals: list[str]) -> tuple[str, str] | None:
    """Two signals that cannot both be true."""
    claims = {endpoint: _claim(graph, endpoint) for endpoint in signals}
    for position, first in enumerate(signals):
        for second in signals[position + 1 :]:
            if _negates(graph, first, second) or _negates(graph, second, first):
                return first, second
            one, other = claims[first], claims[second]
            if one and other and _exclude(one, other):
                return first, second
    return None


def _negates(graph: StrategyGraph, endpoint: str, other: str) -> bool:
    node_id = endpoint.partition(".")[0]
    if graph.node(node_id).kind != "logic.not":
        return False
    return any(edge.source == other for edge in graph.edges_into(node_id, "signal"))


def _claim(graph: StrategyGraph, endpoint: str) -> _Claim | None:
    node = graph.node(endpoint.partition(".")[0])
    if node.kind != "condition.compare":
        return None
    left = graph.edges_into(node.id, "left")
    declared = KINDS[node.kind]
    operator, value = declared.param("operator"), declared.param("value")
    if not left or operator is None or value is None:
        return None
    right: float | str
    if has_effect(graph, node, value):
        right = float(param_value(node, value))
    else:
        right = graph.edges_into(node.id, "right")[0].source
    return _Claim(left[0].source, str(param_value(node, operator)), right)


def _exclude(one: _Claim, other: _Claim) -> bool:
    if one.left != other.left:
        return False
    upper = one if one.operator.startswith("<") else other
    lower = other if upper is one else one
    if not (upper.operator.startswith("<") and lower.operator.startswith(">")):
        return False
    if isinstance(upper.right, float) and isinstance(lower.right, float):
        is_strict = "=" not in upper.operator or "=" not in lower.operator
        return upper.right < lower.right or (is_strict and upper.right == lower.right)
    return upper.right == lower.right and ("=" not in upper.operator or "=" not in lower.operator)


def compared_with_itself(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC209: a series held against itself."""
    for node in graph.nodes:
        if node.kind not in _SIDED:
            continue
        left, right = graph.edges_into(node.id, "left"), graph.edges_into(node.id, "right")
        if left and right and left[0].source == right[0].source:
            always = "=" in str(node.params.get("operator", ">"))
            is_compare = node.kind == "condition.compare"
            yield Diagnostic(
                "SC209",
                "error",
                f"{node_title(node)} holds a series against itself, which is "
                f"{'always' if is_compare and always else 'never'} true.",
                "Connect another series to Left or Right.",
                node.id,
                "right",
            )


def hidden_entry(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC210: an entry that another of its side always comes before."""
    if any(node.kind == "action.choice" for node in graph.nodes):
        return
    for kind in ("action.enter_long", "action.enter_short"):
        nodes = [node for node in graph.nodes if node.kind == kind]
        nodes.sort(key=lambda node: (int(node.params.get("priority", 1)), node.id))
        for position, later in enumerate(nodes):
            for earlier in nodes[:position]:
                if _comes_before(graph, earlier, later):
                    yield Diagnostic(
                        "SC210",
                        "warning",
                        f"{node_title(later)} is never taken: whenever it is true, "
                        f"{node_title(earlier)} is too, and that one is looked at first.",
                        "Give it a lower priority number, or other conditions.",
                        later.id,
                    )
                    break


def _comes_before(graph: StrategyGraph, earlier: Node, later: Node) -> bool:
    if graph.edges_into(earlier.id, "confirm"):
        return False
    needed = set(_flattened(graph, _conditions(graph, earlier)))
    return needed <= set(_flattened(graph, _conditions(graph, later)))


def _conditions(graph: StrategyGraph, entry: Node) -> list[str]:
    return [edge.source for port in _CONDITIONS for edge in graph.edges_into(entry.id, port)]


RULES: tuple[Callable[[StrategyGraph], Iterator[Diagnostic]], ...] = (
    contradiction,
    compared_with_itself,
    hidden_entry,
)
