"""The button that has all ticked models write the strategy."""

from typing import Any

from stratcraft_jupyter.widgets.asking import Asking
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.look import Look, show_only_if
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState


class CompareButton:
    """In sight while models are ticked."""

    def __init__(self, state: BuilderState, look: Look, asking: Asking) -> None:
        self.widget: Any = look.button("Compare", "hidden", icon="balance-scale")
        self.widget.on_click(shows_errors(state)(lambda _: asking.ask("compare")))
        state.subscribe(self._show)

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if changed(new, old, "ticked", "job"):
            show_only_if(self.widget, bool(new.ticked))
            count = len(new.ticked)
            what = "1 model" if count == 1 else f"{count} models"
            self.widget.description = f"Compare {what}"
            self.widget.tooltip = f"With the built-in compiler: {', '.join(new.ticked)}"
            self.widget.disabled = new.job is not None
