"""Where the results of the last backtest are shown, with what the user should know about them."""

from typing import Any

from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.results import ResultsView
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState


class ResultsArea:
    """Shows the last outcome, in the figures of the one before."""

    def __init__(self, state: BuilderState, look: Look) -> None:
        self._notes = look.text("warnings", "hidden")
        self._view: Any = None
        self.widget: Any = look.box(self._notes, css="results")
        state.subscribe(self._show)

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if not changed(new, old, "outcome") or new.outcome is None:
            return
        notes = new.outcome.notes
        self._notes.value = paragraphs(*notes)
        show_only_if(self._notes, bool(notes))
        if self._view is not None:
            self._view.update(new.outcome.result, new.outcome.bars)
            return
        self._view = ResultsView(new.outcome.result, new.outcome.bars)
        self.widget.children = (self._notes, self._view)
