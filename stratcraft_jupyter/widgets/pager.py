"""Buttons that turn the pages of a table."""

from collections.abc import Callable

from stratcraft_jupyter.widgets.look import Look, show_only_if


class Pager:
    """First, previous, next and last page, and which page it is.

    Args:
        look: Makes the widgets.
        on_turn: Called with the page to show, from 0.

    Attributes:
        widget: The row to display; hidden while there is one page only.
    """

    def __init__(self, look: Look, on_turn: Callable[[int], None]) -> None:
        self._page, self._pages = 0, 1
        self._first = look.button("", icon="angle-double-left", tooltip="First page")
        self._previous = look.button("", icon="angle-left", tooltip="Previous page")
        self._next = look.button("", icon="angle-right", tooltip="Next page")
        self._last = look.button("", icon="angle-double-right", tooltip="Last page")
        self._first.on_click(lambda _: on_turn(0))
        self._previous.on_click(lambda _: on_turn(self._page - 1))
        self._next.on_click(lambda _: on_turn(self._page + 1))
        self._last.on_click(lambda _: on_turn(self._pages - 1))
        self._label = look.text("page")
        self.widget = look.box(
            self._first, self._previous, self._label, self._next, self._last, css="result-row"
        )

    def tell(self, page: int, pages: int) -> None:
        """Say that page ``page`` of ``pages`` is shown, counted from 0."""
        self._page, self._pages = page, pages
        self._label.value = f"Page {page + 1:,} of {pages:,}"
        self._first.disabled = self._previous.disabled = page == 0
        self._next.disabled = self._last.disabled = page == pages - 1
        show_only_if(self.widget, pages > 1)
