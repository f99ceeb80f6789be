"""Offers what an earlier run of the same cell left unsaved."""

from typing import Any

from stratcraft_jupyter.errors import GraphFileError
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.notebook.recovery import RecoveryCopy
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.moments import ago_in_words
from stratcraft_jupyter.widgets.opening import Documents, file_since
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState


class RecoveryBar:
    """A question above the strategy that the cell asked for; nothing is replaced unasked."""

    def __init__(self, state: BuilderState, look: Look, documents: Documents) -> None:
        self._state = state
        self._documents = documents
        # the chooser lists the same copies
        is_choosing = state.snapshot.is_choosing
        self._copy = None if is_choosing else _worth_offering(documents, state.graph)
        self.widget: Any = look.box(css="row recovery" + " hidden" * (self._copy is None))
        if self._copy is not None:
            self.widget.children = self._parts(look, self._copy)
            state.subscribe(self._show)

    def _parts(self, look: Look, copy: RecoveryCopy) -> tuple[Any, ...]:
        boundary = shows_errors(self._state)
        words = f"{copy.name} has unsaved changes from {_when(copy)}. {file_since(copy)}"
        told = paragraphs(words.strip())
        text = look.text("recovery-text", value=f'<div role="status">{told}</div>')
        restore = look.button("Recover", "primary", icon="history")
        restore.on_click(boundary(lambda _: self._recover()))
        later = look.button("Not now", tooltip="Keep the copy; File, then New or open, has it")
        later.on_click(boundary(lambda _: self._end()))
        delete = look.button("Delete", tooltip="Delete the copy")
        delete.on_click(boundary(lambda _: self._delete()))
        return text, restore, later, delete

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if changed(new, old, "is_choosing") and new.is_choosing and new is not old:
            self._end()

    def _recover(self) -> None:
        if self._copy is not None:
            self._documents.recover(self._copy)
        self._end()

    def _delete(self) -> None:
        if self._copy is not None:
            self._documents.forget(self._copy)
        self._end()

    def _end(self) -> None:
        self._copy = None
        show_only_if(self.widget, False)


def _worth_offering(documents: Documents, graph: StrategyGraph) -> RecoveryCopy | None:
    """The newest copy that holds something else than the cell does."""
    for copy in documents.own_copies():
        try:
            if copy.graph() != graph:
                return copy
        except GraphFileError:
            continue  # the chooser says why, if the user asks for it
    return None


def _when(copy: RecoveryCopy) -> str:
    words = ago_in_words(copy.moment)
    return "a moment ago" if words == "just now" else words
