"""What is known of the chosen model, and how it shall answer."""

from html import escape
from typing import Any

import ipywidgets

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.generation.result import BUILTIN
from stratcraft_jupyter.providers.base import ModelInfo
from stratcraft_jupyter.providers.cost import UNKNOWN, shown_price
from stratcraft_jupyter.widgets import preferring
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.listing import find_info
from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState

_OWN = ("The model's own", "")
_BUILTIN_FACTS = (
    "The built-in compiler works offline, needs no key, costs nothing, and writes the same code "
    "for the same strategy every time."
)


class ModelFacts:
    """Facts of the present model, and what can be set for it."""

    def __init__(self, state: BuilderState, look: Look) -> None:
        self._state = state
        self._is_showing = False
        self._facts = look.text("model-facts")
        self._tick: Any = look.make(
            ipywidgets.Checkbox, "check", description="Compare", indent=False
        )
        self._favourite: Any = look.make(
            ipywidgets.Checkbox, "check", description="Favourite", indent=False
        )
        self._effort: Any = look.make(
            ipywidgets.Dropdown, "input", description="Reasoning effort", options=(_OWN,)
        )
        self._limit: Any = look.make(
            ipywidgets.Text,
            "input",
            description="Output limit, tokens",
            continuous_update=False,
        )
        self._said = look.text("field-error", "hidden")
        self._watch()
        ticks = look.box(self._tick, self._favourite, css="row")
        self._options = look.box(ticks, self._effort, self._limit, self._said, css="form")
        self.widget: Any = look.box(self._facts, self._options, css="form")
        state.subscribe(self._show)

    def _watch(self) -> None:
        """Passes on what is set."""
        for control, act in (
            (self._tick, preferring.set_ticked),
            (self._favourite, preferring.set_favourite),
            (self._effort, preferring.set_effort),
            (self._limit, preferring.set_output_limit),
        ):
            control.observe(shows_errors(self._state)(self._setter(act)), "value")

    def _setter(self, act: Any) -> Any:
        def changed_by_user(change: Any) -> None:
            if self._is_showing:
                return
            try:
                act(self._state, self._state.snapshot.model, change["new"])
            except StratCraftError as error:
                self._say(str(error))
            else:
                self._say("")

        return changed_by_user

    def _say(self, said: str) -> None:
        self._said.value = f'<div role="alert">{paragraphs(said)}</div>' if said else ""
        show_only_if(self._said, bool(said))

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if not changed(new, old, "model", "listings", "ticked", "preferences"):
            return
        model = new.model
        show_only_if(self._options, model != BUILTIN)
        if model == BUILTIN:
            self._facts.value = paragraphs(_BUILTIN_FACTS)
            return
        info = find_info(new.listings, model) or ModelInfo(model.partition(":")[2])
        self._facts.value = facts_html(info, model, new)
        self._is_showing = True
        try:
            self._show_options(info, model, new)
        finally:
            self._is_showing = False
        if changed(new, old, "model"):
            self._say("")

    def _show_options(self, info: ModelInfo, model: str, new: Snapshot) -> None:
        preferences = new.preferences
        self._tick.value = model in new.ticked
        self._favourite.value = model in preferences.favourites
        effort = preferences.efforts.get(model, "")
        levels = tuple(dict.fromkeys((*info.reasoning_efforts, *([effort] if effort else ()))))
        with self._effort.hold_sync():
            self._effort.options = (_OWN, *((level, level) for level in levels))
            self._effort.value = effort
        show_only_if(self._effort, bool(levels))
        limit = preferences.output_limits.get(model)
        self._limit.value = f"{limit:,}" if limit else ""
        known = info.max_output_tokens
        self._limit.placeholder = f"at most {known:,}" if known else "the usual"


def facts_html(info: ModelInfo, model: str, snapshot: Snapshot) -> str:
    """What is known of a model, as a small table; what is not known is said so."""
    provider = model.partition(":")[0]
    listing = snapshot.listings.get(provider)
    price = listing.prices.get(info.id) if listing else None
    rows = {
        "Context": _tokens(info.context_tokens),
        "Longest answer": _tokens(info.max_output_tokens),
        "Reasoning": ", ".join(info.reasoning_efforts) or "no levels known",
        "Retires on": f"{info.retires_on}" if info.retires_on else "no date known",
        "Price": shown_price(price) if price else UNKNOWN,
    }
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td></tr>'
        for name, value in rows.items()
    )
    title = f"<h4>{escape(info.title or info.id)}</h4>"
    return f"{title}{paragraphs(model)}<table><tbody>{body}</tbody></table>"


def _tokens(count: int | None) -> str:
    return f"{count:,} tokens" if count else "not known"
