"""The words on the chips of the table. No widgets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.graph import (
    INPUTS,
    KINDS,
    Chip,
    NodeReader,
    Row,
    StrategyGraph,
)
from stratcraft_jupyter.widgets.choices import Choice
from stratcraft_jupyter.widgets.table.gaps import Gap, cell_gaps

CHIP = "chip:"
GAP = "gap:"
"""What the keys of buttons begin with."""

_OFF = "ban"
_ADD = "plus"
_WRONG = "times-circle"
_DOUBT = "exclamation-triangle"


@dataclass(frozen=True)
class Words:
    """What chips say about the nodes of a strategy at one moment.

    Attributes:
        graph: The strategy.
        reader: Reads nodes.
        findings: What is wrong, worst first, by node.
        rows: The number of each row that a node is in, by node.
    """

    graph: StrategyGraph
    reader: NodeReader
    findings: Mapping[str, Sequence[Diagnostic]]
    rows: Mapping[str, Sequence[int]]

    def cell(self, row: Row, column: str) -> list[Choice]:
        """The buttons of a cell: its chips, then what can be added."""
        is_off = not self.graph.node(row.entry_id).enabled
        chips = [
            self.chip(
                chip,
                row,
                says_off=not is_off or chip.node_id == row.entry_id,  # once for a whole row
            )
            for chip in row.cells[column]
        ]
        gaps = cell_gaps(self.graph, row.entry_id, column)
        return [*chips, *(self._add(row, column, gap) for gap in gaps)]

    def chip(self, chip: Chip, row: Row | None = None, *, says_off: bool = True) -> Choice:
        """A chip: the node's reading, with what is wrong with it or with what it reads."""
        text = self._text(chip, row)
        told = _worst(self.findings.get(node_id, ()) for node_id in chip.nodes)
        parts = [self.reader.sentence(chip.node_id), self._elsewhere(chip)]
        parts += [f"{told.message} {told.hint}"] if told else []
        return Choice(
            f"{CHIP}{chip.node_id}",
            self._marked(chip.node_id, text) if says_off else text,
            " ".join(part for part in parts if part),
            self._icon(chip.node_id, told),
        )

    def part(self, node_id: str) -> Choice:
        """One of the nodes that a chip stands for, by its name."""
        told = _worst([self.findings.get(node_id, ())])
        text = self._marked(node_id, self.reader.name(node_id))
        return Choice(
            f"{CHIP}{node_id}", text, self.reader.sentence(node_id), self._icon(node_id, told)
        )

    def _text(self, chip: Chip, row: Row | None) -> str:
        """A node in words, after the input that it is for where a cell has several."""
        if row is None or not chip.port:
            is_entry = row is not None and chip.node_id == row.entry_id
            said = (self.reader.entry if is_entry else self.reader.phrase)(chip.node_id)
            return f"{said[:1].upper()}{said[1:]}"
        said = self.reader.phrase(chip.node_id, chip.output)
        port = KINDS[self.graph.node(row.entry_id).kind].input(chip.port)
        if port is None or chip.port not in INPUTS["entry"]:
            return f"{said[:1].upper()}{said[1:]}"
        if chip.port == "confirm":
            said = self.reader.confirmation(row.entry_id, said)
        return f"{port.title} {said}"

    def _marked(self, node_id: str, text: str) -> str:
        return text if self.graph.node(node_id).enabled else f"Off: {text}"

    def _icon(self, node_id: str, told: Diagnostic | None) -> str:
        if not self.graph.node(node_id).enabled:
            return _OFF
        if told is None:
            return ""
        return _WRONG if told.severity == "error" else _DOUBT

    def _add(self, row: Row, column: str, gap: Gap) -> Choice:
        has_some = any(f"in:{row.entry_id}.{chip.port}" == gap.key for chip in row.cells[column])
        title = self.reader.name(row.entry_id)
        word, help_ = "Add", f"Add {gap.title.lower()} to {title}."
        if column == "sizing":
            word, help_ = "Replace", f"Choose another size for {title}."
            if not self._is_sized(row):
                word = f"{self.reader.default_size()} (default)"
                help_ = f"What {title} buys as it has no size of its own. Choose one."
        elif has_some:
            word, help_ = "And", f"Add a condition: both must be true for {title}."
        elif column == "entry":
            word, help_ = gap.title, f"Say when {title} is to happen."
        elif column in ("exit", "risk"):
            help_ = f"Add {'an exit' if column == 'exit' else 'protection'} to {title}."
        return Choice(f"{GAP}{gap.key}", word, help_, _ADD)

    def _is_sized(self, row: Row) -> bool:
        """Whether a size of its own counts; that of a disabled row would, if the row did."""
        is_off = not self.graph.node(row.entry_id).enabled
        return any(is_off or self.graph.node(chip.node_id).enabled for chip in row.cells["sizing"])

    def _elsewhere(self, chip: Chip) -> str:
        numbers = self.rows.get(chip.node_id, ())
        if len(numbers) < 2:
            return ""
        *first, last = map(str, numbers)
        return f"In rows {', '.join(first)} and {last}."


def words_of(graph: StrategyGraph, rows: Iterable[Row], findings: Iterable[Diagnostic]) -> Words:
    """The words for a strategy as it is now."""
    told: dict[str, list[Diagnostic]] = {}
    for item in findings:
        if item.node_id and item.severity != "info":
            told.setdefault(item.node_id, []).append(item)
    places: dict[str, list[int]] = {}
    for number, row in enumerate(rows, 1):
        for node_id in dict.fromkeys(chip.node_id for chip in row.chips):
            places.setdefault(node_id, []).append(number)
    return Words(graph, NodeReader(graph), told, places)


def gap_choice(gap: Gap) -> Choice:
    """A button to fill an input of a chip's node, or to put a node into a connection."""
    if gap.is_between:
        return Choice(f"{GAP}{gap.key}", gap.title, f"Put a node between {gap.title}.", _ADD)
    optional = "" if gap.is_needed else " (optional)"
    return Choice(f"{GAP}{gap.key}", f"{gap.title}{optional}", f"Choose {gap.title}.", _ADD)


def _worst(groups: Iterable[Sequence[Diagnostic]]) -> Diagnostic | None:
    found = [item for group in groups for item in group]
    return min(found, key=lambda item: item.severity != "error", default=None)
