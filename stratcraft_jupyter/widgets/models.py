"""The model selector: who turns the strategy into code."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import ipywidgets

from stratcraft_jupyter.generation.result import BUILTIN as BUILTIN_MODEL
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.look import Look
from stratcraft_jupyter.widgets.preferring import choose_model
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState


class ModelChoice(NamedTuple):
    """One entry: its id, such as ``"builtin"`` or ``"provider:model"``, and its name on screen."""

    model: str
    title: str


BUILTIN = ModelChoice(BUILTIN_MODEL, "Built-in compiler")


class ModelSelector:
    """A drop-down: the built-in compiler, the present model, the last one, the favourites.

    All models are in the panel that the button beside it opens.
    """

    def __init__(
        self, state: BuilderState, look: Look, choices: Sequence[ModelChoice] = (BUILTIN,)
    ) -> None:
        self._state = state
        self._first = tuple(choices)
        self._is_showing = False
        self.widget: Any = look.make(
            ipywidgets.Dropdown,
            "models",
            "quiet",
            description="Model",
            options=_options(choices, state.snapshot),
            value=state.snapshot.model,
            tooltip="Who writes the code. The built-in compiler works offline and needs no key.",
        )
        self.widget.observe(shows_errors(state)(self._chosen), "value")
        state.subscribe(self._show)

    def _chosen(self, change: Any) -> None:
        if not self._is_showing:
            choose_model(self._state, change["new"])

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if not changed(new, old, "model", "preferences", "ticked"):
            return
        options = _options(self._first, new)
        self._is_showing = True  # new options select the first one for a moment
        try:
            with self.widget.hold_sync():
                if self.widget.options != options:
                    self.widget.options = options
                self.widget.value = new.model
        finally:
            self._is_showing = False


def _options(choices: Sequence[ModelChoice], snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    """Titles and models, each model once."""
    preferences = snapshot.preferences
    named = {choice.model: choice.title for choice in choices}
    more = (snapshot.model, preferences.last_model, *snapshot.ticked, *preferences.favourites)
    for model in more:
        if model:
            named.setdefault(model, model)
    return tuple((title, model) for model, title in named.items())
