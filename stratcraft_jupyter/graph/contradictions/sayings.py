"""What each kind of condition and regime says of the bar on which it is true, or false."""

import math
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

from stratcraft_jupyter.graph.catalog.times import DAYS, MONTHS
from stratcraft_jupyter.graph.contradictions.facts import Facts, Nodes
from stratcraft_jupyter.graph.contradictions.order import Relation
from stratcraft_jupyter.graph.document import Node

_MINUTES = 24 * 60

Say = Callable[[Nodes, Node, bool, str, Facts], None]
"""Adds to facts what a node says, true or false, in the name of a signal."""


def _compare(nodes: Nodes, node: Node, is_true: bool, says: str, facts: Facts) -> None:
    left = nodes.same.operand(node, "left", "value")
    right = nodes.same.operand(node, "right", "value")
    sign = nodes.text(node, "operator")
    lower, upper = (right, left) if sign.startswith(">") else (left, right)
    is_strict = "=" not in sign
    if not is_true:
        lower, upper, is_strict = upper, lower, not is_strict
    facts.relations.append(Relation(lower, upper, is_strict, says, not is_true))


def _between(nodes: Nodes, node: Node, is_true: bool, says: str, facts: Facts) -> None:
    source = nodes.same.inputs(node, "source")[0]
    low = nodes.same.operand(node, "low", "low_value")
    high = nodes.same.operand(node, "high", "high_value")
    if is_true:
        facts.relations += [Relation(low, source, says=says), Relation(source, high, says=says)]
    else:
        below = Relation(source, low, True, says, is_weak=True)
        facts.options.append((below, Relation(high, source, True, says, is_weak=True)))


def _beyond(nodes: Nodes, node: Node, is_true: bool, says: str, facts: Facts) -> None:
    """A cross, or a break of a band: one of the two series is above the other now."""
    if is_true:
        facts.relations.append(_now_above(nodes, node, says))


def _now_above(nodes: Nodes, node: Node, says: str) -> Relation:
    if node.kind == "condition.band_break":
        above = nodes.text(node, "direction") == "above"
        left, right = nodes.same.inputs(node, "source")[0], nodes.same.inputs(node, "band")[0]
    else:
        above = node.kind == "condition.crosses_above"
        left = nodes.same.operand(node, "left", "value")
        right = nodes.same.operand(node, "right", "value")
    return Relation(right, left, True, says) if above else Relation(left, right, True, says)


def beyond_before(nodes: Nodes, node: Node, says: str) -> Relation | None:
    """What a cross or a break of a band says of an earlier bar; None of other kinds."""
    if node.kind not in (
        "condition.band_break",
        "condition.crosses_above",
        "condition.crosses_below",
    ):
        return None
    now = _now_above(nodes, node, says)
    return Relation(now.upper, now.lower, node.kind != "condition.band_break", says)


def _step(sign: str, *, is_strict: bool) -> Say:
    def say(nodes: Nodes, node: Node, is_true: bool, says: str, facts: Facts) -> None:
        if is_true:
            source = nodes.same.inputs(node, "source")[0]
            zero = nodes.same.number(0.0)
            is_still = source in nodes.same.constants
            step = zero if is_still else nodes.same.named("step", source)
            lower, upper = (zero, step) if sign == ">" else (step, zero)
            facts.relations.append(Relation(lower, upper, is_strict, says))

    return say


@dataclass(frozen=True, slots=True)
class _Measure:
    """A number that a kind works out from its input, and holds against a parameter.

    Attributes:
        name: What it is called.
        shared: Parameters on which it depends.
        sign: How it is held against the parameter.
        param: That parameter.
        low: Its least value.
        high: Its greatest value, from the node; None if there is none.
    """

    name: str
    shared: tuple[str, ...]
    sign: str
    param: str
    low: float = 0.0
    high: Callable[[Nodes, Node], float] | None = None

    def __call__(self, nodes: Nodes, node: Node, is_true: bool, says: str, facts: Facts) -> None:
        measured = measure_of(nodes, node, self.name, self.shared)
        facts.labels[measured] = self.name
        bound, zero = nodes.same.number(nodes.param(node, self.param)), nodes.same.number(self.low)
        is_strict = "=" not in self.sign
        lower, upper = (bound, measured) if self.sign.startswith(">") else (measured, bound)
        if not is_true:
            lower, upper, is_strict = upper, lower, not is_strict
        facts.relations += [Relation(lower, upper, is_strict, says), Relation(zero, measured)]
        if self.high:
            facts.relations.append(Relation(measured, nodes.same.number(self.high(nodes, node))))


def measure_of(nodes: Nodes, node: Node, name: str, shared: tuple[str, ...]) -> int:
    """The number of what a kind works out; the same for the same inputs and parameters."""
    inputs = tuple(nodes.same.of[edge.source] for edge in nodes.graph.edges_into(node.id))
    return nodes.same.named(name, inputs, tuple(nodes.param(node, item) for item in shared))


def _adx(sign: str) -> _Measure:
    return _Measure("the ADX", ("period",), sign, "adx", high=lambda nodes, node: 100.0)


def _rank(what: str, sign: str) -> _Measure:
    """Of n values at most n - 1 are below the present one."""

    def highest(nodes: Nodes, node: Node) -> float:
        count = nodes.param(node, "history")
        return 100 * ((count - 1) / count)

    return _Measure(f"the rank of {what}", ("period", "history"), sign, "percent", high=highest)


def _trending(*, up: bool) -> Say:
    strength = _adx(">")

    def say(nodes: Nodes, node: Node, is_true: bool, says: str, facts: Facts) -> None:
        if is_true:
            strength(nodes, node, is_true, says, facts)
            plus = measure_of(nodes, node, "+DI", ("period",))
            minus = measure_of(nodes, node, "-DI", ("period",))
            lower, upper = (minus, plus) if up else (plus, minus)
            facts.relations.append(Relation(lower, upper, True, says))

    return say


def _percent_move(nodes: Nodes, node: Node, is_true: bool, says: str, facts: Facts) -> None:
    direction, percent = nodes.text(node, "direction"), nodes.param(node, "percent")
    if direction == "either" or not is_true:
        return
    move = measure_of(nodes, node, "move", ("bars",))
    if nodes.same.inputs(node, "source")[0] in nodes.same.constants:
        move = nodes.same.number(0.0)
    bound = nodes.same.number(percent if direction == "up" else -percent)
    lower, upper = (bound, move) if direction == "up" else (move, bound)
    facts.relations.append(Relation(lower, upper, says=says))


def _chosen(topic: str, names: tuple[str, ...]) -> Say:
    everything = frozenset(name.lower() for name in names)

    def say(nodes: Nodes, node: Node, is_true: bool, says: str, facts: Facts) -> None:
        chosen = frozenset(name for name in everything if nodes.param(node, name))
        topic_of = (topic, *nodes.same.inputs(node, "bars"))
        facts.choices.append((topic_of, chosen if is_true else everything - chosen, says))

    return say


def minutes_between(begin: str, end: str, *, empty: bool = False) -> frozenset[Hashable]:
    """The minutes of the day from one time until before another, over midnight if need be.

    Args:
        begin: First time, such as ``"09:30"``.
        end: First time that no longer counts.
        empty: Whether two equal times mean no minute at all, not all of them.
    """
    first, last = (int(text[:2]) * 60 + int(text[3:]) for text in (begin, end))
    if first == last:
        return frozenset() if empty else frozenset(range(_MINUTES))
    if first < last:
        return frozenset(range(first, last))
    return frozenset((*range(first, _MINUTES), *range(last)))


def _time_of_day(nodes: Nodes, node: Node, is_true: bool, says: str, facts: Facts) -> None:
    inside = minutes_between(nodes.text(node, "from_time"), nodes.text(node, "until_time"))
    minutes = inside if is_true else frozenset(range(_MINUTES)) - inside
    facts.choices.append((("minute", *nodes.same.inputs(node, "bars")), minutes, says))


def _last_bar_of_day(nodes: Nodes, node: Node, is_true: bool, says: str, facts: Facts) -> None:
    if is_true:
        after = minutes_between(nodes.text(node, "at_time"), "00:00")
        facts.choices.append((("minute", *nodes.same.inputs(node, "bars")), after, says))


SAYINGS: Mapping[str, Say] = {
    "condition.compare": _compare,
    "condition.between": _between,
    "condition.crosses_above": _beyond,
    "condition.crosses_below": _beyond,
    "condition.band_break": _beyond,
    "condition.rising": _step(">", is_strict=True),
    "condition.falling": _step("<", is_strict=True),
    "condition.is_highest": _step(">", is_strict=False),
    "condition.is_lowest": _step("<", is_strict=False),
    "condition.percent_move": _percent_move,
    "condition.volatility_threshold": _Measure("the volatility", ("period",), ">", "percent"),
    "condition.volume_spike": _Measure("the ratio", ("period",), ">", "multiple", low=-math.inf),
    "condition.weekday": _chosen("weekday", DAYS),
    "condition.month": _chosen("month", MONTHS),
    "condition.time_of_day": _time_of_day,
    "condition.last_bar_of_day": _last_bar_of_day,
    "regime.trending_up": _trending(up=True),
    "regime.trending_down": _trending(up=False),
    "regime.ranging": _adx("<"),
    "regime.high_volatility": _rank("the ATR", ">="),
    "regime.low_volatility": _rank("the ATR", "<="),
    "regime.consolidation": _rank("the width", "<="),
}
