"""Save, save as, the mark of unsaved changes, and the row that asks for a file's name."""

import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import ipywidgets

from stratcraft_jupyter.errors import GraphFileError
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.entered_field import EnteredField
from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState

SUFFIX = ".strategy.json"
_UNSAVED = "Not saved"
_WHY_SAVE = "No file has these changes yet; a recovery copy of them is kept."
_CHANGED = "{} was changed by somebody else since it was opened here."


class Saving:
    """Writes the strategy to its file; without one, asks for a name first.

    Attributes:
        button: Save.
        mark: Says that there are changes no file holds.
        row: The question for a name; out of sight until it is needed.
    """

    def __init__(self, state: BuilderState, look: Look) -> None:
        self._state = state
        boundary = shows_errors(state)
        self.button: Any = look.button("Save", icon="save")
        self.button.on_click(boundary(self._pressed))
        self.mark: Any = look.text("unsaved", "hidden", value=_mark_html())
        field = EnteredField(
            look,
            boundary,
            ipywidgets.Text,
            "file-name",
            on_enter=self._entered,
            text="Save file",
            icon="save",
            is_primary=True,
            description="File name",
        )
        self._name: Any = field.widget
        self._confirm: Any = field.button
        self._name.observe(boundary(lambda _: self._ask()), "value")
        cancel = look.button("Do not save")
        cancel.on_click(boundary(lambda _: show_only_if(self.row, False)))
        self._said = look.text("file-note")
        self._to_replace: Path | None = None
        self.row: Any = look.box(self._name, self._confirm, cancel, self._said, css="saving hidden")
        state.subscribe(self._show)

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if changed(new, old, "history", "saved", "path"):
            show_only_if(self.mark, new.has_unsaved_changes)
            self.button.disabled = new.path is not None and not new.has_unsaved_changes
            self.button.tooltip = f"Save to {new.path.name}" if new.path else "Save to a file"

    def _pressed(self, _button: object) -> None:
        path = self._state.snapshot.path
        if path is None:
            self.ask_for_name()
        elif is_changed_by_others(self._state, path):
            self._open(path, _CHANGED.format(path.name), replaces=path)
        else:
            save(self._state)

    def ask_for_name(self) -> None:
        """Asks for the file to save to: Save without one, and Save as."""
        path = self._state.snapshot.path
        self._open(path or Path.cwd() / file_name(self._state.graph.name))

    def _open(self, path: Path, said: str = "", *, replaces: Path | None = None) -> None:
        self._name.value = _shown(path)
        self._ask(said, replaces=replaces)
        show_only_if(self.row, True)
        self._name.focus()

    def _ask(self, said: str = "", *, replaces: Path | None = None) -> None:
        """Shows the question; with a file to replace, the next press replaces that one."""
        self._to_replace = replaces
        if said:
            self._state.update(notice="")  # that something was saved before would confuse
        self._confirm.description = "Replace" if replaces else "Save file"
        self._said.value = f'<div role="alert">{paragraphs(said)}</div>' if said else ""

    def _entered(self, name: str, is_press: bool) -> None:
        """Enter saves, but never replaces: that takes a press of the button."""
        if is_press or self._to_replace is None:
            self._write(name)

    def _write(self, name: str) -> None:
        try:
            target = _path_of(name)
            _refuse_folder(target)
            is_own = target == self._state.snapshot.path
            if target != self._to_replace:
                if is_own and is_changed_by_others(self._state, target):
                    self._ask(_CHANGED.format(target.name), replaces=target)
                    return
                if target.exists() and not is_own:
                    self._ask(f"{target.name} is there already.", replaces=target)
                    return
            save(self._state, target, overwrite=target == self._to_replace)
        except GraphFileError as error:
            self._ask(str(error))
        else:
            self._ask()
            show_only_if(self.row, False)


def save(state: BuilderState, path: Path | None = None, *, overwrite: bool = False) -> None:
    """Writes the strategy to ``path``, or to the file it belongs to.

    Args:
        state: The builder's state.
        path: The file; None for the one it belongs to.
        overwrite: Whether to replace a file that is another one, or was changed meanwhile.

    Raises:
        GraphFileError: There is no path, the file cannot be written, it is another one or a
            folder, or somebody else has changed it meanwhile.
    """
    with state.lock:
        own = state.snapshot.path
        target = (path or own or Path()).absolute()
        if path is None and own is None:
            raise GraphFileError(
                "This strategy has no file yet.", hint="Give one: builder.save(path)."
            )
        _refuse_folder(target)
        is_own = target == own
        if is_own and not overwrite and is_changed_by_others(state, target):
            raise GraphFileError(
                f"{target.name} was changed by somebody else and was not overwritten.",
                hint="Save under another name: builder.save(path); or replace it: "
                "builder.save(overwrite=True).",
            )
        if not is_own and not overwrite and target.exists():
            raise GraphFileError(
                f"{target.name} is there already and was not overwritten.",
                hint="Save under another name, or add overwrite=True.",
            )
        state.graph.save(target)
        state.saved(
            target, f'Saved. Open it next time with sc.StrategyBuilder("{_shown(target)}").'
        )


def is_changed_by_others(state: BuilderState, path: Path) -> bool:
    """Whether the strategy's file holds something else than when it was last read or written.

    Raises:
        GraphFileError: What is there now is no strategy.
    """
    return path.exists() and StrategyGraph.load(path) != state.snapshot.saved


def file_name(name: str) -> str:
    """The name of a file for a strategy of this name."""
    slug = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    return f"{slug[:60] or 'strategy'}{SUFFIX}"


def _path_of(typed: str) -> Path:
    """The file that a typed name means, in the notebook's folder unless it says another one."""
    name = typed.strip()
    if not name or name.endswith(("/", "\\")) or "\0" in name:
        raise GraphFileError("Give the file a name.")
    if not name.endswith(".json"):
        name += SUFFIX
    return Path.cwd() / name


def _refuse_folder(path: Path) -> None:
    if path.is_dir():
        raise GraphFileError(f"{path.name} is a folder.", hint="Give the file another name.")


def _shown(path: Path) -> str:
    """The path as it is written in a cell: relative to the notebook's folder if it is in it."""
    with suppress(ValueError):
        path = path.resolve().relative_to(Path.cwd())
    return path.as_posix()


def _mark_html() -> str:
    return f'<p title="{_WHY_SAVE}">{_UNSAVED}</p>'
