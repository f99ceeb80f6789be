"""Entries that others always come before, and choices of entries that allow none."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.graph.contradictions.judge import Judge
from stratcraft_jupyter.graph.contradictions.together import (
    CONDITIONS,
    allowed_minutes,
    conditions,
)
from stratcraft_jupyter.graph.contradictions.wording import named
from stratcraft_jupyter.graph.document import Node

_SIDES: Mapping[str, str] = {"action.enter_long": "long", "action.enter_short": "short"}
_ENDS_ON_CLOSES = (
    *("action.reverse", "risk.time_limit", "risk.circuit_breaker", "risk.drawdown_limit"),
    *("risk.safety_stop", "risk.regime_exit", "risk.indicator_guard"),
)
"""What can end a position of either side on a close, so that the other side is entered at once."""
_ROUNDING = 1e-9


def hidden_entry(judge: Judge) -> Iterator[Diagnostic]:
    """SC210: an entry that another always comes before."""
    mode = _mode(judge)
    if mode in ("vote", "weight"):
        return  # what is not taken counts there
    entries = [node for node in judge.graph.nodes if node.kind in _SIDES]
    entries.sort(key=lambda node: (judge.reader.param(node, "priority"), node.kind, node.id))
    for position, later in enumerate(entries):
        for earlier in entries[:position]:
            if _comes_before(judge, earlier, later) and not _may_turn(judge, earlier, later, mode):
                yield Diagnostic(
                    "SC210",
                    "warning",
                    f"{named(judge.graph, later.id)} is never taken: whenever it is true, "
                    f"{named(judge.graph, earlier.id)} is too, and that one is looked at first.",
                    "Give it a lower priority number, or other conditions.",
                    later.id,
                )
                break


def _comes_before(judge: Judge, earlier: Node, later: Node) -> bool:
    if judge.graph.edges_into(earlier.id, "confirm"):
        return False
    ports = ("confirm",) if judge.graph.edges_into(later.id, "confirm") else CONDITIONS
    there = conditions(judge.graph, later, ports)
    needed = conditions(judge.graph, earlier, CONDITIONS)
    if {judge.same.of[item.signal] for item in needed} <= {judge.same.of[i.signal] for i in there}:
        return True
    if judge.conflict(there):
        return False  # what excludes itself is said elsewhere
    return all(judge.conflict([*there, replace(item, is_true=False)]) for item in needed)


def _may_turn(judge: Judge, earlier: Node, later: Node, mode: str) -> bool:
    """Whether the later one can be taken on the close that ends a position of the other side."""
    side = _SIDES[earlier.kind]
    if side == _SIDES[later.kind]:
        return False
    kinds = {node.kind for node in judge.graph.nodes}
    blocks = {"risk.indicator_guard", "risk.regime_exit", "risk.entry_hours"} & kinds
    ends = f"action.exit_{side}" in kinds or bool(kinds & set(_ENDS_ON_CLOSES))
    return ends or bool(blocks) or mode == "priority"


def _mode(judge: Judge) -> str:
    choices = [node for node in judge.graph.nodes if node.kind == "action.choice"]
    return judge.reader.text(choices[0], "mode") if choices else "first_match"


def choice_of_nothing(judge: Judge) -> Iterator[Diagnostic]:
    """SC222: a choice of entries that asks for more votes, or weight, than there can be."""
    graph = judge.graph
    for node in graph.nodes:
        mode = judge.reader.text(node, "mode") if node.kind == "action.choice" else ""
        if mode not in ("vote", "weight"):
            continue
        wanted = judge.reader.param(node, "votes" if mode == "vote" else "threshold")
        most = _most(judge, mode)
        short = {side: count for side, count in most.items() if count < wanted - _ROUNDING}
        if not short:
            continue
        asked = f"a weight of {wanted:g}"
        if mode == "vote":
            asked = f"{wanted:g} {'vote' if wanted == 1 else 'votes'}"
        reached = " and ".join(f"{count:g} for {side}" for side, count in short.items())
        yield Diagnostic(
            "SC222",
            "error" if len(short) == len(most) else "warning",
            f"{named(graph, node.id)} asks for {asked}, and the entries have at most {reached}.",
            "Lower the number, or add entries."
            if mode == "vote"
            else "Lower the threshold, or raise the weights of the entries.",
            node.id,
        )


def _most(judge: Judge, mode: str) -> Mapping[str, float]:
    """The most votes, or the largest weight, for each side that has an entry."""
    found: dict[str, float] = {}
    for node in judge.graph.nodes:
        if node.kind in _SIDES:
            side = _SIDES[node.kind]
            amount = 1.0 if mode == "vote" else judge.reader.param(node, "weight")
            found[side] = found.get(side, 0.0) + amount
    for node in judge.graph.nodes:
        if node.kind == "action.reverse":  # counts on closes on which it would turn
            amount = 1.0 if mode == "vote" else judge.reader.param(node, "weight")
            found = {side: most + amount for side, most in found.items()}
    return found


def no_hours(judge: Judge) -> Iterator[Diagnostic]:
    """SC223: a limit on entry hours that allows no entry at all."""
    for node in judge.graph.nodes:
        if node.kind == "risk.entry_hours" and not allowed_minutes(judge, node):
            yield Diagnostic(
                "SC223",
                "warning",
                f"{named(judge.graph, node.id)} allows no entry: From and Until are equal.",
                "Give two different times, or remove it.",
                node.id,
                "from_time",
            )
