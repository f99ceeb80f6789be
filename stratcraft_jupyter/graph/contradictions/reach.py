"""Which entries and exits can ever act, given the position that their conditions ask for."""

from collections.abc import Iterator

from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.graph.contradictions.judge import Conflict, Judge
from stratcraft_jupyter.graph.contradictions.together import (
    CONDITIONS,
    conditions,
    entry_literals,
    entry_times,
)
from stratcraft_jupyter.graph.contradictions.wording import listed, named
from stratcraft_jupyter.graph.document import Node

_SIDE = {"action.enter_long": "long", "action.enter_short": "short"}
_OTHER = {"long": "short", "short": "long"}
_OF_ONE_BAR = (
    "logic.becomes_true",
    "condition.crosses_above",
    "condition.crosses_below",
    "condition.band_break",
)
"""Kinds that are never true on two bars in a row."""
_State = tuple[str, str]
"""How the position stands, and which entry opened it."""


def entry_never_taken(judge: Judge) -> Iterator[Diagnostic]:
    """SC218: an entry whose conditions ask for a position that cannot be there."""
    entries = [node for node in judge.graph.nodes if node.kind in _SIDE]
    taken = _taken(judge, entries)
    for node in entries:
        if node.id in taken or _why_not(judge, node, None):
            continue  # what excludes itself is said elsewhere
        flat = _why_not(judge, node, "flat")
        signals = flat.signals if flat else ()
        needs = f"{listed(judge.graph, signals)} needs an open position"
        if any(entry.id in taken for entry in entries):
            why = f"{needs}, and it is only looked at while there is none."
            hint = (
                "Take the position out of its conditions; to add to a position, raise Entries at "
                "most of the entry that opens it."
            )
        else:
            why = f"{needs}, and no entry opens the first one."
            hint = "Take the position out of its conditions."
        message = f"{named(judge.graph, node.id)} can never be taken: {why}"
        yield Diagnostic("SC218", "error", message, hint, node.id)


def confirmed_by_itself(judge: Judge) -> Iterator[Diagnostic]:
    """SC226: a signal of one bar that has to be true on two bars in a row."""
    same, graph = judge.same, judge.graph
    for node in graph.nodes:
        if node.kind not in _SIDE or judge.reader.param(node, "confirm_bars") != 1:
            continue
        before = {same.of[item.signal] for item in conditions(graph, node, CONDITIONS)}
        for item in conditions(graph, node, ("confirm",)):
            signal = graph.node(item.signal.partition(".")[0])
            if signal.kind in _OF_ONE_BAR and same.of[item.signal] in before:
                yield Diagnostic(
                    "SC226",
                    "warning",
                    f"{named(graph, node.id)} is never taken: {named(graph, signal.id)} is never "
                    "true on two bars in a row, and Confirm asks for it on the bar after.",
                    "Connect another signal to Confirm, or raise Confirm within.",
                    node.id,
                    "confirm",
                )


def _taken(judge: Judge, entries: list[Node]) -> set[str]:
    """The entries that can be taken, beginning without a position."""
    states: set[_State] = {("flat", "")}
    taken: set[str] = set()
    grows = True
    while grows:
        before = len(states), len(taken)
        for node in entries:
            side = _SIDE[node.kind]
            for state, opener in sorted(states):
                is_addition = opener == node.id and judge.reader.param(node, "max_entries") > 1
                may_be_taken = state in ("flat", _OTHER[side]) or is_addition
                if may_be_taken and not _why_not(judge, node, state, {each for each, _ in states}):
                    taken.add(node.id)
                    states.add((side, node.id))
        for node in judge.graph.nodes:
            if node.kind == "action.reverse":
                turned = {_OTHER[state] for state, _ in states if state != "flat"}
                states |= {(side, node.id) for side in turned}
        grows = (len(states), len(taken)) != before
    return taken


def _why_not(
    judge: Judge, entry: Node, state: str | None, before: set[str] | None = None
) -> Conflict | None:
    """Why an entry cannot be true while the position stands in a way; None if it can be."""
    graph = judge.graph
    if not graph.edges_into(entry.id, "confirm"):
        return judge.conflict(entry_literals(graph, entry), state=state, times=entry_times(judge))
    # its conditions were true on an earlier close, on which the position may have stood otherwise
    earlier = conditions(graph, entry, CONDITIONS)
    conflicts = [judge.conflict(earlier, state=one) for one in sorted(before or {state or ""})]
    if conflicts and all(conflicts):
        return conflicts[0]
    now = entry_literals(graph, entry, ("confirm",))
    return judge.conflict(now, state=state, times=entry_times(judge))


def exit_never_acts(judge: Judge) -> Iterator[Diagnostic]:
    """SC219: an exit whose condition is never true while its position is open."""
    for node in judge.graph.nodes:
        if node.kind not in ("action.exit_long", "action.exit_short"):
            continue
        side = node.kind.rpartition("_")[2]
        literals = conditions(judge.graph, node, ("when",))
        conflict = judge.conflict(literals, state=side)
        if conflict and conflict.signals and not judge.conflict(literals):
            yield Diagnostic(
                "SC219",
                "error",
                f"{named(judge.graph, node.id)} can never act: "
                f"{listed(judge.graph, conflict.signals)} is never true while a {side} position "
                "is open.",
                "Change the condition, or remove the exit.",
                node.id,
            )
