"""The Generate button, and the code itself where it cannot be put into a cell."""

from typing import Any

from stratcraft_jupyter.generation.result import BUILTIN
from stratcraft_jupyter.widgets.asking import Asking
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.jobs import Jobs
from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState


class GeneratePanel:
    """Turns the strategy into code.

    Attributes:
        button: Starts it.
        code: The code as a block to copy from; out of sight while the code is in a cell.
    """

    def __init__(self, state: BuilderState, look: Look, jobs: Jobs, asking: Asking) -> None:
        def press(_button: object) -> None:
            if state.snapshot.model == BUILTIN:
                jobs.generate()
            else:
                asking.ask()

        self.button: Any = look.button("Generate", "primary", icon="code")
        self.button.on_click(shows_errors(state)(press))
        self.code: Any = look.text("code", "hidden")
        state.subscribe(self._show)

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if changed(new, old, "job", "diagnostics", "model"):
            self.button.disabled = new.job is not None
            self.button.tooltip = _tooltip(new)
        if changed(new, old, "generated"):
            generated = new.generated
            in_panel = generated is not None and generated.cell_id is None
            if generated is not None and in_panel:
                hint = paragraphs("The code, to copy into a cell (a click selects all of it):")
                self.code.value = hint + paragraphs(generated.source, tag="pre")
            show_only_if(self.code, in_panel)


def _tooltip(snapshot: Snapshot) -> str:
    count = len(snapshot.errors)
    if count:
        first = snapshot.errors[0]
        more = f" ({count - 1} more in the list)" if count > 1 else ""
        return f"Correct this first: {first.message} {first.hint}".rstrip() + more
    if snapshot.model != BUILTIN:
        return f"Show what would be sent to {snapshot.model}, and what it costs"
    return "Write the strategy as Backtrader code, in a new cell below"
