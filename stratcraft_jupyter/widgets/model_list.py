"""The list of a provider's models, with a search: what is highlighted writes the code."""

from collections.abc import Sequence
from typing import Any

import ipywidgets

from stratcraft_jupyter.providers.base import ModelInfo
from stratcraft_jupyter.providers.models import ModelList, search_models
from stratcraft_jupyter.providers.registry import provider_class
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.look import Look, paragraphs
from stratcraft_jupyter.widgets.model_values import Listing
from stratcraft_jupyter.widgets.preferring import choose_model
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState

_MOST = 300
_FAVOURITE, _TICKED = "★", "✓"


class ModelChooser:
    """All models of one provider, favourites first.

    Attributes:
        provider: The provider whose models are shown; empty before one is chosen.
    """

    def __init__(self, state: BuilderState, look: Look) -> None:
        self.provider = ""
        self._state = state
        self._is_showing = False
        boundary = shows_errors(state)
        self._search: Any = look.make(
            ipywidgets.Text,
            "input",
            description="Search",
            placeholder="Part of a model's name",
            continuous_update=True,
        )
        self._search.observe(boundary(lambda _: self._fill(state.snapshot)), "value")
        self._list: Any = look.make(
            ipywidgets.Select, "input", "model-list", description="Models", options=(), rows=9
        )
        self._list.observe(boundary(self._chosen), "value")
        self._note = look.text("hint")
        self.widget: Any = look.box(self._search, self._list, self._note, css="form")
        state.subscribe(self._show)

    def show_provider(self, provider: str) -> None:
        """Shows the models of this provider."""
        self.provider = provider
        self._fill(self._state.snapshot)

    def _chosen(self, change: Any) -> None:
        if not self._is_showing and change["new"]:
            choose_model(self._state, change["new"])

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if self.provider and changed(new, old, "listings", "model", "ticked", "preferences"):
            self._fill(new)

    def _fill(self, snapshot: Snapshot) -> None:
        listing = snapshot.listings.get(self.provider, Listing(self.provider))
        options = _options(self.provider, listing.listed, self._search.value.strip(), snapshot)
        models = [model for _, model in options]
        self._is_showing = True  # new options select the first one for a moment
        try:
            with self._list.hold_sync():
                if self._list.options != options:
                    self._list.options = options
                self._list.value = snapshot.model if snapshot.model in models else None
        finally:
            self._is_showing = False
        told = paragraphs(*_note(listing, len(options)))
        self._note.value = f'<div role="status">{told}</div>'


def _options(
    provider: str, listed: ModelList | None, text: str, snapshot: Snapshot
) -> tuple[tuple[str, str], ...]:
    """What the list offers; a name that nobody listed can be taken as typed."""
    favourites = snapshot.preferences.favourites
    models: Sequence[ModelInfo] = listed.models if listed else ()
    found = search_models(models, text)
    named = {f"{provider}:{info.id}": info for info in found}
    first = [model for model in favourites if model in named]
    order = [*first, *(model for model in named if model not in first)][:_MOST]
    options = [(_title(named[model], model, snapshot), model) for model in order]
    if text and " " not in text and not any(info.id == text for info in models):
        options.append((f"{text} (as typed)", f"{provider}:{text}"))
    return tuple(options)


def _title(info: ModelInfo, model: str, snapshot: Snapshot) -> str:
    marks = (
        _FAVOURITE if model in snapshot.preferences.favourites else "",
        _TICKED if model in snapshot.ticked else "",
        info.id,
        f"({info.title})" if info.title and info.title != info.id else "",
    )
    return " ".join(mark for mark in marks if mark)


def _note(listing: Listing, shown: int) -> tuple[str, ...]:
    """Where the list comes from."""
    listed = listing.listed
    if listing.is_asking:
        return ("Asking for the models …",)
    if listed is None:
        return ("The models could not be listed.",)
    count = len(listed.models)
    models = "1 model" if count == 1 else f"{count:,} models"
    part = f", {shown} shown" if shown < count else ""
    if not listed.is_fallback:
        when = f"{listed.fetched_at.astimezone():%H:%M}"
        return (f"{models}{part}, listed by {_who(listing)} at {when}.",)
    problem = listed.problem
    # a missing key is told beside the field for it
    why = (problem.message, problem.hint) if problem and problem.code != "no_key" else ()
    ours = (
        f"This is our own short list of {listed.fetched_at.date()}; names may have changed."
        if count
        else "Type a model's name above to use it."
    )
    return (*why, ours)


def _who(listing: Listing) -> str:
    return provider_class(listing.provider).title
