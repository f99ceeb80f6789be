"""A strategy as a table: a row an entry, and chips for what belongs to every row or to none."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.document import Node, StrategyGraph
from stratcraft_jupyter.graph.params import param_value
from stratcraft_jupyter.graph.trading_rules import SIDES_OF, entries, protection

COLUMNS = ("regime", "filter", "entry", "exit", "sizing", "risk")
"""What a row says of its entry, in the order shown."""

INPUTS: Mapping[str, tuple[str, ...]] = {
    "regime": ("regime",),
    "filter": ("filter",),
    "entry": ("when", "confirm", "price", "distance"),
    "sizing": ("size",),
}
"""Inputs of an entry that each column shows; exits and risk hang on its order instead."""

_EXITS = {"action.exit_long": "long", "action.exit_short": "short"}


@dataclass(frozen=True, slots=True)
class Chip:
    """A node in the table, with all that it is computed from.

    Attributes:
        node_id: The node.
        port: Input of the row's entry that it is connected to; empty if to none.
        nodes: The node and all it is computed from, itself first and each before what it reads.
        is_common: Whether it is for every row of its side: an exit that names no entry.
        output: Output of the node that is connected to that input.
    """

    node_id: str
    port: str
    nodes: tuple[str, ...]
    is_common: bool = False
    output: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One entry with what shapes it.

    Attributes:
        entry_id: The entry.
        cells: Its chips by column.
    """

    entry_id: str
    cells: Mapping[str, tuple[Chip, ...]]

    @property
    def chips(self) -> tuple[Chip, ...]:
        """All chips of the row, from left to right."""
        return tuple(chip for column in COLUMNS for chip in self.cells[column])


@dataclass(frozen=True, slots=True)
class Table:
    """The whole strategy: every node is in a chip.

    Attributes:
        rows: The entries, in the order in which they are looked at.
        whole: What holds for the whole strategy, such as guards and limits.
        free: What no row uses.
    """

    rows: tuple[Row, ...]
    whole: tuple[Chip, ...]
    free: tuple[Chip, ...]

    @property
    def chips(self) -> tuple[Chip, ...]:
        """All chips; those of several rows as often."""
        return (*(chip for row in self.rows for chip in row.chips), *self.whole, *self.free)

    def row(self, entry_id: str) -> Row | None:
        """The row of an entry, if it is one."""
        return next((row for row in self.rows if row.entry_id == entry_id), None)

    def place_of(
        self, node_id: str, preferred: Container[int] = ()
    ) -> tuple[int | None, Chip | None]:
        """The row, from 0, and the chip of a node: its own chip, else one that it is part of.

        Args:
            node_id: The node.
            preferred: Rows to look at before the others, as a node may be in many.

        Returns:
            No row for a chip that is in none; neither for a node that does not exist.
        """
        found = [
            *((at, chip) for at, row in enumerate(self.rows) for chip in row.chips),
            *((None, chip) for chip in (*self.whole, *self.free)),
        ]
        own = [item for item in found if item[1].node_id == node_id]
        within = [item for item in found if node_id in item[1].nodes]
        best = [item for part in (own, within) for item in part if item[0] in preferred]
        return next(iter([*best, *own, *within]), (None, None))


def as_table(graph: StrategyGraph) -> Table:
    """The table of a strategy; disabled nodes are in it too, invalid strategies have one too."""
    rows = tuple(_row(graph, entry) for entry in sorted(entries(graph), key=_order))
    shown = {node_id for row in rows for chip in row.chips for node_id in chip.nodes}
    whole = tuple(
        _chip(graph, node.id)
        for node in graph.nodes
        if node.id not in shown and is_for_whole(node.kind)
    )
    shown.update(node_id for chip in whole for node_id in chip.nodes)
    return Table(rows, whole, tuple(_free(graph, shown)))


def is_for_whole(kind: str) -> bool:
    """Whether a kind of node is for the whole strategy when it is connected to no entry."""
    found = KINDS.get(kind)
    if found is None or found.family not in ("action", "risk") or kind in (*SIDES_OF, *_EXITS):
        return False
    return not any(port.type == "order" and port.required for port in found.inputs)


def _order(node: Node) -> tuple[int, str, str]:
    """Entries in the order in which they are looked at."""
    param = KINDS[node.kind].param("priority")
    priority = param_value(node, param) if param else 0
    return priority if isinstance(priority, int) else 0, SIDES_OF[node.kind][0], node.id


def _row(graph: StrategyGraph, entry: Node) -> Row:
    cells: dict[str, list[Chip]] = {column: [] for column in COLUMNS}
    cells["entry"].append(Chip(entry.id, "", (entry.id,)))
    for column, ports in INPUTS.items():
        for port in ports:
            for edge in graph.edges_into(entry.id, port):
                cells[column].append(_chip(graph, edge.source_node, port, edge.source_port))
    for exit_node in graph.nodes:
        if exit_node.kind in _EXITS and (found := _exit(graph, exit_node, entry)):
            cells["exit"].append(found)
    cells["risk"] += [
        _chip(graph, node_id)
        for node_id in dict.fromkeys(node.id for node in protection(graph, entry.id))
        if graph.node(node_id).kind not in _EXITS
    ]
    return Row(entry.id, {column: tuple(chips) for column, chips in cells.items()})


def _exit(graph: StrategyGraph, node: Node, entry: Node) -> Chip | None:
    """The chip of an exit in the row of an entry, if it closes what that opens."""
    owners = [edge.source_node for edge in graph.edges_into(node.id, "entry")]
    if owners:
        return _chip(graph, node.id) if entry.id in owners else None
    is_mine = _EXITS[node.kind] in SIDES_OF[entry.kind]
    return _chip(graph, node.id, is_common=True) if is_mine else None


def _free(graph: StrategyGraph, shown: set[str]) -> Iterator[Chip]:
    """Chips for all nodes not shown: for those that none of the others reads."""
    rest = {node.id for node in graph.nodes} - shown
    for node in graph.nodes:
        readers = {edge.target_node for edge in graph.edges_from(node.id)}
        if node.id in rest and not readers & rest:
            yield _chip(graph, node.id)


def _chip(
    graph: StrategyGraph,
    node_id: str,
    port: str = "",
    output: str = "",
    *,
    is_common: bool = False,
) -> Chip:
    return Chip(node_id, port, sources(graph, node_id), is_common, output)


def sources(graph: StrategyGraph, node_id: str) -> tuple[str, ...]:
    """A node and all it is computed from; what an entry orders is in a row of its own."""
    found = {node_id: None}
    pending = [node_id]
    while pending:
        fresh = [item for item in _inputs(graph, pending.pop(0)) if item not in found]
        found.update(dict.fromkeys(fresh))
        pending.extend(dict.fromkeys(fresh))
    return tuple(found)


def _inputs(graph: StrategyGraph, node_id: str) -> Iterable[str]:
    return (
        edge.source_node
        for edge in graph.edges_into(node_id)
        if graph.node(edge.source_node).kind not in SIDES_OF
    )
