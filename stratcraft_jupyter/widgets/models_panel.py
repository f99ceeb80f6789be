"""The panel with all models: choose a provider and a model, set them up."""

from typing import Any

import ipywidgets

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.generation.result import BUILTIN
from stratcraft_jupyter.providers.registry import provider_class, provider_names
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.connection_form import ConnectionForm
from stratcraft_jupyter.widgets.listing import ModelListing
from stratcraft_jupyter.widgets.look import Look, is_shown, show_only_if
from stratcraft_jupyter.widgets.model_facts import ModelFacts
from stratcraft_jupyter.widgets.model_list import ModelChooser
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState


class ModelsPanel:
    """Opens below the toolbar; before that nothing of it is made, and nobody is asked.

    Attributes:
        button: Opens and closes it.
        widget: The panel.
    """

    def __init__(self, state: BuilderState, look: Look, listing: ModelListing) -> None:
        self._state = state
        self._look = look
        self._listing = listing
        self._content: _Content | None = None
        self.button: Any = look.button(
            "Models", icon="sliders", tooltip="All models, their facts, keys and addresses"
        )
        self.button.on_click(shows_errors(state)(lambda _: self._fold()))
        self.widget: Any = look.box(css="models-panel hidden")

    def _fold(self) -> None:
        if self._content is None:
            self._content = _Content(self._state, self._look, self._listing)
            self.widget.children = self._content.widgets
        show_only_if(self.widget, not is_shown(self.widget))


class _Content:
    """Provider and models, facts, connection, from left to right."""

    def __init__(self, state: BuilderState, look: Look, listing: ModelListing) -> None:
        self._listing = listing
        self._chooser = ModelChooser(state, look)
        self._form = ConnectionForm(state, look, listing)
        names = provider_names()
        wanted = _provider_of(state.snapshot)
        boundary = shows_errors(state)
        self._provider: Any = look.make(
            ipywidgets.Dropdown,
            "input",
            description="Provider",
            options=[(_title(name), name) for name in names],
            value=wanted if wanted in names else next(iter(names), None),
        )
        self._provider.observe(boundary(lambda change: self._show_provider(change["new"])), "value")
        again = look.button("", "reset", icon="refresh", tooltip="List the models again")
        again.on_click(boundary(lambda _: listing.ask(self._provider.value)))
        provider = look.box(self._provider, again, css="field")
        left = look.box(provider, self._chooser.widget, css="form")
        self.widgets = (left, ModelFacts(state, look).widget, self._form.widget)
        self._show_provider(self._provider.value)
        state.subscribe(self._show)

    def _show_provider(self, name: str | None) -> None:
        if name:
            self._chooser.show_provider(name)
            self._form.show_provider(name)
            self._listing.look(name)

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        wanted = _provider_of(new)
        is_chosen = new is not old and changed(new, old, "model") and new.model != BUILTIN
        if is_chosen and wanted in provider_names():
            self._provider.value = wanted


def _provider_of(snapshot: Snapshot) -> str:
    """The provider of the present model, else of the one chosen last."""
    model = snapshot.model if snapshot.model != BUILTIN else snapshot.preferences.last_model
    return model.partition(":")[0]


def _title(name: str) -> str:
    try:
        return provider_class(name).title
    except StratCraftError:
        return f"{name} (cannot be used)"
