"""What is done with files: new or open, save as, compare. A row that one button opens."""

from collections.abc import Callable
from typing import Any

import ipywidgets

from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.compare_documents_panel import DocumentsPanel
from stratcraft_jupyter.widgets.look import Look, show_only_if
from stratcraft_jupyter.widgets.saving import Saving
from stratcraft_jupyter.widgets.state import BuilderState


class FileMenu:
    """The File button, its row, and the comparison that it opens.

    Attributes:
        button: Opens and closes the row.
        row: The choices.
        comparison: The panel that compares documents.
    """

    def __init__(self, state: BuilderState, look: Look, saving: Saving) -> None:
        self._state = state
        boundary = shows_errors(state)
        self._panel = DocumentsPanel(state, look)
        self.comparison: Any = self._panel.widget
        self.button: Any = look.make(
            ipywidgets.ToggleButton,
            "button",
            "file-menu",
            description="File",
            icon="caret-down",
            tooltip="New, open, save as, compare",
        )
        self.button.observe(boundary(lambda change: self._toggle(change["new"])), "value")
        choices: tuple[tuple[str, str, Callable[[], None]], ...] = (
            ("New or open", "folder-open-o", self._choose),
            ("Save as", "save", saving.ask_for_name),
            ("Compare with saved file", "exchange", self._panel.compare_with_saved),
            ("Compare with other file", "exchange", self._panel.ask_for_file),
        )
        self.row: Any = look.box(css="row file-row hidden")
        self.row.children = tuple(self._button(look, boundary, *choice) for choice in choices)

    def _button(
        self,
        look: Look,
        boundary: Callable[[Callable[..., None]], Callable[..., None]],
        text: str,
        icon: str,
        do: Callable[[], None],
    ) -> Any:
        def press(_button: object) -> None:
            self.button.value = False  # a menu closes when something is chosen
            do()

        made = look.button(text, icon=icon)
        made.on_click(boundary(press))
        return made

    def _toggle(self, is_open: bool) -> None:
        show_only_if(self.row, is_open)

    def _choose(self) -> None:
        self._state.update(is_choosing=True, failure=None, notice="")
