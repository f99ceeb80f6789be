"""The table: rows, what holds for the whole strategy, what no row uses."""

from collections.abc import Callable, Sequence
from typing import Any

from stratcraft_jupyter.graph import Chip, Table, as_table
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.choices import Choice
from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.table import actions
from stratcraft_jupyter.widgets.table.adder import Adder
from stratcraft_jupyter.widgets.table.chip_list import ChipList
from stratcraft_jupyter.widgets.table.chips import CHIP, GAP, Words, words_of
from stratcraft_jupyter.widgets.table.gaps import WHOLE, Gap, gap_of
from stratcraft_jupyter.widgets.table.pages import RowPages
from stratcraft_jupyter.widgets.table.parts import Parts
from stratcraft_jupyter.widgets.table.row import TITLES, RowView

_ENTRIES = {
    "action.enter_long": "Long entry",
    "action.enter_short": "Short entry",
    "action.reverse": "Reverse",
}
_EMPTY = "No entry yet: add a long or a short one. Each is a row."


class TableView:
    """Shows the strategy as a table and takes edits; works without our labextension.

    Args:
        state: The builder's state.
        look: Makes the widgets.
        on_ready: Called when a node is complete, to lead the user to its form.
    """

    def __init__(self, state: BuilderState, look: Look, on_ready: Callable[[], None]) -> None:
        self._state = state
        self._look = look
        self._on_ready = on_ready
        self._is_open = False
        self._rows: list[RowView] = []
        self._begun: list[str] = []
        self._newest = ""
        self._table = Table((), (), ())
        self._words: Words | None = None
        boundary = shows_errors(state)
        self._adder = Adder(state, look, self._chosen, self._closed)
        self._parts = Parts(state, look, self._pressed)
        self._pages = RowPages(look, boundary(self._turned))
        self._buttons = [self._entry_button(kind, text) for kind, text in _ENTRIES.items()]
        heads = (look.text("table-title", value=paragraphs(text)) for text in TITLES.values())
        self._heading = look.box(look.text("row-head"), *heads, css="table-row table-heading")
        self._empty = look.text("hint", value=paragraphs(_EMPTY))
        self._body = look.box(css="table-body")
        add = Choice(
            f"{GAP}{WHOLE.key}", "Add", "Add a guard or a limit for the whole strategy.", "plus"
        )
        self._whole = ChipList(state, look, self._pressed, title="Whole strategy", after=add)
        self._free = ChipList(state, look, self._pressed, title="Used by no row")
        self._below = look.box(css="table-extra")
        self.widget: Any = look.box(
            look.box(*self._buttons, css="row table-bar"),
            look.box(self._pages.widget, self._heading, css="table-top"),
            self._empty,
            self._body,
            self._whole.widget,
            self._free.widget,
            self._below,
            css="table",
        )
        state.subscribe(self._show)

    def open(self, is_open: bool) -> None:
        """Shows the table, or leaves it alone while it is out of sight."""
        self._is_open = is_open
        self._show(self._state.snapshot, self._state.snapshot)

    def _entry_button(self, kind: str, text: str) -> Any:
        button = self._look.button(text, icon="plus", tooltip=f"Add a row: {text.lower()}")

        def press(_button: object) -> None:
            self._begun, self._newest = [], ""
            self._go_on(actions.add_row(self._state, kind))

        button.on_click(shows_errors(self._state)(press))
        return button

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if not self._is_open:
            return
        is_changed = changed(new, old, "history", "diagnostics", "run_findings")
        is_selected = changed(new, old, "selected_nodes")
        was_in_sight = self._is_in_sight(self._place_of(_selected(old))[0])
        if is_changed:
            self._read(new)
        is_turned = (is_selected or was_in_sight) and self._bring_into_sight(_selected(new))
        if is_changed or is_turned:
            self._show_graph()
        if is_changed or is_selected:
            self._show_selection(new)

    def _read(self, new: Snapshot) -> None:
        self._table = as_table(new.graph)
        self._words = words_of(new.graph, self._table.rows, new.findings)
        self._pages.fit(len(self._table.rows))

    def _bring_into_sight(self, node_id: str | None) -> bool:
        """Turns to the page of a node's row; whether that is another one."""
        at = self._place_of(node_id)[0]
        return at is not None and not self._is_in_sight(at) and self._pages.turn_to(at)

    def _place_of(self, node_id: str | None) -> tuple[int | None, Chip | None]:
        return self._table.place_of(node_id, self._pages.rows) if node_id else (None, None)

    def _is_in_sight(self, at: int | None) -> bool:
        return at in self._pages.rows

    def _show_graph(self) -> None:
        table, words = self._table, self._words
        if words is None:
            return
        places = self._pages.rows
        self._fit(len(places))
        for view, at in zip(self._rows, places, strict=True):
            view.show(words.graph, table.rows[at], words, at, len(table.rows))
        show_only_if(self._empty, not table.rows)
        show_only_if(self._heading, bool(table.rows))
        self._whole.show(words, table.whole)
        self._free.show(words, table.free)
        show_only_if(self._free.widget, bool(table.free))
        self._adder.show(words.graph)

    def _turned(self) -> None:
        """Another page of rows: what was asked for a row of the page before is wanted no more."""
        self._adder.gap = None
        self._show_graph()
        self._show_selection(self._state.snapshot)

    def _fit(self, count: int) -> None:
        """As many row views as rows. A view keeps its place, so that the cursor stays in it."""
        if count == len(self._rows):
            return
        while len(self._rows) < count:
            self._rows.append(RowView(self._state, self._look, self._pressed, self._moved))
        gone, self._rows = self._rows[count:], self._rows[:count]
        self._body.children = [view.widget for view in self._rows]
        for view in gone:
            view.close()

    def _show_selection(self, new: Snapshot) -> None:
        selected = _selected(new)
        for view in self._rows:
            view.mark(selected)
        for choices in (self._whole, self._free):
            choices.mark(selected)
        at, chip = self._place_of(selected)
        is_shown = chip is not None and (at is None or self._is_in_sight(at))
        if is_shown and chip and selected and self._words is not None:
            self._parts.show(self._words, chip, selected)
        extra = [self._parts.widget] if is_shown else []
        if self._adder.gap is not None:
            at = self._place_of(self._adder.gap.node_id)[0]
            extra = [self._adder.widget]
        self._attach(at, extra)

    def _attach(self, at: int | None, extra: Sequence[Any]) -> None:
        """Puts the selected chip's parts and the list of what fits below a row, or at the end."""
        places = self._pages.rows
        for number, view in zip(places, self._rows, strict=True):
            if number != at:
                view.attach(())
        if at is None or at not in places:
            self._below.children = tuple(extra)
            return
        self._below.children = ()
        self._rows[at - places.start].attach(extra)

    def _pressed(self, key: str) -> None:
        if key.startswith(CHIP):
            self._adder.gap = None
            self._state.select([key.removeprefix(CHIP)])
            self._show_selection(self._state.snapshot)
        elif key.startswith(GAP):
            self._begun, self._newest = [], ""
            self._open_adder(gap_of(self._state.graph, key.removeprefix(GAP)))

    def _open_adder(self, gap: Gap) -> None:
        self._adder.gap = gap
        if self._bring_into_sight(gap.node_id):
            self._show_graph()
        self._show_selection(self._state.snapshot)
        self._adder.open(gap)

    def _closed(self) -> None:
        self._adder.gap = None
        self._show_selection(self._state.snapshot)
        self._buttons[0].focus()

    def _chosen(self, gap: Gap, offer: str) -> None:
        # the list stays where it is: what is typed meanwhile belongs to the next question
        before = {node.id for node in self._state.graph.nodes}
        chosen = actions.fill(self._state, gap, offer)
        graph = self._state.graph
        for item in chosen:
            # data has nothing to set that would not be right already
            if item not in before and not graph.node(item).kind.startswith("data."):
                self._newest = item
        self._go_on(*chosen)

    def _go_on(self, *node_ids: str) -> None:
        """Asks for what nodes and those begun before them still need; then leads to the form."""
        graph = self._state.graph
        known = {node.id for node in graph.nodes}
        self._begun = [item for item in (*self._begun, *node_ids) if item in known]
        for item in reversed(self._begun):
            needed = actions.next_gap(graph, item)
            if needed is not None:
                self._open_adder(needed)
                return
        self._adder.gap = None
        newest = self._newest if self._newest in known else self._begun[-1]
        self._state.select([newest])
        self._show_selection(self._state.snapshot)
        self._on_ready()

    def _moved(self, entry_id: str, by: int) -> None:
        """Moves a row, and the cursor with it."""
        actions.move_row(self._state, entry_id, by)
        if self._bring_into_sight(entry_id):
            self._show_graph()
            self._show_selection(self._state.snapshot)
        view = next(view for view in self._rows if view.entry_id == entry_id)
        buttons = (view.up, view.down) if by < 0 else (view.down, view.up)
        next(button for button in buttons if not button.disabled).focus()


def _selected(snapshot: Snapshot) -> str | None:
    """The selected node, if it is one."""
    return snapshot.selected_nodes[0] if len(snapshot.selected_nodes) == 1 else None
