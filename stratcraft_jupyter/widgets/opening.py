"""Opens another strategy in a builder: a template, a file, a recovery copy, or nothing yet."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from stratcraft_jupyter.errors import GraphFileError
from stratcraft_jupyter.graph import History, StrategyGraph, load_template, validate
from stratcraft_jupyter.notebook.recovery import (
    RecoveryCopy,
    content_hash,
    copies_of_file,
    delete_copy,
    delete_recovered,
    list_copies,
    own_copies,
)
from stratcraft_jupyter.widgets.recovery import RecoveryKeeper
from stratcraft_jupyter.widgets.state import BuilderState

SUFFIX = ".strategy.json"
_DEEPEST = 3
_MOST_FILES = 200
_MOST_FOLDERS = 500
_KEPT = " Unsaved changes of {} are kept: File, then New or open."


class Documents:
    """What a builder can open. Opening begins a new history and never writes to a file.

    Args:
        state: The builder's state.
        keeper: Keeps what is unsaved of the strategy that makes room.
    """

    def __init__(self, state: BuilderState, keeper: RecoveryKeeper) -> None:
        self._state = state
        self._keeper = keeper

    def open_blank(self) -> None:
        """Begins with an empty canvas."""
        self._open(StrategyGraph.model_validate({}), "A blank strategy.")

    def open_template(self, name: str) -> None:
        """Begins with a template.

        Raises:
            UnknownNameError: There is none with this name.
        """
        graph = load_template(name)
        self._open(graph, f"Started from {graph.name}.")

    def open_file(self, path: str | Path) -> None:
        """Opens a file; Save writes to it from then on.

        Raises:
            GraphFileError: The file is missing or holds no strategy.
        """
        path = Path(path).expanduser().absolute()
        graph = StrategyGraph.load(path)
        self._open(graph, f"Opened {path.name}.", path=path, saved=graph)

    def recover(self, copy: RecoveryCopy) -> None:
        """Brings an unsaved strategy back, as unsaved as it was.

        Raises:
            GraphFileError: The copy holds no valid strategy.
        """
        graph = copy.graph()
        path = Path(copy.path) if copy.path else None
        saved = _as_it_was(path, copy.saved_hash)
        notice = f"Recovered {graph.name}. It is not saved yet."
        self._open(graph, notice, path=path, saved=saved, is_unsaved=True)
        self._keeper.keep_now()  # first the new copy, then the old one goes
        if not self.is_open_elsewhere(copy):
            delete_recovered(copy)

    def forget(self, copy: RecoveryCopy) -> None:
        """Deletes a recovery copy, and others with its content, but for what is open elsewhere."""
        for other in list_copies():
            if _content(other) == _content(copy) and not self.is_open_elsewhere(other):
                delete_copy(other.key)

    def unsaved_here(self) -> tuple[RecoveryCopy, ...]:
        """What is unsaved of this builder's cell, then of its file wherever it was edited."""
        path = self._state.snapshot.path
        own = self._own()
        others = copies_of_file(path) if path else ()
        return (*own, *(copy for copy in others if copy not in own))

    def is_open_elsewhere(self, copy: RecoveryCopy) -> bool:
        """Whether another cell of this kernel keeps a copy of what it has open."""
        return self._keeper.is_open_elsewhere(copy)

    def place_of(self, copy: RecoveryCopy) -> str:
        """Where a copy was made, if that was not in this builder's cell: ``"in other.ipynb"``."""
        if copy in self._own():
            return ""
        if self.is_open_elsewhere(copy):
            return "in another cell of this notebook, where it may still be open"
        if copy.notebook in ("", self._keeper.notebook):
            return "in another cell of this notebook" if copy.notebook else "in another notebook"
        return f"in {Path(copy.notebook).name}"

    def _own(self) -> tuple[RecoveryCopy, ...]:
        return own_copies(self._keeper.builder_id, self._keeper.notebook)

    def copies(self) -> tuple[RecoveryCopy, ...]:
        """All that is unsaved anywhere, each content once: this builder's first, newest first."""
        found: dict[str, RecoveryCopy] = {}
        for copy in (*self._own(), *list_copies()):
            found.setdefault(_content(copy), copy)
        return tuple(found.values())

    def _open(
        self,
        graph: StrategyGraph,
        notice: str,
        *,
        path: Path | None = None,
        saved: StrategyGraph | None = None,
        is_unsaved: bool = False,
    ) -> None:
        with self._state.lock:
            old = self._state.snapshot
            if self._keeper.park():
                notice += _KEPT.format(old.graph.name)
            # a name for a file that is not there yet waits for the first strategy
            waits = old.is_choosing and old.path is not None and not old.path.exists()
            self._state.update(
                history=History(graph),
                diagnostics=validate(graph),
                path=path or (old.path if waits else None),
                saved=saved if path or is_unsaved or waits else graph,
                selected_nodes=(),
                selected_edges=(),
                refused=(),
                run_findings=(),
                failure=None,
                notice=notice,
                is_choosing=False,
            )


def file_since(copy: RecoveryCopy) -> str:
    """What has become of a copy's file since, as a sentence; empty if nothing has."""
    path = Path(copy.path) if copy.path else None
    if path is None or _as_it_was(path, copy.saved_hash) is not None:
        return ""
    if path.exists():
        return f"{path.name} was changed since."
    return f"{path.name} is no longer there." if copy.saved_hash else ""


def _content(copy: RecoveryCopy) -> str:
    """What tells copies apart that a user would not take for the same."""
    return json.dumps([copy.path, copy.document], sort_keys=True)


def _as_it_was(path: Path | None, saved_hash: str) -> StrategyGraph | None:
    """The file's content if it is still the one that the copy began with.

    If it is not, somebody changed it meanwhile: then Save has to ask before it replaces that.
    """
    if path is None or not path.exists():
        return None
    try:
        there = StrategyGraph.load(path)
    except GraphFileError:
        return None
    return there if content_hash(there) == saved_hash else None


def nearby_files(folder: Path | None = None) -> tuple[str, ...]:
    """The strategy files in the notebook's folder and a little below it, newest first."""
    start = folder or Path.cwd()
    found = [
        (path.stat().st_mtime, path.relative_to(start).as_posix())
        for path in _walk(start)
        if path.is_file()
    ]
    return tuple(name for _, name in sorted(found, reverse=True)[:_MOST_FILES])


def _walk(start: Path) -> Iterator[Path]:
    for seen, (folder, folders, files) in enumerate(os.walk(start)):
        depth = len(Path(folder).relative_to(start).parts)
        hidden = {"node_modules", "__pycache__"}
        folders[:] = [
            name
            for name in sorted(folders)
            if depth < _DEEPEST and name[0] not in "._" and name not in hidden
        ]
        yield from (Path(folder) / name for name in files if name.endswith(SUFFIX))
        if seen > _MOST_FOLDERS:  # a home folder may hold anything
            return
