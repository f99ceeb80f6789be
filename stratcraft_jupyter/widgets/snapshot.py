"""What the builder shows at one moment, as frozen values. No behaviour here."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from stratcraft_jupyter.backtest import BacktestResult
from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.errors import GraphInvalidError, StratCraftError
from stratcraft_jupyter.graph import History, StrategyGraph
from stratcraft_jupyter.market import Bars
from stratcraft_jupyter.notebook import CellStamp

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


def changed(new: Snapshot, old: Snapshot, *names: str) -> bool:
    """Whether one of these parts changed, or the view is being shown for the first time."""
    return new is old or any(getattr(new, name) is not getattr(old, name) for name in names)
