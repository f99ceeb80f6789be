"""The builder's state: one observable value that all views show. No widgets, no slow work."""

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from stratcraft_jupyter.backtest import BacktestResult
from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.errors import GraphFileError, GraphInvalidError, StratCraftError
from stratcraft_jupyter.graph import History, StrategyGraph, validate
from stratcraft_jupyter.market import Bars
from stratcraft_jupyter.notebook import CellStamp

logger = logging.getLogger(__name__)

JobKind = Literal["generate", "run"]


@dataclass(frozen=True)
class Job:
    """Slow work that is going on.

    Attributes:
        kind: What was pressed.
        stage: What is being done now, in words.
        fraction: Share that is done, None if unknown.
        elapsed: Seconds since it began.
    """

    kind: JobKind
    stage: str = "Starting"
    fraction: float | None = None
    elapsed: float = 0.0


@dataclass(frozen=True)
class Failure:
    """What went wrong last.

    Attributes:
        message: What happened.
        hint: What to do next.
        line: Line of the strategy's code, from 1, if it happened there.
    """

    message: str
    hint: str = ""
    line: int | None = None


@dataclass(frozen=True)
class Generated:
    """The code that Run runs.

    Attributes:
        source: Its text when it was last seen.
        stamp: Its record: which strategy it was made from, by whom, when.
        cell_id: The notebook cell that holds it; None if it is shown in the panel instead.
        graph: The strategy it was made from; None if an earlier builder made it.
        is_edited: Whether the text was changed by hand.
    """

    source: str
    stamp: CellStamp
    cell_id: str | None = None
    graph: StrategyGraph | None = None
    is_edited: bool = False

    def is_stale(self, graph: StrategyGraph) -> bool:
        """Whether the strategy has changed since the code was made."""
        if self.graph is None:
            return self.stamp.graph_hash != graph.hash
        return _trading(self.graph) != _trading(graph)


def _trading(graph: StrategyGraph) -> object:
    """What of a strategy becomes code that trades: no dates or costs, labels or places."""
    nodes = [(node.id, node.kind, node.params) for node in graph.nodes]
    return nodes, graph.edges, graph.backtest.sizing_percent


@dataclass(frozen=True)
class Outcome:
    """A finished backtest and what it ran on.

    Attributes:
        result: The result.
        bars: The bars that were run.
        notes: What else the user should know, one sentence each.
    """

    result: BacktestResult
    bars: Bars
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Everything the views show, at one moment.

    Attributes:
        history: The strategy with its undo and redo steps.
        diagnostics: Findings about the strategy.
        selected_nodes: Ids of selected nodes.
        selected_edges: Selected edges, as ``"a.x->b.y"``.
        model: Who generates code; ``"builtin"`` is the compiler.
        generated: The code that Run runs, if there is any.
        job: Slow work that is going on, if any.
        failure: What went wrong last, until the next action.
        notice: What happened last, one sentence.
        outcome: The last backtest.
        has_front_end: Whether a page with the labextension shows the builder; None while it may
            still say so.
        saved: The strategy as last read from or written to ``path``.
        path: The file Save writes to.
    """

    history: History
    diagnostics: tuple[Diagnostic, ...] = ()
    selected_nodes: tuple[str, ...] = ()
    selected_edges: tuple[str, ...] = ()
    model: str = "builtin"
    generated: Generated | None = None
    job: Job | None = None
    failure: Failure | None = None
    notice: str = ""
    outcome: Outcome | None = None
    has_front_end: bool | None = None
    saved: StrategyGraph | None = None
    path: Path | None = None

    @property
    def graph(self) -> StrategyGraph:
        """The strategy shown."""
        return self.history.present

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """Findings that stop code generation."""
        return tuple(item for item in self.diagnostics if item.severity == "error")

    @property
    def has_unsaved_changes(self) -> bool:
        """Whether the strategy differs from its file."""
        return self.path is not None and self.saved != self.graph


Listener = Callable[[Snapshot, Snapshot], None]


class BuilderState:
    """Holds the present snapshot, replaces it, and tells those who listen.

    Callbacks of widgets may come from another thread than slow work. One lock orders all changes;
    listeners are called one change at a time, in order, so every view sees the same sequence.

    Attributes:
        lock: Held while a change is made and shown, and by callbacks of widgets.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = replace(snapshot, diagnostics=validate(snapshot.graph))
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

    def save(self, path: Path | None = None) -> None:
        """Writes the strategy to ``path``, or to the file it belongs to.

        Raises:
            GraphFileError: There is no path, the file cannot be written, or somebody else has
                changed it meanwhile.
        """
        with self.lock:
            target = path or self._snapshot.path
            if target is None:
                raise GraphFileError(
                    "This strategy has no file yet.", hint="Give one: builder.save(path)."
                )
            own = target == self._snapshot.path
            if own and target.exists() and StrategyGraph.load(target) != self._snapshot.saved:
                raise GraphFileError(
                    f"{target.name} was changed by somebody else and was not overwritten.",
                    hint="Save under another name: builder.save(path).",
                )
            graph = self.graph
            graph.save(target)
            self.update(saved=graph, path=target, failure=None, notice=f"Saved to {target.name}.")

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
        self.update(failure=as_failure(error))

    def dismiss(self) -> None:
        """Takes the last error and notice off the panel."""
        self.update(failure=None, notice="")


def as_failure(error: Exception) -> Failure:
    """The error in words for the panel."""
    if isinstance(error, GraphInvalidError):
        count = sum(item.severity == "error" for item in error.diagnostics)
        return Failure(
            f"No code was written: the strategy has {count} error{'s' if count > 1 else ''}.",
            "The first one is selected; all are in the list of problems.",
        )
    if isinstance(error, StratCraftError):
        return Failure(error.message, error.hint, getattr(error, "line", None))
    return Failure(
        f"Something went wrong inside StratCraft: {type(error).__name__}: {error}",
        "Undo the last step and try again; if it stays, please report it with the kernel's log.",
    )


def _kept(old: tuple[str, ...], new: Iterable[str]) -> tuple[str, ...]:
    """The new names, as the very same tuple if nothing changed."""
    fresh = tuple(new)
    return old if fresh == old else fresh


def changed(new: Snapshot, old: Snapshot, *names: str) -> bool:
    """Whether one of these parts changed, or the view is being shown for the first time."""
    return new is old or any(getattr(new, name) is not getattr(old, name) for name in names)
