"""The strategy beside its saved file or another one, changes by meaning."""

from pathlib import Path
from typing import Any

import ipywidgets

from stratcraft_jupyter.errors import GraphFileError
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.graph.difference import DocumentDifference
from stratcraft_jupyter.graph.difference_text import difference_html
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.entered_field import EnteredField
from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.opening import nearby_files
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState

_HERE = "This strategy"


class DocumentsPanel:
    """Out of sight until something is compared; then in step with every edit."""

    def __init__(self, state: BuilderState, look: Look) -> None:
        self._state = state
        self._look = look
        self._other: tuple[StrategyGraph, str] | None = None
        self.widget: Any = look.box(css="difference-panel hidden")
        state.subscribe(self._show)

    def _make(self) -> None:
        look, boundary = self._look, shows_errors(self._state)
        field = EnteredField(
            look,
            boundary,
            ipywidgets.Combobox,
            "start-path",
            "quiet",
            on_enter=lambda name, _: self._compare_with_typed(name.strip()),
            text="Compare",
            icon="exchange",
            description="Path of the other strategy file",
            placeholder="Path of a *.strategy.json file",
        )
        self._path: Any = field.widget
        close = look.button("Close comparison", icon="times")
        close.on_click(boundary(lambda _: self._close()))
        self._asking: Any = look.box(self._path, field.button, css="row hidden")
        self._said: Any = look.text("file-note")
        self._shown: Any = look.text("difference-text")
        head = look.box(self._asking, close, css="row difference-head")
        self.widget.children = (head, self._said, self._shown)

    def compare_with_saved(self) -> None:
        """Shows what differs from the strategy's file as it is on the disk now."""
        path = self._state.snapshot.path
        if path is None:
            raise GraphFileError("This strategy has no file yet.", hint="Save it first.")
        self._open(is_asking=False)
        self._compare_with(path)

    def ask_for_file(self) -> None:
        """Asks for the file to compare with."""
        self._open(is_asking=True)
        self._path.options = nearby_files()
        self._other = None
        self._shown.value = self._said.value = ""
        self._path.focus()

    def _open(self, *, is_asking: bool) -> None:
        if not self.widget.children:
            self._make()
        show_only_if(self._asking, is_asking)
        show_only_if(self.widget, True)

    def _compare_with_typed(self, name: str) -> None:
        if name:
            self._compare_with(Path(name).expanduser())

    def _compare_with(self, path: Path) -> None:
        self._said.value = self._shown.value = ""
        self._other = None
        try:
            self._other = StrategyGraph.load(path), path.name
        except GraphFileError as error:
            self._state.update(notice="")
            self._said.value = f'<div role="alert">{paragraphs(error.message, error.hint)}</div>'
        self._draw()

    def _draw(self) -> None:
        if self._other is not None:
            other, title = self._other
            difference = DocumentDifference(other, self._state.graph, (title, _HERE))
            self._shown.value = f'<div role="status">{difference_html(difference)}</div>'

    def _close(self) -> None:
        self._other = None
        show_only_if(self.widget, False)

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if new is not old and changed(new, old, "history"):
            self._draw()
