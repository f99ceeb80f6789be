"""A user's settings: models with addresses and budgets, the palette's favourites. No keys."""

import json
import os
import re
import tempfile
import warnings
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PositiveInt,
    StringConstraints,
    ValidationError,
)

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.providers.budget import Budgets
from stratcraft_jupyter.providers.file_lock import locked
from stratcraft_jupyter.providers.places import settings_folder

_T = TypeVar("_T")


class PreferencesError(StratCraftError):
    """A setting that cannot be taken, or settings that cannot be saved."""


class PreferencesWarning(UserWarning):
    """Settings that cannot be read, so that the defaults are used."""


def _plain_url(text: str) -> str:
    # the messages of these do not quote the text: it may hold a password
    parts = urlsplit(text)
    if not text.isascii() or not text.isprintable() or " " in text:
        raise ValueError("an address has no spaces or special characters")
    if parts.scheme not in ("http", "https", "socks5", "socks5h") or not parts.hostname:
        raise ValueError("an address begins with http:// or https://")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError(
            "an address with a password, ? or # is not stored; set HTTPS_PROXY for a proxy "
            "with a password"
        )
    return text.rstrip("/")


def _model_name(text: str) -> str:
    if not re.fullmatch(r"builtin|[\w.-]{1,60}:\S{1,300}", text):
        raise ValueError("a model is written as provider:model")
    return text


def _model_name_or_none(text: str) -> str:
    return text and _model_name(text)


def _amount(value: Decimal) -> Decimal:
    if not value.is_finite() or value < 0:
        raise ValueError("an amount of money is 0 or more")
    return value


def _budgets(value: Budgets) -> Budgets:
    for amount in (value.request, value.day, value.month):
        if amount is not None:
            _amount(amount)
    return value


def _frozen(value: Mapping[str, _T]) -> Mapping[str, _T]:
    return MappingProxyType(dict(value))


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


Amount = Annotated[Decimal, AfterValidator(_amount)]
Url = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_plain_url)]
ModelName = Annotated[str, AfterValidator(_model_name)]
KindName = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}\.[a-z0-9_]{1,40}$")]
Effort = Annotated[str, StringConstraints(pattern=r"^\w{1,20}$")]
_Frozen = (AfterValidator(_frozen), PlainSerializer(dict))


# of fields, as the user knows them
_NAMES = {
    "base_urls": "base URL",
    "proxies": "proxy",
    "favourites": "favourite models",
    "last_model": "chosen model",
    "efforts": "reasoning effort",
    "output_limits": "output limit",
    "prices": "price",
    "budgets": "budget",
    "favourite_kinds": "favourite kinds",
    "recent_kinds": "last used kinds",
}


class OwnPrice(BaseModel):
    """A price that the user set, in USD per million tokens."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    input: Amount
    output: Amount


class Preferences(BaseModel):
    """Settings. Models are written as ``"provider:model"``, kinds as in documents.

    Attributes:
        base_urls: Address of the server, by provider.
        proxies: Address of a proxy, by provider.
        favourites: Models shown first.
        last_model: The model chosen last; empty for none.
        efforts: Reasoning effort chosen last, by model.
        output_limits: Output limit chosen last, by model.
        prices: Prices set by the user, by model.
        budgets: The most that may be spent.
        favourite_kinds: Kinds of nodes that the palette shows first.
        recent_kinds: Kinds that were added last, the latest first.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    schema_version: Literal[1] = 1
    base_urls: Annotated[Mapping[str, Url], *_Frozen] = Field(default_factory=_nothing)
    proxies: Annotated[Mapping[str, Url], *_Frozen] = Field(default_factory=_nothing)
    favourites: tuple[ModelName, ...] = ()
    last_model: Annotated[str, AfterValidator(_model_name_or_none)] = ""
    efforts: Annotated[Mapping[ModelName, Effort], *_Frozen] = Field(default_factory=_nothing)
    output_limits: Annotated[Mapping[ModelName, PositiveInt], *_Frozen] = Field(
        default_factory=_nothing
    )
    prices: Annotated[Mapping[ModelName, OwnPrice], *_Frozen] = Field(default_factory=_nothing)
    budgets: Annotated[Budgets, AfterValidator(_budgets)] = Budgets()
    favourite_kinds: tuple[KindName, ...] = ()
    recent_kinds: tuple[KindName, ...] = ()


def preferences_path() -> Path:
    """The file of the settings; it may not exist yet."""
    return settings_folder() / "preferences.json"


def read_preferences(path: Path | None = None) -> tuple[Preferences, str]:
    """The settings, and why they are only the defaults (empty if they were read)."""
    path = path or preferences_path()
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Preferences(), ""
    except (OSError, UnicodeDecodeError) as error:
        return Preferences(), _unreadable(path, getattr(error, "strerror", None) or "not UTF-8")
    try:
        return Preferences.model_validate_json(text), ""
    except ValidationError as error:
        return Preferences(), _unreadable(path, _reason(error, {}))


def load_preferences(path: Path | None = None) -> Preferences:
    """The settings; a `PreferencesWarning` tells if they are only the defaults."""
    preferences, problem = read_preferences(path)
    if problem:
        warnings.warn(problem, PreferencesWarning, stacklevel=2)
    return preferences


def change_preferences(path: Path | None = None, **changes: Any) -> Preferences:  # noqa: ANN401 - fields of `Preferences`
    """Saves changed settings and gives all of them; see `edit_preferences`.

    Args:
        path: The file; by default the user's own.
        changes: Fields of `Preferences` with their new values.

    Raises:
        PreferencesError: A value cannot be taken, or the file cannot be written.
    """
    try:
        return edit_preferences(lambda _: changes, path)
    except PreferencesError:
        del changes  # a verbose traceback would show it, and with it a password
        raise


def edit_preferences(
    edit: Callable[[Preferences], Mapping[str, Any]], path: Path | None = None
) -> Preferences:
    """Saves settings that are made from those in the file, and gives all of them.

    Nobody else can save in between, so what another process saved stays. A file that cannot be
    read is kept as a copy.

    Args:
        edit: Gives the changed fields of `Preferences`.
        path: The file; by default the user's own.

    Raises:
        PreferencesError: A value cannot be taken, or the file cannot be written.
    """
    path = path or preferences_path()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(path):
            before, problem = read_preferences(path)
            after = _changed(before, edit)
            if isinstance(after, str):
                del edit  # it may hold a password, as above
                raise PreferencesError(
                    f"This setting cannot be saved: {after}.",
                    hint="Correct it and save it again; all settings are as they were.",
                )
            if problem:
                _keep_copy(path)
            text = json.dumps(after.model_dump(mode="json"), indent=2, sort_keys=True)
            _replace(path, f"{text}\n")
    except OSError as error:
        raise PreferencesError(
            f"The settings cannot be saved to {str(path)!r}: {error.strerror or error}.",
            hint="Set STRATCRAFT_HOME to a folder that you may write to.",
        ) from None
    return after


def _changed(
    before: Preferences, edit: Callable[[Preferences], Mapping[str, Any]]
) -> Preferences | str:
    """The changed settings, or why there are none."""
    try:
        return Preferences.model_validate(before.model_dump() | dict(edit(before)))
    except ValidationError as error:
        return _reason(error, _NAMES)


def _keep_copy(path: Path) -> None:
    number = 1
    while (copy := path.with_name(f"{path.stem}.broken-{number}.json")).exists():
        number += 1
    path.replace(copy)


def _replace(path: Path, text: str) -> None:
    """Writes a file so that a reader sees the old one or the new one, whole."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _reason(error: ValidationError, names: Mapping[str, str]) -> str:
    """What is wrong, without quoting values; ``names`` says how fields are called."""
    first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    # names of fields; a key of a mapping could be anything
    place = names.get(str(first["loc"][0]), str(first["loc"][0])) if first["loc"] else ""
    text = first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        text = "there is no such setting"
    return f"{place}: {text}" if place else text


def _unreadable(path: Path, reason: str) -> str:
    return (
        f"The settings in {str(path)!r} cannot be read ({reason}). The defaults are used, so no "
        "budget applies. Correct the file or delete it."
    )
