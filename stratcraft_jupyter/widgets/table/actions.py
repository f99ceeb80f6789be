"""What a user does to the table: each is one named step of the history. No widgets."""

from collections.abc import Callable, Iterable

from stratcraft_jupyter import graph as g
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.widgets.preferring import note_use
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.table.gaps import Gap, gaps_of_node

_COMPARE = "condition.compare"


def add_row(state: BuilderState, kind: str) -> str:
    """Adds an entry as the last row and selects it; the result is its id."""
    node_id = g.new_node_id(state.graph, kind)
    name = f"add {g.get_kind(kind).title}"
    _edit(state, name, lambda graph: g.add_row(graph, kind), select=[node_id])
    return node_id


def duplicate_row(state: BuilderState, entry_id: str) -> None:
    """Copies a row and selects the entry of the copy."""
    after, copy = g.duplicate_row(state.graph, entry_id)
    _edit(state, f"duplicate row {_title(state, entry_id)}", lambda _: after, select=[copy])


def move_row(state: BuilderState, entry_id: str, by: int) -> None:
    """Moves a row up (``by`` below 0) or down, and so in the order the entries are looked at."""
    name = f"move row {_title(state, entry_id)} {'up' if by < 0 else 'down'}"
    _edit(state, name, lambda graph: g.move_row(graph, entry_id, by))


def enable_row(state: BuilderState, entry_id: str, is_enabled: bool) -> None:
    """Switches a row on or off."""
    name = f"{'enable' if is_enabled else 'disable'} row {_title(state, entry_id)}"
    _edit(state, name, lambda graph: g.enable_row(graph, entry_id, is_enabled))


def delete_row(state: BuilderState, entry_id: str) -> None:
    """Deletes a row and what only that used."""
    name = f"delete row {_title(state, entry_id)}"
    _edit(state, name, lambda graph: g.delete_row(graph, entry_id))


def fill(state: BuilderState, gap: Gap, offer: str) -> tuple[str, ...]:
    """Puts what was chosen into a gap and selects it; the result is its id, what it feeds first."""
    word, _, end = offer.partition(":")
    if word == "node":
        return (_connect(state, gap, end),)
    return _compare(state, gap, end) if word == "compare" else (_add(state, gap, end),)


def next_gap(graph: StrategyGraph, node_id: str) -> Gap | None:
    """What a node still needs; None if it has all."""
    return next((gap for gap in gaps_of_node(graph, node_id) if gap.is_needed), None)


def _connect(state: BuilderState, gap: Gap, end: str) -> str:
    """Leads an output that is there into the gap, or hangs a node on the entry."""
    node_id = end.partition(".")[0]

    def change(graph: StrategyGraph) -> StrategyGraph:
        if gap.is_input:
            return g.place_sources_left(g.fill(graph, end, gap.end), gap.node_id)
        return g.connect(graph, f"{gap.end}.order", end)

    _edit(state, f"use {_title(state, node_id)} as {gap.title}", change, select=[node_id])
    return node_id


def _add(state: BuilderState, gap: Gap, end: str) -> str:
    """Adds a node, written ``"family.kind.output"``, and leads it into the gap."""
    kind = end.rpartition(".")[0]
    node_id = g.new_node_id(state.graph, kind)
    _edit(
        state,
        f"add {g.get_kind(kind).title} as {gap.title}"
        if not gap.is_between
        else f"put {g.get_kind(kind).title} {gap.title[:1].lower()}{gap.title[1:]}",
        lambda graph: _with_node(graph, gap, end, node_id),
        select=[node_id],
    )
    note_use(state, kind)
    return node_id


def _compare(state: BuilderState, gap: Gap, end: str) -> tuple[str, str]:
    """Adds a comparison and, as its left side, a node."""
    kind = end.rpartition(".")[0]
    comparison = g.new_node_id(state.graph, _COMPARE)
    node_id = g.new_node_id(state.graph, kind)

    def change(graph: StrategyGraph) -> StrategyGraph:
        graph = _with_node(graph, gap, f"{_COMPARE}.signal", comparison)
        return _with_node(graph, Gap(f"in:{comparison}.left", "Left"), end, node_id)

    name = f"add {g.get_kind(kind).title}, compared, as {gap.title}"
    _edit(state, name, change, select=[node_id])
    note_use(state, kind)
    return comparison, node_id


def _with_node(graph: StrategyGraph, gap: Gap, end: str, node_id: str) -> StrategyGraph:
    """The document with a new node in a gap, right of what it reads."""
    kind, _, output = end.rpartition(".")
    graph = g.add_node(graph, kind, node_id=node_id)
    if gap.is_between:
        graph = g.insert_node(graph, node_id, gap.end)
    graph = g.with_bars(graph, node_id)
    if gap.is_input:
        graph = g.fill(graph, f"{node_id}.{output}", gap.end)
    elif gap.node_id and not gap.is_between:
        graph = g.connect(graph, f"{gap.node_id}.order", f"{node_id}.entry")
    columns = -1 if gap.is_input or gap.is_between else 1
    return g.place_sources_left(g.place_beside(graph, node_id, gap.node_id, columns), node_id)


def _edit(
    state: BuilderState,
    name: str,
    change: Callable[[StrategyGraph], StrategyGraph],
    *,
    select: Iterable[str] | None = None,
) -> None:
    """One step of the history; no box covers another that did not before."""
    state.edit(name, lambda graph: g.keep_clear(change(graph), graph), select=select)


def _title(state: BuilderState, node_id: str) -> str:
    return g.node_title(state.graph.node(node_id))
