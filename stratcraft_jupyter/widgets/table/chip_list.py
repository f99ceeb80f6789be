"""A list of chips that belong to no row; a long one is cut until the rest is asked for."""

from collections.abc import Callable, Sequence
from typing import Any

from stratcraft_jupyter.graph import Chip
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.choices import Choice, ChoiceList
from stratcraft_jupyter.widgets.look import Look
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.table.chips import CHIP, Words

MOST = 40
"""Chips of a list until its rest is asked for."""
_REST = "rest:"


class ChipList:
    """Shows chips of a strategy under a title.

    Args:
        state: The builder's state.
        look: Makes the widget.
        on_press: Called with the key of a pressed chip.
        title: What the list is called.
        after: A button that stays at the end.
    """

    def __init__(
        self,
        state: BuilderState,
        look: Look,
        on_press: Callable[[str], None],
        *,
        title: str,
        after: Choice | None = None,
    ) -> None:
        self._on_press = on_press
        self._after = [after] if after else []
        self._chips: Sequence[Chip] = ()
        self._words: Words | None = None
        self._is_whole = False
        self._marked: str | None = None
        press = shows_errors(state)(self._pressed)
        self._list = ChoiceList(look, press, title=title, classes="table-list")
        self.widget: Any = self._list.widget

    def show(self, words: Words, chips: Sequence[Chip]) -> None:
        """Shows these chips."""
        self._words, self._chips = words, chips
        self._fill()

    def mark(self, node_id: str | None) -> None:
        """Shows the chip of a node as selected."""
        self._marked = node_id
        if any(chip.node_id == node_id for chip in self._chips[MOST:]) and not self._is_whole:
            self._is_whole = True
            self._fill()
        self._list.mark(f"{CHIP}{node_id}" if node_id else None)

    def _fill(self) -> None:
        if self._words is None:
            return
        shown = self._chips if self._is_whole else self._chips[:MOST]
        choices = [self._words.chip(chip) for chip in shown]
        if more := len(self._chips) - len(shown):
            choices.append(Choice(_REST, f"{more:,} more", "Show all of them.", "ellipsis-h"))
        if choices := [*choices, *self._after]:  # an empty list would leave the old buttons there
            self._list.fill(choices)

    def _pressed(self, key: str) -> None:
        if key != _REST:
            self._on_press(key)
            return
        self._is_whole = True
        self._fill()
        self.mark(self._marked)
