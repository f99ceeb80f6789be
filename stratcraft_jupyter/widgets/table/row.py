"""One row of the table: its number, its buttons, a list of chips for each column."""

from collections.abc import Callable, Sequence
from typing import Any

from stratcraft_jupyter.graph import COLUMNS, Row, StrategyGraph
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.choices import Choice, ChoiceList
from stratcraft_jupyter.widgets.look import Look, close_tree, css, paragraphs
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.table import actions
from stratcraft_jupyter.widgets.table.chips import CHIP, Words

TITLES = {column: column.capitalize() for column in COLUMNS}


class RowView:
    """Shows whichever row stands at one place of the table.

    Attributes:
        entry_id: The entry of the row that is shown.
        up: The button that moves the row up.
        down: The button that moves it down.
        widget: The row.
    """

    def __init__(
        self,
        state: BuilderState,
        look: Look,
        on_press: Callable[[str], None],
        on_move: Callable[[str, int], None],
    ) -> None:
        self._state = state
        self.entry_id = ""
        self._is_enabled = True
        boundary = shows_errors(state)
        self._number = look.text("row-number")

        def button(icon: str, press: Callable[[], None]) -> Any:
            made = look.button("", "row-button", "icon-only", icon=icon)
            made.on_click(boundary(lambda _: press()))
            return made

        self.up = button("arrow-up", lambda: on_move(self.entry_id, -1))
        self.down = button("arrow-down", lambda: on_move(self.entry_id, 1))
        self._copy = button("copy", lambda: actions.duplicate_row(state, self.entry_id))
        self._switch = button("power-off", self._toggle)
        self._delete = button("trash", lambda: actions.delete_row(state, self.entry_id))
        buttons = (self.up, self.down, self._copy, self._switch, self._delete)
        head = look.box(self._number, look.box(*buttons, css="row-buttons"), css="row-head")
        self._cells = {
            column: ChoiceList(look, boundary(on_press), title=TITLES[column], classes="cell")
            for column in COLUMNS
        }
        self._parts = (head, *(cell.widget for cell in self._cells.values()))
        self.widget: Any = look.box(*self._parts, css="table-row")

    def show(self, graph: StrategyGraph, row: Row, words: Words, at: int, count: int) -> None:
        """Shows a row, ``at`` from 0, of so many."""
        self.entry_id = row.entry_id
        entry = graph.node(row.entry_id)
        self._is_enabled = entry.enabled
        title = words.reader.name(row.entry_id)
        self._number.value = paragraphs(str(at + 1))
        names = (
            (self.up, f"Move {title} up", ": it is looked at earlier", at == 0),
            (self.down, f"Move {title} down", ": it is looked at later", at == count - 1),
            (self._copy, f"Duplicate {title}", "", False),
            (self._switch, f"{'Disable' if entry.enabled else 'Enable'} {title}", "", False),
            (self._delete, f"Delete {title} and what only it uses", "", False),
        )
        for button, name, why, is_off in names:
            with button.hold_sync():  # one message, not three
                button.tooltip = f"{name}{why}"
                button.description = name  # for screen readers; only the icon shows
                button.disabled = is_off
        for column, cell in self._cells.items():
            _fill(cell, words.cell(row, column))
        (self.widget.remove_class if entry.enabled else self.widget.add_class)(css("off")[0])

    def mark(self, node_id: str | None) -> None:
        """Shows the chip of a node as selected."""
        for cell in self._cells.values():
            cell.mark(f"{CHIP}{node_id}" if node_id else None)

    def attach(self, extra: Sequence[Any]) -> None:
        """Shows more below the cells."""
        children = (*self._parts, *extra)
        if self.widget.children != children:
            self.widget.children = children

    def close(self) -> None:
        """Ends the row's widgets."""
        self.attach(())
        close_tree(self.widget)

    def _toggle(self) -> None:
        actions.enable_row(self._state, self.entry_id, not self._is_enabled)


def _fill(cell: ChoiceList, choices: Sequence[Choice]) -> None:
    """Shows the buttons of a cell; one that can hold nothing keeps its place."""
    if choices:
        cell.fill(choices)
    (cell.widget.remove_class if choices else cell.widget.add_class)(css("empty")[0])
