"""The strategy builder: puts the parts together and binds them to one state."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import ipywidgets

from stratcraft_jupyter.backtest.job import check_bars
from stratcraft_jupyter.graph import (
    History,
    StrategyGraph,
    describe,
    require_graph,
)
from stratcraft_jupyter.market import Bars
from stratcraft_jupyter.notebook import CellBridge, current_cell_id, stable_builder_id
from stratcraft_jupyter.notebook.messages import Hello
from stratcraft_jupyter.notebook.still import Still, publish, show_still, still_of
from stratcraft_jupyter.providers.preferences import read_preferences
from stratcraft_jupyter.verify import find_never_true
from stratcraft_jupyter.widgets import actions
from stratcraft_jupyter.widgets.asking import preload_models
from stratcraft_jupyter.widgets.chooser import Chooser
from stratcraft_jupyter.widgets.diagnostics import DiagnosticsList
from stratcraft_jupyter.widgets.generate import GeneratePanel
from stratcraft_jupyter.widgets.inspector import Inspector
from stratcraft_jupyter.widgets.jobs import Jobs
from stratcraft_jupyter.widgets.look import Look, css, style_sheet
from stratcraft_jupyter.widgets.models_area import ModelsArea
from stratcraft_jupyter.widgets.opening import Documents
from stratcraft_jupyter.widgets.own_file import look_for_file
from stratcraft_jupyter.widgets.palette import Palette
from stratcraft_jupyter.widgets.recovery import RecoveryKeeper
from stratcraft_jupyter.widgets.recovery_bar import RecoveryBar
from stratcraft_jupyter.widgets.results import preload_charts
from stratcraft_jupyter.widgets.results_area import ResultsArea
from stratcraft_jupyter.widgets.runner import RunPanel
from stratcraft_jupyter.widgets.saving import save
from stratcraft_jupyter.widgets.settings import SettingsForm
from stratcraft_jupyter.widgets.snapshot import Failure, Snapshot, changed
from stratcraft_jupyter.widgets.stage import preload_canvas
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.status import StatusLine
from stratcraft_jupyter.widgets.toolbar import Toolbar
from stratcraft_jupyter.widgets.views import Views

_RUN_TO_SHOW = "Run this cell to show the strategy builder."
"""What stands where the builder cannot be shown; the labextension looks for it."""
_HELLO_LIMIT = 1.5  # seconds for the page to say that it has our editor


class StrategyBuilder(ipywidgets.VBox):  # type: ignore[misc]  # ipywidgets ships no types
    """A widget to design a strategy as a graph, get its code, and backtest it.

    Args:
        graph: The strategy to start with, or the file that holds it and that Save writes to;
            None for the one in ``path``, else the user is asked.
        bars: Bars to backtest on; None for those that the strategy's settings name.
        others: Bars of further symbols that the strategy reads, by symbol; those that are not
            here are loaded from where the strategy's own bars are.
        path: The file that Save writes to; it need not exist yet.
        verify: Whether code is held to the strategy, order by order, once it is generated or was
            edited.

    Raises:
        GraphFileError: The file holds no strategy.

    Examples:
        >>> StrategyBuilder(load_template("rsi_mean_reversion"))  # doctest: +SKIP
    """

    def __init__(
        self,
        graph: StrategyGraph | str | Path | None = None,
        *,
        bars: Bars | None = None,
        others: Mapping[str, Bars] | None = None,
        path: str | Path | None = None,
        verify: bool = True,
    ) -> None:
        for given in (bars, *(others or {}).values()):
            if given is not None:
                check_bars(given)
        first = _first_snapshot(graph, Path(path) if path else None)
        builder_id = stable_builder_id()
        self._state = BuilderState(first)
        self._cells = CellBridge(builder_id)
        self._jobs = Jobs(
            self._state,
            self._cells,
            cell_id=current_cell_id(),
            bars=bars,
            others=others,
            preload=_preload,
            find_never_true=find_never_true,
            verifies=verify,
        )
        self._cells.on_cells_changed = self._jobs.look_again
        self._cells.on_error = self._state.report
        self._cells.on_hello = self._greeted
        self._cells.on_use = partial(look_for_file, self._state)
        self._keeper = RecoveryKeeper(self._state, builder_id)
        self._still = Still(
            builder_id,
            lambda: still_of(self.graph, builder_id, in_plain_text(self.graph)),
            self._show_still,
        )
        documents = Documents(self._state, self._keeper)
        look = Look()
        self._models = ModelsArea(self._state, look, self._jobs)
        super().__init__(
            _parts(self._state, self._jobs, look, bars, self._models, documents),
            _dom_classes=css("Builder", f"id-{builder_id}"),
        )
        self._state.subscribe(self._follow)
        self._jobs.expect_front_end(_HELLO_LIMIT)

    @property
    def graph(self) -> StrategyGraph:
        """The strategy; setting it is an edit that undo takes back."""
        return self._state.graph

    @graph.setter
    def graph(self, graph: StrategyGraph) -> None:
        actions.replace_graph(self._state, require_graph(graph))
        self._state.update(is_choosing=False)

    def save(self, path: str | Path | None = None, *, overwrite: bool = False) -> None:
        """Writes the strategy to a file, which Save uses from then on.

        Args:
            path: The file; None for the one the builder was given.
            overwrite: Whether to replace a file that is another one, or that was changed by
                somebody else.

        Raises:
            GraphFileError: There is no file to write to, or it would be overwritten.
        """
        save(self._state, Path(path) if path else None, overwrite=overwrite)

    def close(self) -> None:
        """Ends the builder: its widgets, its connection to the page, a run that is going on."""
        if self.comm is not None:  # ipywidgets calls this again, and after a failed constructor
            self._still.close()
            self._keeper.close()
            self._jobs.close()
            self._cells.close()
        super().close()

    def _greeted(self, _hello: Hello) -> None:
        """A page with the labextension shows the builder."""
        self._state.update(has_front_end=True)
        look_for_file(self._state)
        self._jobs.look_again()

    def _follow(self, new: Snapshot, old: Snapshot) -> None:
        """Keeps the whole in step: what the chooser hides, and the picture for later readers."""
        if changed(new, old, "is_choosing"):
            (self.add_class if new.is_choosing else self.remove_class)(css("choosing")[0])
        if new is not old and changed(new, old, "history"):
            self._still.refresh()

    def _show_still(self, bundle: dict[str, Any]) -> bool:
        """Asks the page to show a new picture; False if no page with our extension is there."""
        cell_id = self._jobs.cell_id
        if cell_id is None or not self._cells.is_connected:
            return False
        self._jobs.work.in_background(lambda: show_still(self._cells, cell_id, bundle))
        return True

    def _ipython_display_(self, **kwargs: Any) -> None:
        """Shows the builder, and for readers without a kernel a picture that follows it."""
        publish(self._repr_mimebundle_(**kwargs))
        self._still.show()

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        """What a cell shows: the widget, and what to do where there are no widgets.

        The strategy in words is with the picture: this output cannot follow an edit.
        """
        self._jobs.cell_id = current_cell_id() or self._jobs.cell_id
        self._jobs.prepare()
        bundle: dict[str, Any] = super()._repr_mimebundle_(**kwargs) or {}
        return {**bundle, "text/plain": _RUN_TO_SHOW}


def in_plain_text(graph: StrategyGraph) -> str:
    """The strategy as numbered sentences."""
    sentences = describe(graph) or ("No entry yet.",)
    numbered = [f"{number}. {text}" for number, text in enumerate(sentences, 1)]
    return "\n".join([graph.name, *numbered])


def _preload() -> None:
    """Imports what is needed soon, in the order in which it is."""
    preload_canvas()
    preload_charts()
    preload_models()


def _first_snapshot(graph: StrategyGraph | str | Path | None, path: Path | None) -> Snapshot:
    if isinstance(graph, str | Path):
        path = path or Path(graph)
        graph = StrategyGraph.load(graph)
    path = path.expanduser().absolute() if path else None  # the kernel's folder may change
    in_file = StrategyGraph.load(path) if path is not None and path.exists() else None
    if graph is not None:
        require_graph(graph)
    start = graph or in_file
    preferences, problem = read_preferences()
    return Snapshot(
        History(start or StrategyGraph.model_validate({})),
        saved=in_file,
        path=path,
        is_choosing=start is None,
        preferences=preferences,
        failure=Failure(problem) if problem else None,
    )


def _parts(
    state: BuilderState,
    jobs: Jobs,
    look: Look,
    bars: Bars | None,
    models: ModelsArea,
    documents: Documents,
) -> tuple[Any, ...]:
    """The builder from top to bottom."""
    generate = GeneratePanel(state, look, jobs, models.asking)
    run = RunPanel(state, look, jobs)
    toolbar = Toolbar(state, look)
    makers = look.box(*models.controls, generate.button, run.button, css="row")
    bar = look.box(toolbar.widget, makers, toolbar.files, toolbar.saving, css="toolbar")
    status = StatusLine(state, look)
    # right below the buttons, so that what they do is seen where they are pressed
    news = look.box(run.target, run.progress, status.notice, status.failure, css="news")
    inspector = Inspector(state, look)
    views = Views(state, look, inspector.focus)
    desk = look.box(Palette(state, look).widget, views.widget, inspector.widget, css="desk")
    views.attach_to(desk)
    settings = SettingsForm(state, look, bars=bars).widget
    results = ResultsArea(state, look).widget
    style = ipywidgets.HTML(f"<style>{style_sheet()}</style>", layout={"display": "none"})
    problems = DiagnosticsList(state, look).widget
    recovery = RecoveryBar(state, look, documents).widget
    chooser = Chooser(state, look, documents).widget
    head = style, chooser, recovery, bar, news, toolbar.comparison
    return *head, *models.widgets, views.toggle, desk, problems, generate.code, settings, results
