"""What a user can set: kept in the settings file, shown by all. No widgets."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.generation.result import BUILTIN
from stratcraft_jupyter.providers.budget import Budgets
from stratcraft_jupyter.providers.preferences import PreferencesError, change_preferences
from stratcraft_jupyter.widgets.state import BuilderState

T = TypeVar("T")
RECENT_KINDS = 8
"""How many kinds the palette remembers."""


def choose_model(state: BuilderState, model: str) -> None:
    """Sets who writes the code, and remembers it."""
    with state.lock:
        state.choose_model(model)
        if model not in (BUILTIN, state.snapshot.preferences.last_model):
            _change(state, last_model=model)


def set_ticked(state: BuilderState, model: str, is_ticked: bool) -> None:
    """Takes a model into the comparison, or out of it."""
    with state.lock:
        others = tuple(name for name in state.snapshot.ticked if name != model)
        state.update(ticked=(*others, model) if is_ticked else others)


def set_favourite(state: BuilderState, model: str, is_favourite: bool) -> None:
    """Puts a model first in every list, or back to its place."""
    others = tuple(name for name in state.snapshot.preferences.favourites if name != model)
    _change(state, favourites=(*others, model) if is_favourite else others)


def set_favourite_kind(state: BuilderState, kind: str, is_favourite: bool) -> None:
    """Puts a kind of node on top of the palette, or takes it away from there."""
    others = tuple(name for name in state.snapshot.preferences.favourite_kinds if name != kind)
    _change(state, favourite_kinds=(*others, kind) if is_favourite else others)


def note_use(state: BuilderState, kind: str) -> None:
    """Remembers that a kind of node was added: the palette shows the last ones."""
    before = state.snapshot.preferences
    others = [name for name in before.recent_kinds if name != kind]
    recent = (kind, *others[: RECENT_KINDS - 1])
    if recent == before.recent_kinds:
        return
    try:
        _change(state, recent_kinds=recent)
    except PreferencesError:  # adding a node must not fail: remembered until the kernel ends
        state.update(preferences=before.model_copy(update={"recent_kinds": recent}))


def set_effort(state: BuilderState, model: str, effort: str) -> None:
    """Sets how much a model reasons; empty for its own choice."""
    _change(state, efforts=_with(state.snapshot.preferences.efforts, model, effort or None))


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
    _change(state, output_limits=_with(state.snapshot.preferences.output_limits, model, limit))


def set_address(state: BuilderState, name: str, provider: str, typed: str) -> None:
    """Sets ``"base_urls"`` or ``"proxies"`` of a provider; empty for its own.

    Raises:
        PreferencesError: It is no address, or holds a password.
    """
    before: Mapping[str, str] = getattr(state.snapshot.preferences, name)
    _change(state, **{name: _with(before, provider, typed.strip() or None)})


def set_budget(state: BuilderState, period: str, typed: str) -> None:
    """Sets the budget of ``"request"``, ``"day"`` or ``"month"`` in US dollars; empty for none.

    Raises:
        StratCraftError: It is no amount of money.
    """
    amount = amount_of(typed)
    before = state.snapshot.preferences.budgets
    _change(state, budgets=_budgets(before, **{period: amount}))


def allow_unknown_price(state: BuilderState, is_allowed: bool) -> None:
    """Sets whether models of unknown price may be used although a budget is set."""
    before = state.snapshot.preferences.budgets
    _change(state, budgets=_budgets(before, allow_unknown_price=is_allowed))


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


def _change(state: BuilderState, **changes: Any) -> None:
    """Saves settings; another kernel's changes of other settings stay."""
    with state.lock:
        state.update(preferences=change_preferences(**changes))
