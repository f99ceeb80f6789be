"""The ``settings`` command: addresses of servers, prices, and whether a price may be unknown."""

import argparse
import sys
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from stratcraft_jupyter.cli.output import say, write_json
from stratcraft_jupyter.errors import StratCraftError, UnknownNameError
from stratcraft_jupyter.providers.address import unused_variable
from stratcraft_jupyter.providers.budget import Budgets
from stratcraft_jupyter.providers.preferences import (
    Preferences,
    edit_preferences,
    load_preferences,
    read_preferences,
)
from stratcraft_jupyter.providers.registry import provider_names, split_model

_NONE = "none"
_BY_NAME = {"base_urls", "proxies", "efforts", "output_limits", "prices"}
_ADDRESSES = {"base_url": "base_urls", "proxy": "proxies"}

Price: TypeAlias = dict[str, Decimal] | str


def settings(options: argparse.Namespace) -> int:
    """Changes the settings that are given, then prints all that bear on models."""
    now = load_preferences()
    addresses = {field: getattr(options, name) for name, field in _ADDRESSES.items()}
    provider, model = _names(options, addresses)

    def changes(before: Preferences) -> Mapping[str, Any]:
        made: dict[str, Any] = {
            field: _with(getattr(before, field), provider, value)
            for field, value in addresses.items()
            if value is not None
        }
        if options.price is not None:
            made["prices"] = _with(before.prices, model, options.price)
        if options.allow_unknown_price is not None:
            old = before.budgets
            is_allowed = options.allow_unknown_price == "yes"
            made["budgets"] = Budgets(old.request, old.day, old.month, is_allowed)
        return made

    if changes(now):
        now = edit_preferences(changes)
    shown = now.model_dump(mode="json")
    if options.json:
        write_json(options.json, _in_order(shown))
    _print(now, options)
    return 0


def price(text: str) -> Price:
    """A price for input and output in USD per million tokens, or ``"none"``.

    Raises:
        argparse.ArgumentTypeError: It is neither.
    """
    if text == _NONE:
        return text
    try:
        sent, written = (Decimal(part) for part in text.split(","))
    except (InvalidOperation, ValueError):
        sent = written = Decimal("NaN")
    if not (sent.is_finite() and written.is_finite() and min(sent, written) >= 0):
        raise argparse.ArgumentTypeError(f"{text!r} is no price; write it as 0.50,1.50, or none")
    return {"input": sent, "output": written}


def tell_unused_addresses(providers: Iterable[str]) -> None:
    """Says which addresses in the environment are not used, so that nobody relies on them."""
    chosen = read_preferences()[0].base_urls
    for provider in providers:
        variable = unused_variable(provider)
        if variable and provider not in chosen:
            print(
                f"note: {variable} is set and not used. To have an address used: "
                f"stratcraft-jupyter settings {provider} --base-url URL",
                file=sys.stderr,
            )


def _names(options: argparse.Namespace, addresses: Mapping[str, str | None]) -> tuple[str, str]:
    """The provider, and the model if one was named.

    Raises:
        StratCraftError: A name is missing that an option needs.
    """
    name = options.name or ""
    needs_provider = any(value is not None for value in addresses.values())
    if options.price is not None and ":" not in name:
        raise StratCraftError(
            "A price belongs to a model.", hint="Name it, such as: settings compatible:MODEL."
        )
    if needs_provider and not name:
        raise StratCraftError(
            "An address belongs to a provider.", hint="Name it, such as: settings compatible."
        )
    if not name:
        return "", ""
    if ":" in name:
        provider, model = split_model(name)
        return provider, f"{provider}:{model}"
    if name not in provider_names():
        raise UnknownNameError("provider", name, provider_names())
    return name, ""


def _with(values: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:  # noqa: ANN401 - of any setting
    others = {key: other for key, other in values.items() if key != name}
    return others if value == _NONE else others | {name: value}


def _in_order(shown: Mapping[str, Any]) -> dict[str, Any]:
    """The settings as they are, with what is set by name in the order of the names."""
    return {
        field: dict(sorted(value.items())) if field in _BY_NAME else value
        for field, value in shown.items()
    }


def _print(now: Preferences, options: argparse.Namespace) -> None:
    for title, values in (("Base URL", now.base_urls), ("Proxy", now.proxies)):
        for name, address in sorted(values.items()):
            say(f"{title} of {name}: {address}", options)
    for model, own in sorted(now.prices.items()):
        say(
            f"Price of {model}: {own.input:f} USD in, {own.output:f} USD out, per million tokens",
            options,
        )
    is_allowed = now.budgets.allow_unknown_price
    say(
        f"Models of unknown price although a budget is set: {'yes' if is_allowed else 'no'}",
        options,
    )
    say("Budgets are set with: stratcraft-jupyter ledger --budget-day USD", options)
