"""Which rows of the table are in sight: so many at a time, as each costs messages to the page."""

from collections.abc import Callable
from typing import Any

from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if

ROWS = 20
"""Rows on a page: Jupyter drops what exceeds 1,000 messages a second, some 20 of them for a row."""


class RowPages:
    """Tells which rows are shown, and turns to others.

    Args:
        look: Makes the widgets.
        on_turn: Called after the user has turned to another page.

    Attributes:
        widget: What is shown above the rows; hidden while all rows are in sight.
    """

    def __init__(self, look: Look, on_turn: Callable[[], None]) -> None:
        self._on_turn = on_turn
        self._page, self._count = 0, 0
        self._label = look.text("page-label")
        self._first = self._button(look, "angle-double-left", "First rows", lambda: 0)
        self._previous = self._button(look, "angle-left", "Rows before", lambda: self._page - 1)
        self._next = self._button(look, "angle-right", "Rows after", lambda: self._page + 1)
        self._last = self._button(look, "angle-double-right", "Last rows", lambda: self._final)
        buttons = (self._first, self._previous, self._next, self._last)
        self.widget: Any = look.box(self._label, *buttons, css="table-pages hidden")

    @property
    def rows(self) -> range:
        """The places of the rows in sight, from 0."""
        start = self._page * ROWS
        return range(start, min(start + ROWS, self._count))

    def fit(self, count: int) -> None:
        """Takes so many rows; the page stays as far as it is still there."""
        self._count = count
        self.turn_to(self._page * ROWS)

    def turn_to(self, at: int) -> bool:
        """Turns to the page of a row; whether that is another one."""
        before, self._page = self._page, min(max(at // ROWS, 0), self._final)
        self._tell()
        return self._page != before

    @property
    def _final(self) -> int:
        return max(self._count - 1, 0) // ROWS

    def _tell(self) -> None:
        rows = self.rows
        said = f"Rows {rows.start + 1:,} to {rows.stop:,} of {self._count:,}"
        self._label.value = paragraphs(said)
        self._first.disabled = self._previous.disabled = self._page == 0
        self._next.disabled = self._last.disabled = self._page == self._final
        show_only_if(self.widget, self._final > 0)

    def _button(self, look: Look, icon: str, name: str, page: Callable[[], int]) -> Any:
        button = look.button(name, "row-button", "icon-only", icon=icon, tooltip=name)

        def press(_button: object) -> None:
            if self.turn_to(page() * ROWS):
                self._on_turn()

        button.on_click(press)
        return button
