"""Asks providers for their models, in the background. No widgets."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from stratcraft_jupyter.providers.base import ModelInfo
from stratcraft_jupyter.providers.cost import Price
from stratcraft_jupyter.providers.keys import find_key
from stratcraft_jupyter.providers.models import ModelList, list_models, price_for
from stratcraft_jupyter.providers.preferences import Preferences
from stratcraft_jupyter.providers.registry import provider_class
from stratcraft_jupyter.widgets.model_values import Listing
from stratcraft_jupyter.widgets.preferring import refresh
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.work import Work

_KEY_SOURCES = {
    "typed": "typed, kept in memory until the kernel ends",
    "environment": "from the environment variable {variable}",
    "keyring": "from the keyring of this system",
}


class ModelListing:
    """Keeps what is known of each provider's models up to date."""

    def __init__(self, state: BuilderState, work: Work) -> None:
        self._state = state
        self._work = work
        self._again: dict[str, bool] = {}  # to ask once more, as a test or not

    def look(self, provider: str) -> None:
        """Asks a provider unless that was done before."""
        if provider not in self._state.snapshot.listings:
            self.ask(provider)

    def ask(self, provider: str, *, is_test: bool = False) -> None:
        """Asks a provider again; as a connection test it also says how that went."""
        with self._state.lock:
            known = self._state.snapshot.listings.get(provider, Listing(provider))
            if known.is_asking:  # with a key or an address that may have changed since
                self._again[provider] = is_test or self._again.get(provider, False)
                return
            self._show(replace(known, is_asking=True, tested=""))
        self._work.in_background(lambda: self._ask(provider, is_test=is_test))

    async def _ask(self, provider: str, *, is_test: bool) -> None:
        preferences = refresh(self._state)
        found = Listing(provider)
        try:
            listed = await list_models(provider, preferences)
            # prices and keyrings take a while to be read for the first time
            prices = await asyncio.to_thread(_prices, listed, preferences)
            has_key = await asyncio.to_thread(_key_in_words, provider)
            tested = _tested(listed) if is_test else ""
            found = Listing(provider, listed, prices, tested=tested, has_key=has_key)
        finally:
            with self._state.lock:
                self._show(found)
                if provider in self._again:
                    self.ask(provider, is_test=self._again.pop(provider))

    def _show(self, listing: Listing) -> None:
        with self._state.lock:
            listings = dict(self._state.snapshot.listings) | {listing.provider: listing}
            self._state.update(listings=MappingProxyType(listings))


def find_info(listings: Mapping[str, Listing], model: str) -> ModelInfo | None:
    """What is known of ``"provider:model"``; None if its provider did not name it."""
    provider, _, name = model.partition(":")
    listing = listings.get(provider)
    models = listing.listed.models if listing and listing.listed else ()
    return next((info for info in models if info.id == name), None)


def _prices(listed: ModelList, preferences: Preferences) -> MappingProxyType[str, Price | None]:
    return MappingProxyType(
        {info.id: price_for(listed.provider, info.id, preferences) for info in listed.models}
    )


def _key_in_words(provider: str) -> str:
    kind = provider_class(provider)
    source = find_key(kind.name, kind.key_variable).source
    return _KEY_SOURCES.get(source, "").format(variable=kind.key_variable)


def _tested(listed: ModelList) -> str:
    """How a connection test went."""
    if listed.problem is not None:
        return f"{listed.problem.message} {listed.problem.hint}"
    count = len(listed.models)
    models = "1 model" if count == 1 else f"{count:,} models"
    return f"The connection works: {provider_class(listed.provider).title} offers {models}."
