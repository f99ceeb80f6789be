"""What to begin with: a template, a blank canvas, a file, or what was not saved."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import ipywidgets

from stratcraft_jupyter.errors import GraphFileError
from stratcraft_jupyter.graph import Template, list_templates, load_template
from stratcraft_jupyter.graph.difference_text import picture_address
from stratcraft_jupyter.notebook.recovery import RecoveryCopy
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.entered_field import EnteredField
from stratcraft_jupyter.widgets.look import Look, close_tree, paragraphs, show_only_if
from stratcraft_jupyter.widgets.opening import Documents, nearby_files
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.unsaved_words import content_in_words, copy_in_words, entry_above

_MOST_COPIES = 3
_MOST_FILES = 5


class Chooser:
    """Shown instead of the builder until something is chosen; made when it is first needed."""

    def __init__(self, state: BuilderState, look: Look, documents: Documents) -> None:
        self._state = state
        self._look = look
        self._documents = documents
        self._boundary = shows_errors(state)
        self.widget: Any = look.box(css="start hidden")
        state.subscribe(self._show)

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if not changed(new, old, "is_choosing"):
            return
        if new.is_choosing:
            before = self.widget.children
            self.widget.children = self._parts(can_go_back=new.history.can_undo or bool(before))
            for widget in before:
                close_tree(widget)
        show_only_if(self.widget, new.is_choosing)

    def _parts(self, *, can_go_back: bool) -> tuple[Any, ...]:
        look = self._look
        back = self._button("Back to the strategy", self._go_back, icon="arrow-left")
        show_only_if(back, can_go_back)
        title = look.text("start-title", value="<h4>Start a strategy</h4>")
        head = look.box(title, back, css="row start-head")
        blank = self._button("Blank strategy", self._documents.open_blank, "primary", icon="file-o")
        files = nearby_files()
        ways = look.box(blank, self._file_row(files), css="row start-ways")
        cards = look.box(*map(self._card, list_templates()), css="cards")
        heading = look.text("start-heading", value="<h5>Templates</h5>")
        return head, *self._recovery(), ways, *self._near(files), heading, cards

    def _button(self, text: str, press: Callable[[], None], *classes: str, icon: str = "") -> Any:
        button = self._look.button(text, *classes, icon=icon)
        button.on_click(self._boundary(lambda _: press()))
        return button

    def _go_back(self) -> None:
        self._state.update(is_choosing=False, notice="")

    # Templates.

    def _card(self, template: Template) -> Any:
        picture = picture_address(load_template(template.name))
        shown = f'<img src="{picture}" alt="">{paragraphs(template.summary)}'
        button = self._look.button(template.title, "card-button", tooltip=template.summary)
        button.on_click(self._boundary(lambda _: self._documents.open_template(template.name)))
        return self._look.box(button, self._look.text("card-text", value=shown), css="card")

    # Files.

    def _file_row(self, files: Sequence[str]) -> Any:
        look = self._look
        said = look.text("file-note")

        def open_it(name: str) -> None:
            try:
                self._documents.open_file(_typed_path(name))
            except GraphFileError as error:
                said.value = f'<div role="alert">{paragraphs(error.message, error.hint)}</div>'

        self._open_it = open_it
        path = EnteredField(
            look,
            self._boundary,
            ipywidgets.Combobox,
            "quiet",
            "start-path",
            on_enter=lambda name, _: open_it(name),
            text="Open file",
            icon="folder-open-o",
            description="Path of a strategy file",
            placeholder="Path of a *.strategy.json file",
            options=files,
            ensure_option=False,
        )
        return look.box(path.widget, path.button, said, css="row start-files")

    def _near(self, files: Sequence[str]) -> tuple[Any, ...]:
        if not files:
            return ()
        found = [
            self._button(name, partial(self._open_it, name), "start-file")
            for name in files[:_MOST_FILES]
        ]
        near = self._look.text("hint", value=paragraphs("Near this notebook:"))
        return (self._look.box(near, *found, css="row start-near"),)

    # What was not saved.

    def _recovery(self) -> tuple[Any, ...]:
        copies = self._documents.copies()
        if not copies:
            return ()
        heading = self._look.text("start-heading", value="<h5>Recover unsaved</h5>")
        made = [
            partial(self._copy_row, copy, entry_above(copies, number))
            for number, copy in enumerate(copies)
        ]
        rows = [make() for make in made[:_MOST_COPIES]]
        listed = self._look.box(heading, *rows, css="start-copies")
        rest = made[_MOST_COPIES:]
        if rest:

            def show_rest() -> None:
                listed.children = (heading, *rows, *(make() for make in rest))
                close_tree(more)

            more = self._button(f"Show {len(rest)} more", show_rest)
            listed.children = (heading, *rows, more)
        return (listed,)

    def _copy_row(self, copy: RecoveryCopy, above: RecoveryCopy | None) -> Any:
        is_open = self._documents.is_open_elsewhere(copy)
        edited = copy_in_words(copy, is_open=is_open)
        told = self._look.text("hint", value=paragraphs(edited, content_in_words(copy, above)))
        recover = self._button("Recover", lambda: self._documents.recover(copy), icon="history")
        recover.tooltip = f"Recover {copy.name}"
        row = self._look.box(css="row start-copy")

        def delete() -> None:
            self._documents.forget(copy)
            show_only_if(row, False)

        away = self._button("Delete", delete)
        away.tooltip = f"Delete this copy of {copy.name}"
        show_only_if(away, not is_open)
        name = self._look.text("start-name", value=paragraphs(copy.name))
        row.children = (recover, name, told, away)
        return row


def _typed_path(typed: str) -> Path:
    name = typed.strip()
    if not name or "\0" in name:
        raise GraphFileError("Give the path of a strategy file.", hint="It ends in .strategy.json.")
    return Path(name)
