"""The builder's state: one observable value that all views show. No widgets, no slow work."""

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.errors import StratCraftError, UnknownNameError
from stratcraft_jupyter.graph import History, StrategyGraph, validate
from stratcraft_jupyter.widgets.refusal import Refusal, graph_value
from stratcraft_jupyter.widgets.snapshot import (
    Job,
    JobKind,
    Snapshot,
    as_failure,
    trades_alike,
)

logger = logging.getLogger(__name__)

T = TypeVar("T")
Listener = Callable[[Snapshot, Snapshot], None]


class BuilderState:
    """Holds the present snapshot, replaces it, and tells those who listen.

    Callbacks of widgets may come from another thread than slow work. One lock orders all changes;
    listeners are called one change at a time, in order, so every view sees the same sequence.

    Attributes:
        lock: Held while a change is made and shown, and by callbacks of widgets.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        # without a file there is nothing to save before the first edit
        saved = snapshot.graph if snapshot.path is None else snapshot.saved
        self._snapshot = replace(snapshot, diagnostics=validate(snapshot.graph), saved=saved)
        self.lock = threading.RLock()
        self._listeners: list[Listener] = []
        self._untold: deque[tuple[Snapshot, Snapshot]] = deque()
        self._is_telling = False

    @property
    def snapshot(self) -> Snapshot:
        """The present state."""
        return self._snapshot

    @property
    def graph(self) -> StrategyGraph:
        """The strategy shown."""
        return self._snapshot.graph

    def subscribe(self, listener: Listener) -> None:
        """Calls ``listener(new, old)`` after each change, and once now with the present twice."""
        with self.lock:
            self._listeners.append(listener)
            listener(self._snapshot, self._snapshot)

    def update(self, **changes: object) -> None:
        """Replaces parts of the snapshot and tells the listeners."""
        with self.lock:
            old = self._snapshot
            if all(getattr(old, name) is value for name, value in changes.items()):
                return
            self._snapshot = replace(old, **changes)  # type: ignore[arg-type]  # names are checked
            self._untold.append((self._snapshot, old))
            self._tell()

    def _tell(self) -> None:
        """Passes changes on in order; a change made by a listener waits for its turn."""
        if self._is_telling:
            return
        self._is_telling = True
        try:
            while self._untold:
                new, old = self._untold.popleft()
                for listener in tuple(self._listeners):
                    self._call(listener, new, old)
        finally:
            self._is_telling = False

    def _call(self, listener: Listener, new: Snapshot, old: Snapshot) -> None:
        """One broken view must not keep the others from seeing the change."""
        try:
            listener(new, old)
        except Exception as error:
            logger.exception("A view could not show a change")
            if new.failure is old.failure:  # else the failure itself may be what cannot be shown
                self.update(failure=as_failure(error))

    # The strategy.

    def edit(
        self,
        name: str,
        change: Callable[[StrategyGraph], StrategyGraph],
        *,
        select: Iterable[str] | None = None,
    ) -> None:
        """Makes one named, undoable edit of the strategy.

        Args:
            name: What undo calls it, such as ``"set period 10 → 12"``.
            change: Gives the next strategy; if it raises, nothing happens.
            select: Nodes to select afterwards; None keeps the selection.

        Raises:
            StratCraftError: The strategy does not take the edit.
        """
        with self.lock:
            history = self._snapshot.history.push(name, change(self.graph))
            chosen = self._snapshot.selected_nodes if select is None else tuple(select)
            self._show(history, chosen)

    def undo(self) -> None:
        """Takes the last edit back."""
        with self.lock:
            name = self._snapshot.history.undo_name
            self._show(self._snapshot.history.undo(), self._snapshot.selected_nodes)
            self.update(notice=f"Undone: {name}." if name else "There is nothing to undo.")

    def redo(self) -> None:
        """Makes the last undone edit again."""
        with self.lock:
            name = self._snapshot.history.redo_name
            self._show(self._snapshot.history.redo(), self._snapshot.selected_nodes)
            self.update(notice=f"Redone: {name}." if name else "There is nothing to redo.")

    def _show(self, history: History, chosen: Iterable[str]) -> None:
        old, graph = self._snapshot, history.present
        nodes = {node.id for node in graph.nodes}
        edges = {str(edge) for edge in graph.edges}
        same = history is old.history
        self.update(
            history=history,
            diagnostics=old.diagnostics if same else validate(graph),
            selected_nodes=_kept(old.selected_nodes, [i for i in chosen if i in nodes]),
            selected_edges=_kept(old.selected_edges, [e for e in old.selected_edges if e in edges]),
            refused=_kept(old.refused, [item for item in old.refused if _waits(item, graph)]),
            run_findings=old.run_findings if trades_alike(old.graph, graph) else (),
            failure=None,
            notice=old.notice if same else "",
        )

    def select(self, nodes: Iterable[str] = (), edges: Iterable[str] = ()) -> None:
        """Selects nodes and edges and nothing else; names that do not exist are left out."""
        with self.lock:
            known = {node.id for node in self.graph.nodes}
            known_edges = {str(edge) for edge in self.graph.edges}
            old = self._snapshot
            self.update(
                selected_nodes=_kept(old.selected_nodes, [i for i in nodes if i in known]),
                selected_edges=_kept(old.selected_edges, [e for e in edges if e in known_edges]),
            )

    # What was typed and refused.

    def refuse(self, place: str, typed: object, message: str) -> None:
        """Notes that what was typed at a place has to be corrected before code is made or run."""
        with self.lock:
            refusal = Refusal(place, typed, message, graph_value(self.graph, place))
            others = [item for item in self._snapshot.refused if item.place != place]
            self.update(refused=(*others, refusal))

    def accept(self, place: str) -> None:
        """Notes that nothing at a place has to be corrected."""
        with self.lock:
            old = self._snapshot.refused
            left = _kept(old, [item for item in old if item.place != place])
            if left is not old:
                self.update(refused=left, failure=None)

    def point_at(self, refusal: Refusal) -> None:
        """Leads the user to the field with something to correct."""
        with self.lock:
            if refusal.node_id is not None:
                self.select([refusal.node_id])
            self.update(pointed_at=replace(refusal))  # another object, so that it is news

    def go_to(self, finding: Diagnostic) -> None:
        """Leads the user to what a finding is about: an edge, else a node, else the strategy."""
        with self.lock:
            node = None if finding.edge else finding.node_id
            self.select([node] if node else [], [finding.edge] if finding.edge else [])
            self.update(gone_to=replace(finding))  # another object, so that it is news

    def saved(self, path: Path, notice: str) -> None:
        """Notes that the present strategy is in a file now."""
        self.update(saved=self.graph, path=path, failure=None, notice=notice)

    # Slow work and messages.

    def choose_model(self, model: str) -> None:
        """Sets who generates code."""
        self.update(model=model)

    def begin(self, kind: JobKind) -> bool:
        """Starts a job; False, with a notice, if another one is going on."""
        with self.lock:
            if self._snapshot.job is not None:
                self.update(notice="Something is running already. Cancel it first.")
                return False
            self.update(job=Job(kind), failure=None, notice="")
            return True

    def progress(self, **changes: object) -> None:
        """Shows how far the present job is."""
        with self.lock:
            if self._snapshot.job is not None:
                job = replace(self._snapshot.job, **changes)  # type: ignore[arg-type]  # as above
                self.update(job=job)

    def end(self, notice: str = "") -> None:
        """Ends the present job."""
        self.update(job=None, notice=notice)

    def report(self, error: Exception) -> None:
        """Shows an error in the panel; one that nobody foresaw is logged in full too."""
        if not isinstance(error, StratCraftError):
            logger.error("Unexpected error in the strategy builder", exc_info=error)
        self.update(failure=as_failure(error), notice="")  # what went well before is old news

    def dismiss(self) -> None:
        """Takes the last error and notice off the panel."""
        self.update(failure=None, notice="")


def _waits(refusal: Refusal, graph: StrategyGraph) -> bool:
    """Whether the refused value still stands in the field: nothing else was set there since."""
    try:
        return graph_value(graph, refusal.place) == refusal.kept
    except UnknownNameError:
        return False


def _kept(old: tuple[T, ...], new: Iterable[T]) -> tuple[T, ...]:
    """The new values, as the very same tuple if nothing changed."""
    fresh = tuple(new)
    return old if fresh == old else fresh
