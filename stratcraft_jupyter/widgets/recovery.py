"""Keeps a recovery copy of what is not saved, soon after each edit."""

import threading
import uuid
from weakref import WeakSet

from stratcraft_jupyter.errors import GraphFileError
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.notebook.recovery import (
    RecoveryCopy,
    content_hash,
    current_notebook,
    delete_copy,
    now_as_text,
    prune_copies,
    write_copy,
)
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState

DELAY = 0.25
"""Seconds from an edit to its copy: quick edits share one, and later ones do not push it back."""
_PATIENCE = 5.0  # seconds for a disk to take the last copy
_open: "WeakSet[RecoveryKeeper]" = WeakSet()


class RecoveryKeeper:
    """Writes unsaved changes to a file of their own; removes it once there are none.

    The copy is written by a thread, so that a large strategy does not hold up the next edit. Each
    keeper has a key of its own: two builders never write to one copy, whatever their cells are.

    Args:
        state: The builder's state.
        builder_id: The builder, by which its next run finds the copy.
    """

    def __init__(self, state: BuilderState, builder_id: str) -> None:
        self.builder_id = builder_id
        self.notebook = current_notebook()
        self._state = state
        self._key = uuid.uuid4().hex
        self._writing = threading.Lock()
        self._scheduling = threading.Lock()  # apart, so that no edit waits for a disk
        self._timer: threading.Timer | None = None
        self._writer: threading.Timer | None = None  # the last one, that may still write
        self._has_failed = False
        self._is_kept = False
        self._parked: StrategyGraph | None = None
        prune_copies()
        _open.add(self)
        state.subscribe(self._show)

    def is_open_elsewhere(self, copy: RecoveryCopy) -> bool:
        """Whether another cell of this kernel has the strategy of a copy open, and still keeps it.

        A builder that this one's cell made before is out of sight: what it left is not open.
        """
        return any(
            keeper._key == copy.key and keeper.builder_id != self.builder_id for keeper in _open
        )

    def keep_now(self) -> None:
        """Writes what is unsaved at once, or removes the copy if nothing is."""
        with self._scheduling:
            self._timer = None
        with self._writing:
            snapshot = self._state.snapshot
            if snapshot.graph is self._parked:
                return  # it has its copy, and is about to make room
            if snapshot.has_unsaved_changes:
                write_copy(self._copy_of(snapshot))
                self._is_kept = True
            elif self._is_kept:
                delete_copy(self._key)
                self._is_kept = False
            self._has_failed = False

    def park(self) -> bool:
        """Leaves what is unsaved in its copy for good, before another strategy is opened.

        Returns:
            Whether there was something unsaved.
        """
        self.keep_now()
        with self._writing:
            parked, self._is_kept = self._is_kept, False
            self._parked = self._state.graph if parked else None
            self._key = uuid.uuid4().hex
        return parked

    def close(self) -> None:
        """Writes what is still waiting."""
        _open.discard(self)
        waiting, writer = self._timer, self._writer
        if waiting is not None:
            waiting.cancel()
            self._keep()
        if writer is not None:
            writer.join(_PATIENCE)

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if new is old:
            return
        if changed(new, old, "saved", "path") and not new.has_unsaved_changes:
            self._keep()  # before Save says that it is done: a kernel may end right after it
        elif changed(new, old, "history", "saved", "path"):
            with self._scheduling:
                if self._timer is None:
                    self._timer = threading.Timer(DELAY, self._keep)
                    self._timer.daemon = True
                    self._timer.start()
                    self._writer = self._timer

    def _keep(self) -> None:
        try:
            self.keep_now()
        except GraphFileError as error:
            if not self._has_failed:  # told once, not with every edit
                self._has_failed = True
                self._state.report(
                    GraphFileError(
                        f"Unsaved changes cannot be kept: {error.message}",
                        hint="Save the strategy now. " + error.hint,
                    )
                )

    def _copy_of(self, snapshot: Snapshot) -> RecoveryCopy:
        return RecoveryCopy(
            key=self._key,
            builder_id=self.builder_id,
            notebook=self.notebook,
            name=snapshot.graph.name,
            path=str(snapshot.path) if snapshot.path else None,
            saved_hash=content_hash(snapshot.saved) if snapshot.path else "",
            time=now_as_text(),
            document=snapshot.graph.model_dump(mode="json"),
        )
