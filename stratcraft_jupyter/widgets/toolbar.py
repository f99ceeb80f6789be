"""The bar on top: name, templates, undo, redo, save."""

from typing import Any

import ipywidgets

from stratcraft_jupyter.graph import list_templates
from stratcraft_jupyter.widgets import actions
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.fields import Field
from stratcraft_jupyter.widgets.file_menu import FileMenu
from stratcraft_jupyter.widgets.look import Look
from stratcraft_jupyter.widgets.saving import Saving
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.typed import text

_CHOOSE = ""


class Toolbar:
    """What concerns the document as a whole.

    Attributes:
        widget: The bar.
        saving: The row that asks for a file's name, to stand below the bar.
        files: The row that the File button opens, to stand below the bar.
        comparison: The panel that compares documents.
    """

    def __init__(self, state: BuilderState, look: Look) -> None:
        self._state = state
        boundary = shows_errors(state)
        name = look.make(
            ipywidgets.Text,
            "name",
            "quiet",
            description="Name of the strategy",
            continuous_update=False,
            placeholder="Name of the strategy",
        )
        self._name = Field(
            state, look, name, place="name", on_change=self._rename,
            typing=text("The name of the strategy", most=120, least=1),
        )  # fmt: skip
        self._templates: Any = look.make(
            ipywidgets.Dropdown,
            "templates",
            "quiet",
            description="Start from a template",
            options=[("Start from …", _CHOOSE), *((t.title, t.name) for t in list_templates())],
            tooltip="Replace the strategy by a template; undo brings it back",
        )
        self._templates.observe(boundary(self._start_from), "value")
        self._undo = look.button("Undo", icon="undo")
        self._undo.on_click(boundary(lambda _: state.undo()))
        self._redo = look.button("Redo", icon="repeat")
        self._redo.on_click(boundary(lambda _: state.redo()))
        saving = Saving(state, look)
        self.saving: Any = saving.row
        menu = FileMenu(state, look, saving)
        self.files: Any = menu.row
        self.comparison: Any = menu.comparison
        self.widget: Any = look.box(
            self._name.widget,
            self._templates,
            self._undo,
            self._redo,
            saving.button,
            menu.button,
            saving.mark,
            css="row",
        )
        state.subscribe(self._show)

    def _rename(self, name: str) -> None:
        actions.set_name(self._state, name)

    def _start_from(self, change: Any) -> None:
        if change["new"] != _CHOOSE:
            actions.start_from(self._state, change["new"])
            self._templates.value = _CHOOSE

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if new is not old and changed(new, old, "pointed_at") and new.pointed_at is not None:
            self._name.lead_to(new.pointed_at.place)
        if not changed(new, old, "history"):
            return
        self._name.show(new.graph.name)
        for button, word, name in (
            (self._undo, "Undo", new.history.undo_name),
            (self._redo, "Redo", new.history.redo_name),
        ):
            button.disabled = name is None
            button.tooltip = f"{word}: {name}" if name else f"Nothing to {word.lower()}"
