"""Conditions that are never true, or always, whatever else a strategy holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from graphlib import TopologicalSorter

from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.connecting import node_title
from stratcraft_jupyter.graph.contradictions.facts import Literal
from stratcraft_jupyter.graph.contradictions.judge import Conflict, Judge
from stratcraft_jupyter.graph.contradictions.sayings import beyond_before
from stratcraft_jupyter.graph.contradictions.wording import named
from stratcraft_jupyter.graph.document import Node

_SIDED = (
    "condition.compare",
    "condition.crosses",
    "condition.crosses_above",
    "condition.crosses_below",
)
_HINT = "Change its numbers or what it reads, or remove it."
_EARLIER = "Compare with an Earlier value of the extreme, or change what it reads."


@dataclass(frozen=True, slots=True)
class Verdict:
    """That a signal is never true, or always.

    Attributes:
        is_always: Which of the two.
        reason: Why, in words; empty if another finding says it.
        is_told: Whether another finding says it: of what it reads, or of the same node.
        hint: What to do.
    """

    is_always: bool
    reason: str = ""
    is_told: bool = False
    hint: str = _HINT


def same_on_both_sides(judge: Judge) -> Iterator[Diagnostic]:
    """SC209: a series held against itself."""
    for node in judge.graph.nodes:
        if node.kind in _SIDED and _has_equal_sides(judge, node):
            edges = judge.graph.edges_into(node.id, "left") + judge.graph.edges_into(
                node.id, "right"
            )
            is_one = len({edge.source for edge in edges}) == 1 and len(edges) > 1
            against = "a series against itself" if is_one else "two equal series against each other"
            operator = judge.reader.text(node, "operator") if node.kind == _SIDED[0] else ""
            yield Diagnostic(
                "SC209",
                "error",
                f"{node_title(node)} holds {against}, which is "
                f"{'always' if '=' in operator else 'never'} true.",
                "Connect another series to Left or Right.",
                node.id,
                "right",
            )


def never_or_always(judge: Judge) -> Iterator[Diagnostic]:
    """SC216, SC217: a condition that is never true, or that always is."""
    for signal, verdict in verdicts(judge).items():
        node_id = signal.partition(".")[0]
        if verdict.is_told:
            continue
        why = f": {verdict.reason}" if verdict.reason else ""
        if verdict.is_always:
            message = f"{named(judge.graph, node_id)} is always true{why}."
            yield Diagnostic("SC217", "warning", message, verdict.hint, node_id)
        else:
            message = f"{named(judge.graph, node_id)} can never be true{why}."
            yield Diagnostic("SC216", "error", message, verdict.hint, node_id)


@lru_cache(maxsize=1)  # asked by two rules, of the same judge
def verdicts(judge: Judge) -> Mapping[str, Verdict]:
    """The signals that are never true or always are, after what they read."""
    graph = judge.graph
    found: dict[str, Verdict] = {}
    before = {node.id: {e.source_node for e in graph.edges_into(node.id)} for node in graph.nodes}
    for node_id in TopologicalSorter(before).static_order():
        node = graph.node(node_id)
        if node.kind != "data.position" and KINDS[node.kind].output("signal"):
            verdict = _from_inputs(judge, node, found) or _by_itself(judge, node)
            if verdict:
                found[f"{node_id}.signal"] = verdict
    return found


def _has_equal_sides(judge: Judge, node: Node) -> bool:
    sides = (judge.same.operand(node, port, "value") for port in ("left", "right"))
    return len(set(sides)) == 1


def _from_inputs(judge: Judge, node: Node, found: Mapping[str, Verdict]) -> Verdict | None:
    """What follows from signals that are never true, or always; said of these."""
    signals = judge.reader.sources(node)
    never = {name for name in signals if name in found and not found[name].is_always}
    always = {name for name in signals if name in found and found[name].is_always}
    if not never and not always:
        return None
    if node.kind in ("logic.not", "regime.custom"):
        return Verdict(bool(always) is (node.kind != "logic.not"), is_told=True)
    if node.kind in ("logic.and", "logic.or", "logic.vote"):
        least, most = judge.reader.wanted(node, len(signals))
        possible = len(signals) - len(never)
        return _told(
            is_never_true=possible < least or len(always) > most,
            is_always_true=len(always) >= least and possible <= most,
        )
    if node.kind == "logic.latch":
        (given,), (reset,) = (judge.reader.sources(node, port) for port in ("set", "reset"))
        return _told(is_never_true=given in never or reset in always)
    return _told(is_never_true=bool(never))


def _told(*, is_never_true: bool, is_always_true: bool = False) -> Verdict | None:
    if is_never_true or is_always_true:
        return Verdict(is_always_true and not is_never_true, is_told=True)
    return None


def _by_itself(judge: Judge, node: Node) -> Verdict | None:
    signal = f"{node.id}.signal"
    if node.kind in _SIDED and _has_equal_sides(judge, node):
        is_always = "=" in judge.reader.text(node, "operator")
        return Verdict(is_always and node.kind == _SIDED[0], is_told=True)
    never = judge.conflict([Literal(signal)]) or _before(judge, node) or _over_time(judge, node)
    if never:
        hint = _EARLIER if never.is_of_series else _HINT
        is_told = node.kind == "logic.and"
        return Verdict(False, _reason(judge, node, never), is_told, hint)
    always = judge.conflict([Literal(signal, is_true=False)])
    if always:
        is_choice = "nothing is chosen" in always.reasons
        reason = _reason(judge, node, always)
        if node.kind.startswith("logic."):
            reason = "one of what it joins is true on every bar"
        return Verdict(True, "nothing is left out" if is_choice else reason)
    return None


def _before(judge: Judge, node: Node) -> Conflict | None:
    """A cross or a break needs the other side on a bar before."""
    relation = beyond_before(judge.reader, node, f"{node.id}.signal")
    return judge.conflict([], also=[relation]) if relation else None


def _over_time(judge: Judge, node: Node) -> Conflict | None:
    """What cannot be from one bar to the next."""
    same, signal = judge.same, f"{node.id}.signal"
    if node.kind == "logic.latch":
        given, reset = (same.inputs(node, port)[0] for port in ("set", "reset"))
        if given == reset:
            return Conflict((signal,), ("Set and Reset are the same signal, and Reset wins",))
        set_signal = judge.reader.sources(node, "set")[0]
        reset_signal = judge.reader.sources(node, "reset")[0]
        if judge.conflict([Literal(set_signal), Literal(reset_signal, is_true=False)]):
            return Conflict((signal,), ("Reset is true whenever Set is, and Reset wins",))
    if node.kind == "condition.divergence":
        apart, swing = judge.reader.param(node, "max_bars"), judge.reader.param(node, "swing_bars")
        if apart <= swing:
            return Conflict((signal,), (f"two swings are at least {swing + 1:g} bars apart",))
    if node.kind == "condition.crosses":
        sides = [same.operand(node, port, "value") for port in ("left", "right")]
        if all(side in same.constants for side in sides):
            return Conflict((signal,), ("both sides are numbers",))
    return None


def _reason(judge: Judge, node: Node, conflict: Conflict) -> str:
    if conflict.reasons:
        return " and ".join(conflict.reasons)
    if node.kind == "condition.between":
        return "its lower limit is above its upper limit"
    if node.kind.startswith("condition.") and not judge.graph.edges_into(node.id):
        return ""
    ends = [judge.same.of[source] for source in judge.reader.sources(node)]
    if ends and all(end in judge.same.constants for end in ends):
        return "what it reads is a number that never changes"
    return "what it joins excludes itself" if node.kind.startswith("logic.") else ""
