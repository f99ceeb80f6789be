"""Offers what an earlier run of the same cell left unsaved."""

from typing import Any

from stratcraft_jupyter.errors import GraphFileError
from stratcraft_jupyter.notebook.recovery import RecoveryCopy
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.moments import ago_in_words
from stratcraft_jupyter.widgets.opening import Documents, file_since
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.unsaved_words import changes_in_words


class RecoveryBar:
    """A question above the strategy that the cell asked for; nothing is replaced unasked."""

    def __init__(self, state: BuilderState, look: Look, documents: Documents) -> None:
        self._state = state
        self._documents = documents
        # the chooser lists the same copies
        is_choosing = state.snapshot.is_choosing
        self._copy = None if is_choosing else _worth_offering(documents, state.snapshot)
        self.widget: Any = look.box(css="row recovery" + " hidden" * (self._copy is None))
        if self._copy is not None:
            self.widget.children = self._parts(look, self._copy)
            state.subscribe(self._show)

    def _parts(self, look: Look, copy: RecoveryCopy) -> tuple[Any, ...]:
        boundary = shows_errors(self._state)
        where = " ".join(part for part in (_when(copy), self._documents.place_of(copy)) if part)
        words = f"{copy.name} has unsaved changes from {where}. {file_since(copy)}"
        changed_since = changes_in_words(copy, self._state.graph)
        told = paragraphs(words.strip()) + paragraphs(changed_since, tag="small")
        text = look.text("recovery-text", value=f'<div role="status">{told}</div>')
        restore = look.button("Recover", "primary", icon="history")
        restore.on_click(boundary(lambda _: self._recover()))
        later = look.button("Not now", tooltip="Keep the copy; File, then New or open, has it")
        later.on_click(boundary(lambda _: self._end()))
        delete = look.button("Delete", tooltip="Delete the copy")
        delete.on_click(boundary(lambda _: self._delete()))
        show_only_if(delete, not self._documents.is_open_elsewhere(copy))
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


def _worth_offering(documents: Documents, shown: Snapshot) -> RecoveryCopy | None:
    """The newest copy that holds something else than the cell and the file do."""
    for copy in documents.unsaved_here():
        try:
            if copy.graph() not in (shown.graph, shown.saved):
                return copy
        except GraphFileError:
            continue  # the chooser says why, if the user asks for it
    return None


def _when(copy: RecoveryCopy) -> str:
    words = ago_in_words(copy.moment)
    return "a moment ago" if words == "just now" else words
