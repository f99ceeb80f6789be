"""Where the results of the last backtest are shown, marked once they are of an older strategy."""

from typing import Any

from stratcraft_jupyter.widgets.look import Look, css, paragraphs, show_only_if
from stratcraft_jupyter.widgets.results import ResultsView
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState

_OLD = css("old")[0]


class ResultsArea:
    """Shows the last outcome, in the figures of the one before."""

    def __init__(self, state: BuilderState, look: Look) -> None:
        self._age = look.text("warnings", "hidden")
        self._view: Any = None
        self.widget: Any = look.box(self._age, css="results")
        state.subscribe(self._show)

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if new.outcome is None:
            return
        if changed(new, old, "outcome"):
            self._show_outcome(new)
        if changed(new, old, "outcome", "history", "generated"):
            self._show_age(age_in_words(new))

    def _show_outcome(self, new: Snapshot) -> None:
        outcome = new.outcome
        if outcome is None:
            return
        if self._view is not None:
            self._view.update(outcome.result, outcome.bars)
            return
        self._view = ResultsView(outcome.result, outcome.bars)
        self.widget.children = (self._age, self._view)

    def _show_age(self, age: str) -> None:
        said = f'<div role="status">{paragraphs(age)}</div>' if age else ""
        if self._age.value != said:
            self._age.value = said
        show_only_if(self._age, bool(age))
        if bool(age) != (_OLD in self._view._dom_classes):
            (self._view.add_class if age else self._view.remove_class)(_OLD)


def age_in_words(snapshot: Snapshot) -> str:
    """What changed since the run whose results are shown, and what to do; empty if nothing did."""
    outcome, code = snapshot.outcome, snapshot.generated
    if outcome is None:
        return ""
    if outcome.code.is_stale(snapshot.graph):
        is_new = code is not None and not code.is_stale(snapshot.graph)
        todo = "Run again." if is_new else "Generate and run again."
        return f"Results of the strategy before your last change. {todo}"
    if code is not None and code.source != outcome.code.source:
        return "Results of the code before its last change. Run again."
    if outcome.settings != snapshot.graph.backtest:
        return "Results with the settings before your last change. Run again."
    return ""
