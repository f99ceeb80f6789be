"""The model selector: who turns the strategy into code."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import ipywidgets

from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.look import Look
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState


class ModelChoice(NamedTuple):
    """One entry: its id, such as ``"builtin"`` or ``"provider:model"``, and its name on screen."""

    model: str
    title: str


BUILTIN = ModelChoice("builtin", "Built-in compiler")


class ModelSelector:
    """A drop-down of models; the built-in compiler stands first."""

    def __init__(
        self, state: BuilderState, look: Look, choices: Sequence[ModelChoice] = (BUILTIN,)
    ) -> None:
        self._state = state
        self.widget: Any = look.make(
            ipywidgets.Dropdown,
            "models",
            "quiet",
            description="Model",
            options=[(choice.title, choice.model) for choice in choices],
            value=state.snapshot.model,
            tooltip="Who writes the code. The built-in compiler works offline and needs no key.",
        )
        self.widget.observe(shows_errors(state)(self._chosen), "value")
        state.subscribe(self._show)

    def _chosen(self, change: Any) -> None:  # noqa: ANN401 - a traitlets change
        self._state.choose_model(change["new"])

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if changed(new, old, "model"):
            self.widget.value = new.model
