"""The ``models`` command: the models on offer, what is known of each, and what is missing."""

import argparse
import asyncio
from typing import Any

from stratcraft_jupyter.cli.hints import for_command_line
from stratcraft_jupyter.cli.output import say, write_json
from stratcraft_jupyter.cli.settings import tell_unused_addresses
from stratcraft_jupyter.errors import UnknownNameError
from stratcraft_jupyter.providers.base import ModelInfo
from stratcraft_jupyter.providers.cost import Price, shown_price
from stratcraft_jupyter.providers.models import ModelList, list_models, price_for
from stratcraft_jupyter.providers.preferences import Preferences, load_preferences
from stratcraft_jupyter.providers.registry import provider_names


def models(options: argparse.Namespace) -> int:
    """Prints the models of one provider, or of all; 1 if the one named could not be asked."""
    names = provider_names()
    if options.provider is not None:
        if options.provider not in names:
            raise UnknownNameError("provider", options.provider, names)
        names = (options.provider,)
    tell_unused_addresses(names)
    preferences = load_preferences()
    lists = asyncio.run(_ask(names, preferences))
    if options.json:
        write_json(options.json, {"providers": [_as_json(item, preferences) for item in lists]})
    if options.provider is None:
        say("builtin: the built-in compiler; works offline and costs nothing", options)
    for item in lists:
        _print(item, preferences, options)
    return 1 if options.provider is not None and lists[0].problem else 0


async def _ask(names: tuple[str, ...], preferences: Preferences) -> list[ModelList]:
    return list(await asyncio.gather(*(list_models(name, preferences) for name in names)))


def _print(item: ModelList, preferences: Preferences, options: argparse.Namespace) -> None:
    say("", options)
    title = f"{item.provider}: {len(item.models)} models"
    if item.is_fallback and item.models:
        title = f"{item.provider}: our short list of {item.fetched_at:%Y-%m-%d}"
    say(title, options)
    if item.problem:
        say(f"  {item.problem.message} {for_command_line(item.problem.hint)}", options)
    for model in item.models:
        name = _plain(f"{item.provider}:{model.id}")
        price = shown_price(price_for(item.provider, model.id, preferences))
        say(f"  {name:40} {', '.join([*_facts(model), price])}", options)


def _facts(model: ModelInfo) -> list[str]:
    facts = []
    if model.context_tokens:
        facts.append(f"context {model.context_tokens:,}")
    if model.max_output_tokens:
        facts.append(f"output {model.max_output_tokens:,}")
    if model.reasoning_efforts:
        facts.append(f"reasoning {'/'.join(model.reasoning_efforts)}")
    if model.retires_on:
        facts.append(f"retires on {model.retires_on}")
    return facts


def _plain(text: str) -> str:
    """A name from a server, without what would steer a terminal."""
    return "".join(character if character.isprintable() else "?" for character in text)


def _as_json(item: ModelList, preferences: Preferences) -> dict[str, Any]:
    problem = item.problem
    return {
        "provider": item.provider,
        "is_fallback": item.is_fallback,
        "fetched_at": item.fetched_at.isoformat(),
        "problem": problem
        and {"code": problem.code, "message": problem.message, "hint": problem.hint},
        "models": [
            {
                "id": model.id,
                "title": model.title,
                "context_tokens": model.context_tokens,
                "max_output_tokens": model.max_output_tokens,
                "reasoning_efforts": list(model.reasoning_efforts),
                "retires_on": model.retires_on and model.retires_on.isoformat(),
                "price": _price_json(price_for(item.provider, model.id, preferences)),
            }
            for model in item.models
        ],
    }


def _price_json(price: Price | None) -> dict[str, str] | None:
    """In USD per million tokens, as text: JSON numbers are binary fractions."""
    if price is None:
        return None
    names = ("input", "output", "cached_input", "cache_write", "reasoning", "request")
    return {name: f"{getattr(price, name):f}" for name in names}
