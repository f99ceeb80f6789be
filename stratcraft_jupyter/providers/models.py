"""The models on offer: asked of each provider at run time, with what is known of each."""

import asyncio
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from typing import Any

from stratcraft_jupyter.providers.base import Connection, Fault, ModelInfo, Provider, ProviderError
from stratcraft_jupyter.providers.cost import Price, look_up, price_of
from stratcraft_jupyter.providers.keys import find_key, missing_key_message
from stratcraft_jupyter.providers.preferences import Preferences, load_preferences
from stratcraft_jupyter.providers.registry import ProviderPluginError, provider_class

_DEADLINE = 20.0
# what servers list beside models that answer with text
_NO_TEXT = re.compile(
    r"(^|[-/._:])(embed|embedding|embeddings|moderation|rerank|reranker|tts|whisper)([-/._:\d]|$)"
)


@dataclass(frozen=True, slots=True)
class ModelList:
    """The models of one provider.

    Attributes:
        provider: The provider's name.
        models: The models; those of our dated short list if the provider could not be asked.
        fetched_at: When the provider was asked; the date of our list if it is that.
        is_fallback: Whether it is our list.
        problem: Why the provider could not be asked.
    """

    provider: str
    models: tuple[ModelInfo, ...]
    fetched_at: datetime
    is_fallback: bool = False
    problem: Fault | None = None


def connection_for(provider_name: str, preferences: Preferences | None = None) -> Connection:
    """How a provider is reached: its key, and the user's settings.

    Reading a keyring may wait for the user; call it in a thread where that matters.

    Args:
        provider_name: The provider's name.
        preferences: The user's settings; read from their file by default.

    Raises:
        UnknownNameError: There is no such provider.
    """
    return _connect(provider_class(provider_name), preferences or load_preferences())[0]


def missing_for(provider_name: str, preferences: Preferences | None = None) -> Fault | None:
    """What has to be set before a provider can be used, or None.

    Raises:
        UnknownNameError: There is no such provider.
    """
    return _connect(provider_class(provider_name), preferences or load_preferences())[1]


async def list_models(
    provider_name: str, preferences: Preferences | None = None, *, timeout: float = _DEADLINE
) -> ModelList:
    """Asks a provider for its models; this is the connection test too.

    Args:
        provider_name: The provider's name.
        preferences: The user's settings; read from their file by default.
        timeout: Seconds to wait for the answer.

    Returns:
        Its models, or our short list and why it could not be asked.

    Raises:
        UnknownNameError: There is no such provider.
    """
    try:
        kind = provider_class(provider_name)
    except ProviderPluginError as error:
        return _fallback(provider_name, Fault("unexpected", error.message, error.hint))
    preferences = preferences or load_preferences()
    connection, missing = await asyncio.to_thread(_connect, kind, preferences)
    if missing:
        return _fallback(provider_name, missing)
    try:
        async with asyncio.timeout(timeout):
            # importing an SDK takes seconds
            provider = await asyncio.to_thread(kind, connection)
            found = await provider.list_models()
    except ProviderError as error:
        return _fallback(provider_name, error.fault)
    except TimeoutError:
        return _fallback(provider_name, _no_answer(kind, timeout))
    except Exception as error:  # noqa: BLE001 - a plugin may raise anything
        return _fallback(provider_name, _broken(kind, error))
    return ModelList(
        provider_name,
        tuple(model_facts(provider_name, info) for info in _unique(found)),
        datetime.now(UTC),
    )


def model_facts(provider_name: str, info: ModelInfo) -> ModelInfo:
    """What is known of a model: what its provider says, completed from what comes with us."""
    ours = next((m for m in fallback_models(provider_name) if m.id == info.id), ModelInfo(info.id))
    listed = look_up(provider_name, info.id)
    return replace(
        info,
        title=info.title or ours.title or listed.title,
        context_tokens=info.context_tokens or ours.context_tokens or listed.context_tokens,
        max_output_tokens=info.max_output_tokens or ours.max_output_tokens,
        reasoning_efforts=info.reasoning_efforts or _efforts(provider_name, info.id),
    )


def price_for(
    provider_name: str, model: str, preferences: Preferences | None = None
) -> Price | None:
    """The price of a model as this user reaches it; None if it is unknown.

    A price the user set goes first. The models of a server at another address than the
    provider's own have no known price, unless the address is in the price list.
    """
    preferences = preferences or load_preferences()
    own = preferences.prices.get(f"{provider_name}:{model}")
    if own:
        return Price.flat(own.input, own.output)
    return price_of(provider_name, model, base_url=preferences.base_urls.get(provider_name, ""))


def fallback_models(provider_name: str) -> tuple[ModelInfo, ...]:
    """Our short list for a provider, as of `fallback_date`; empty if there is none."""
    return tuple(
        ModelInfo(**facts, reasoning_efforts=_efforts(provider_name, facts["id"]), is_fallback=True)
        for facts in _ours()["models"].get(provider_name, ())
    )


def fallback_date() -> date:
    """The day our short list was made."""
    return date.fromisoformat(_ours()["as_of"])


def search_models(models: Iterable[ModelInfo], text: str) -> tuple[ModelInfo, ...]:
    """The models whose id or title holds every word of a text."""
    words = text.lower().split()
    return tuple(
        model for model in models if all(w in f"{model.id} {model.title}".lower() for w in words)
    )


def writes_text(model_id: str) -> bool:
    """Whether a model answers with text, going by its name."""
    return not _NO_TEXT.search(model_id.lower())


def _connect(kind: type[Provider], preferences: Preferences) -> tuple[Connection, Fault | None]:
    """How a provider is reached, and what is missing for that."""
    found = find_key(kind.name, kind.key_variable)
    base_url = preferences.base_urls.get(kind.name, "")
    connection = Connection(found.key, base_url, preferences.proxies.get(kind.name, ""))
    if kind.needs_base_url and not base_url:
        message = f"{kind.title} needs the address of a server."
        hint = "Set the base URL, such as http://localhost:11434/v1."
        return connection, Fault("wrong_base_url", message, hint)
    if kind.needs_key and not found.key:
        return connection, Fault("no_key", *missing_key_message(kind, found.problem))
    return connection, None


def _unique(found: Iterable[ModelInfo]) -> list[ModelInfo]:
    by_id = {info.id: info for info in found if writes_text(info.id)}
    return list(by_id.values())


def _fallback(provider_name: str, problem: Fault) -> ModelList:
    as_of = datetime.combine(fallback_date(), time(), UTC)
    return ModelList(provider_name, fallback_models(provider_name), as_of, True, problem)


def _no_answer(kind: type[Provider], timeout: float) -> Fault:
    message = f"{kind.title} did not list its models within {timeout:g} seconds."
    return Fault("timeout", message, "Check the network and the base URL, then try again.")


def _broken(kind: type[Provider], error: Exception) -> Fault:
    # its text is not quoted: it may hold the key
    message = f"{kind.title} failed with an unexpected {type(error).__name__}."
    return Fault("unexpected", message, "Update the package it comes from, or report this.")


def _efforts(provider_name: str, model_id: str) -> tuple[str, ...]:
    rules = _ours()["reasoning_efforts"].get(provider_name, ())
    found = next((rule for rule in rules if re.match(rule["match"], model_id)), None)
    return tuple(found["levels"]) if found else ()


@cache
def _ours() -> dict[str, Any]:
    text = files("stratcraft_jupyter").joinpath("data", "models.json").read_text("utf-8")
    data: dict[str, Any] = json.loads(text)
    return data
