"""What a user can set: kept in the settings file, shown by all. No widgets."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.generation.result import BUILTIN
from stratcraft_jupyter.providers.budget import Budgets
from stratcraft_jupyter.providers.preferences import (
    Preferences,
    PreferencesError,
    edit_preferences,
    read_preferences,
)
from stratcraft_jupyter.widgets.state import BuilderState

T = TypeVar("T")
RECENT_KINDS = 5
"""How many kinds the palette remembers."""


def choose_model(state: BuilderState, model: str) -> None:
    """Sets who writes the code, and remembers it."""
    with state.lock:
        state.choose_model(model)
        if model not in (BUILTIN, state.snapshot.preferences.last_model):
            _change(state, lambda _: {"last_model": model})


def set_ticked(state: BuilderState, model: str, is_ticked: bool) -> None:
    """Takes a model into the comparison, or out of it."""
    with state.lock:
        others = tuple(name for name in state.snapshot.ticked if name != model)
        state.update(ticked=(*others, model) if is_ticked else others)


def set_favourite(state: BuilderState, model: str, is_favourite: bool) -> None:
    """Puts a model first in every list, or back to its place."""
    _change(
        state, lambda now: {"favourites": _listed(now.favourites, model, is_listed=is_favourite)}
    )


def set_favourite_kind(state: BuilderState, kind: str, is_favourite: bool) -> None:
    """Puts a kind of node on top of the palette, or takes it away from there."""
    _change(
        state,
        lambda now: {"favourite_kinds": _listed(now.favourite_kinds, kind, is_listed=is_favourite)},
    )


def note_use(state: BuilderState, kind: str) -> None:
    """Remembers that a kind of node was added: the palette shows the last ones."""
    before = state.snapshot.preferences
    recent = _with_recent(before.recent_kinds, kind)
    if recent == before.recent_kinds:
        return
    try:
        _change(state, lambda now: {"recent_kinds": _with_recent(now.recent_kinds, kind)})
    except PreferencesError:  # adding a node must not fail: remembered until the kernel ends
        state.update(preferences=before.model_copy(update={"recent_kinds": recent}))


def set_effort(state: BuilderState, model: str, effort: str) -> None:
    """Sets how much a model reasons; empty for its own choice."""
    _change(state, lambda now: {"efforts": _with(now.efforts, model, effort or None)})


def set_output_limit(state: BuilderState, model: str, typed: str) -> None:
    """Sets the longest answer of a model, in tokens; empty for the usual.

    Raises:
        StratCraftError: It is no number of tokens.
    """
    text = typed.strip().replace(",", "").replace("_", "")
    if text and not (text.isascii() and text.isdigit() and int(text) > 0):
        raise StratCraftError(
            f"{typed.strip()[:20]!r} is no number of tokens.", hint="Give a whole number above 0."
        )
    limit = int(text) if text else None
    _change(state, lambda now: {"output_limits": _with(now.output_limits, model, limit)})


def set_address(state: BuilderState, name: str, provider: str, typed: str) -> None:
    """Sets ``"base_urls"`` or ``"proxies"`` of a provider; empty for its own.

    Raises:
        PreferencesError: It is no address, or holds a password.
    """
    _change(
        state,
        lambda now: {name: _with(getattr(now, name), provider, typed.strip() or None)},
    )


def set_budget(state: BuilderState, period: str, typed: str) -> None:
    """Sets the budget of ``"request"``, ``"day"`` or ``"month"`` in US dollars; empty for none.

    Raises:
        StratCraftError: It is no amount of money.
    """
    amount = amount_of(typed)
    _change(state, lambda now: {"budgets": _budgets(now.budgets, **{period: amount})})


def allow_unknown_price(state: BuilderState, is_allowed: bool) -> None:
    """Sets whether models of unknown price may be used although a budget is set."""
    _change(
        state,
        lambda now: {"budgets": _budgets(now.budgets, allow_unknown_price=is_allowed)},
    )


def refresh(state: BuilderState) -> Preferences:
    """The settings as they are in their file now: another builder or a command may have set them.

    Those known last stay while the file cannot be read, so that no budget is lost by it.
    """
    found, problem = read_preferences()
    with state.lock:
        if not problem and found != state.snapshot.preferences:
            state.update(preferences=found)
        return state.snapshot.preferences


def amount_of(typed: str) -> Decimal | None:
    """The amount of money that a text means; None if it is empty.

    Raises:
        StratCraftError: It is none.
    """
    text = typed.strip().removesuffix("USD").strip().removeprefix("$")
    if not text:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0:
        raise StratCraftError(
            f"{typed.strip()[:20]!r} is no amount of money.",
            hint="Give US dollars such as 0.50, or nothing for no limit.",
        )
    return amount


def _budgets(before: Budgets, **changes: Any) -> Budgets:
    names = ("request", "day", "month", "allow_unknown_price")
    return Budgets(**{name: changes.get(name, getattr(before, name)) for name in names})


def _with(values: Mapping[str, T], name: str, value: T | None) -> dict[str, T]:
    others = {key: other for key, other in values.items() if key != name}
    return others if value is None else others | {name: value}


def _listed(names: tuple[str, ...], name: str, *, is_listed: bool) -> tuple[str, ...]:
    others = tuple(other for other in names if other != name)
    return (*others, name) if is_listed else others


def _with_recent(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return (name, *_listed(names, name, is_listed=False)[: RECENT_KINDS - 1])


def _change(state: BuilderState, edit: Callable[[Preferences], Mapping[str, Any]]) -> None:
    """Saves settings; what others saved since this builder read them stays."""
    with state.lock:
        state.update(preferences=edit_preferences(edit))
