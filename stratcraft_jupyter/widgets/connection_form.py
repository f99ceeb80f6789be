"""How a provider is reached: key, base URL, proxy, and a test of all three."""

from typing import Any

import ipywidgets

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.providers.address import unused_variable
from stratcraft_jupyter.providers.base import Provider
from stratcraft_jupyter.providers.keys import missing_key_message
from stratcraft_jupyter.providers.registry import provider_class
from stratcraft_jupyter.widgets import preferring
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.key_field import KeyField, take_key
from stratcraft_jupyter.widgets.listing import ModelListing
from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.model_values import Listing
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState

_ADDRESSES = {"base_urls": "Base URL", "proxies": "Proxy"}


class ConnectionForm:
    """The connection of one provider."""

    def __init__(self, state: BuilderState, look: Look, listing: ModelListing) -> None:
        self._state = state
        self._listing = listing
        self._provider: type[Provider] | None = None
        self._is_showing = False
        self._key_field: KeyField | None = None
        boundary = shows_errors(state)
        self._key = look.text("key")
        self._key_place: Any = look.box(css="form")
        self._addresses = {name: self._address(look, name) for name in _ADDRESSES}
        self._test: Any = look.button(
            "Test connection", icon="plug", tooltip="Ask the provider for its models; free"
        )
        self._test.on_click(boundary(lambda _: self._ask(is_test=True)))
        self._said = look.text("hint")
        self.widget: Any = look.box(
            self._key,
            self._key_place,
            *self._addresses.values(),
            self._test,
            self._said,
            css="form",
        )
        state.subscribe(self._show)

    def show_provider(self, name: str) -> None:
        """Shows the connection of this provider.

        Raises:
            StratCraftError: Its package cannot be used.
        """
        self._provider = provider_class(name)
        self._show_all(self._state.snapshot)

    def _address(self, look: Look, name: str) -> Any:
        control = look.make(
            ipywidgets.Text, "input", description=_ADDRESSES[name], continuous_update=False
        )
        control.observe(
            shows_errors(self._state)(lambda change: self._set_address(name, change["new"])),
            "value",
        )
        return control

    def _set_address(self, name: str, typed: str) -> None:
        if self._is_showing or self._provider is None:
            return
        try:
            preferring.set_address(self._state, name, self._provider.name, typed)
        except StratCraftError as error:
            # what was refused may hold a password: it must not stay in the widget's state
            self._show_addresses(self._state.snapshot)
            self._say(str(error), role="alert")
            return
        self._ask(is_test=False)

    def _ask(self, *, is_test: bool) -> None:
        if self._provider is not None:
            self._listing.ask(self._provider.name, is_test=is_test)

    def _receive(self, _widget: object, content: Any, buffers: Any) -> None:
        try:
            provider, said = take_key(content, buffers)
        except StratCraftError as error:
            self._say(str(error), role="alert")
            return
        self._say(said)
        self._listing.ask(provider)

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if changed(new, old, "listings", "preferences", "has_front_end"):
            self._show_all(new)

    def _show_all(self, snapshot: Snapshot) -> None:
        kind = self._provider
        if kind is None:
            return
        listing = snapshot.listings.get(kind.name, Listing(kind.name))
        takes_key = bool(kind.key_variable) or kind.needs_key
        said = [*_key_in_words(kind, listing)] if takes_key else []
        variable = unused_variable(kind.name)
        if variable and kind.name not in snapshot.preferences.base_urls:
            said.append(f"{variable} is set and not used; give the base URL here to have it used.")
        self._key.value = paragraphs(*said) if said else ""
        self._show_key_place(kind, takes_key=takes_key, has_front_end=snapshot.has_front_end)
        self._show_addresses(snapshot)
        self._test.disabled = listing.is_asking
        if listing.tested:
            self._say(listing.tested)

    def _show_key_place(
        self, kind: type[Provider], *, takes_key: bool, has_front_end: bool | None
    ) -> None:
        """The field; it needs our labextension, so without that there is another way."""
        show_only_if(self._key_place, takes_key)
        if not takes_key:
            return
        if not has_front_end:
            told = f'Run sc.set_api_key("{kind.name}") in a cell: it asks for the key and shows '
            hint = ipywidgets.HTML(paragraphs(f"{told}nothing of it."))
            self._key_place.children = (hint,)
            return
        if self._key_field is None:
            self._key_field = KeyField()
            self._key_field.on_msg(shows_errors(self._state)(self._receive))
        with self._key_field.hold_sync():
            self._key_field.provider, self._key_field.title = kind.name, kind.title
        if self._key_place.children != (self._key_field,):
            self._key_place.children = (self._key_field,)

    def _show_addresses(self, snapshot: Snapshot) -> None:
        kind = self._provider
        if kind is None:
            return
        self._is_showing = True
        try:
            for name, control in self._addresses.items():
                control.value = getattr(snapshot.preferences, name).get(kind.name, "")
                # recorded answers are files: there is nothing to connect to
                show_only_if(control, kind.name != "replay")
        finally:
            self._is_showing = False
        needed = "needed" if kind.needs_base_url else "the provider's own"
        self._addresses["base_urls"].placeholder = f"{needed}, such as https://host/v1"
        self._addresses["proxies"].placeholder = "what the environment says"

    def _say(self, said: str, role: str = "status") -> None:
        self._said.value = f'<div role="{role}">{paragraphs(said)}</div>'


def _key_in_words(kind: type[Provider], listing: Listing) -> tuple[str, ...]:
    """Whether there is a key, and if not, how to set one."""
    if listing.has_key:
        return (f"API key: {listing.has_key}.",)
    if listing.is_asking or listing.listed is None:
        return ()
    if kind.needs_key:
        return missing_key_message(kind)
    return ("No API key is set; a server of your own may need none.",)
