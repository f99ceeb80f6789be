"""What the builder shows at one moment, as frozen values. No behaviour here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from stratcraft_jupyter.backtest import BacktestResult
from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.errors import GraphInvalidError, StratCraftError
from stratcraft_jupyter.graph import BacktestSettings, History, StrategyGraph, active_part
from stratcraft_jupyter.market import Bars
from stratcraft_jupyter.notebook import CellStamp
from stratcraft_jupyter.providers.preferences import Preferences
from stratcraft_jupyter.widgets.model_values import (
    Comparison,
    Costs,
    Listing,
    Live,
    Proposal,
    Question,
)
from stratcraft_jupyter.widgets.refusal import Refusal
from stratcraft_jupyter.widgets.verified import Verified

JobKind = Literal["generate", "compare", "run"]


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
        money: Whether money was spent, if a model was asked.
    """

    message: str
    hint: str = ""
    line: int | None = None
    money: str = ""


@dataclass(frozen=True)
class Generated:
    """The code that Run runs.

    Attributes:
        source: Its text when it was last seen.
        stamp: Its record: which strategy it was made from, by whom, when.
        cell_id: The notebook cell that holds it; None if it is shown in the panel instead.
        graph: The strategy it was made from; None if an earlier builder made it.
        is_edited: Whether the text was changed by hand.
        is_draft: Whether it is no finished code, so that Run refuses it.
    """

    source: str
    stamp: CellStamp
    cell_id: str | None = None
    graph: StrategyGraph | None = None
    is_edited: bool = False
    is_draft: bool = False

    def is_stale(self, graph: StrategyGraph) -> bool:
        """Whether the strategy has changed since the code was made."""
        if self.graph is None:
            return self.stamp.graph_hash != graph.hash
        return not trades_alike(self.graph, graph)


def trades_alike(one: StrategyGraph, other: StrategyGraph) -> bool:
    """Whether two strategies become code that trades in the same way."""
    return _trading(one) == _trading(other)


def _trading(graph: StrategyGraph) -> object:
    """What of a strategy becomes code that trades: no dates or costs, labels or places."""
    graph = active_part(graph)
    nodes = [(node.id, node.kind, node.params) for node in graph.nodes]
    return nodes, graph.edges, graph.backtest.sizing_percent


@dataclass(frozen=True)
class Outcome:
    """A finished backtest and what it ran on.

    Attributes:
        result: The result.
        bars: The bars that were run.
        code: The code that ran.
        settings: The settings it ran with.
    """

    result: BacktestResult
    bars: Bars
    code: Generated
    settings: BacktestSettings


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
        is_code_lost: Whether the cell with the code was deleted, and none is left.
        job: Slow work that is going on, if any.
        failure: What went wrong last, until the next action.
        notice: What happened last, one sentence.
        outcome: The last backtest.
        run_findings: What that backtest says about the nodes of the present strategy.
        refused: What was typed into fields and waits to be corrected.
        pointed_at: The refusal to lead the user to; a new value each time.
        gone_to: The finding to lead the user to; a new value each time.
        has_front_end: Whether a page with the labextension shows the builder; None while it may
            still say so.
        is_choosing: Whether the user is asked which strategy to open.
        saved: The strategy as last read, written or begun with; None if its file is not there yet.
        path: The file Save writes to.
        preferences: The user's settings for models.
        listings: The models of each provider that was asked.
        ticked: Models to compare.
        notes: What the user adds for models.
        question: What is shown before it is sent; None if nothing waits.
        live: How far each model is, or how it ended.
        proposal: New code beside a cell that was edited by hand.
        comparison: What several models made of a strategy.
        costs: What was spent; None until it is asked for.
        verified: What is known of whether the code does what the strategy says.
        consent: Parts of the boundary that this system cannot enforce, while the user is asked
            whether code of a model may run all the same.
    """

    history: History
    diagnostics: tuple[Diagnostic, ...] = ()
    selected_nodes: tuple[str, ...] = ()
    selected_edges: tuple[str, ...] = ()
    model: str = "builtin"
    generated: Generated | None = None
    is_code_lost: bool = False
    job: Job | None = None
    failure: Failure | None = None
    notice: str = ""
    outcome: Outcome | None = None
    run_findings: tuple[Diagnostic, ...] = ()
    refused: tuple[Refusal, ...] = ()
    pointed_at: Refusal | None = None
    gone_to: Diagnostic | None = None
    has_front_end: bool | None = None
    is_choosing: bool = False
    saved: StrategyGraph | None = None
    path: Path | None = None
    preferences: Preferences = field(default_factory=Preferences)
    listings: Mapping[str, Listing] = field(default_factory=lambda: MappingProxyType({}))
    ticked: tuple[str, ...] = ()
    notes: str = ""
    question: Question | None = None
    live: tuple[Live, ...] = ()
    proposal: Proposal | None = None
    comparison: Comparison | None = None
    costs: Costs | None = None
    verified: Verified | None = None
    consent: tuple[str, ...] = ()

    @property
    def graph(self) -> StrategyGraph:
        """The strategy shown."""
        return self.history.present

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """Findings that stop code generation."""
        return tuple(item for item in self.diagnostics if item.severity == "error")

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """All that is known about the strategy: what its graph says, then what its run said."""
        return self.diagnostics + self.run_findings

    @property
    def has_unsaved_changes(self) -> bool:
        """Whether the strategy differs from what was last saved, read or begun with."""
        return self.saved != self.graph

    def refusal_at(self, place: str) -> Refusal | None:
        """What was typed at a place and refused, if anything was."""
        return next((item for item in self.refused if item.place == place), None)


def as_failure(error: Exception) -> Failure:
    """The error in words for the panel."""
    if isinstance(error, GraphInvalidError):
        errors = [item for item in error.diagnostics if item.severity == "error"]
        count = len(errors)
        return Failure(
            f"No code was written: the strategy has {count} error{'s' if count > 1 else ''}. "
            f"{'First: ' if count > 1 else ''}{errors[0].message}",
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
