"""API keys: typed (memory only), from the environment, or from the keyring of the system.

A key is never stored in a file by us and never part of a repr. Frames that hold one let go of it
before they raise, because verbose tracebacks print local variables.
"""

import getpass
import os
from dataclasses import dataclass, field
from typing import Literal, Protocol

from stratcraft_jupyter.errors import StratCraftError

KeySource = Literal["typed", "environment", "keyring", "none"]

SERVICE = "stratcraft-jupyter"
_LONGEST = 8192


class KeyStoreError(StratCraftError):
    """A key that cannot be taken or stored. The key is in no part of it."""


class NeedsKey(Protocol):
    """What a message about a missing key has to know of a provider."""

    name: str
    title: str
    key_variable: str


@dataclass(frozen=True, slots=True)
class FoundKey:
    """A key and where it came from.

    Attributes:
        key: The key; empty if there is none. Not part of the repr.
        source: Where it was found.
        problem: Why a place that should hold one could not be used, for the user; usually empty.
    """

    key: str = field(default="", repr=False)
    source: KeySource = "none"
    problem: str = ""


class _Secret:
    """Text that shows itself only when asked to, and does not travel."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return "<key>"

    def __reduce__(self) -> str:
        raise TypeError("A key cannot be pickled or copied.")

    def reveal(self) -> str:
        return self._text


_typed: dict[str, _Secret] = {}


def find_key(provider_name: str, variable: str) -> FoundKey:
    """The key of a provider: typed, else from the environment, else from the keyring.

    Reading the keyring may wait for the user to unlock it.

    Args:
        provider_name: The provider's name.
        variable: Environment variable that may hold the key; empty if there is none.
    """
    typed = _typed.get(provider_name)
    if typed is not None:
        return FoundKey(typed.reveal(), "typed")
    problem = ""
    if variable and (text := os.environ.get(variable, "").strip()):
        if _is_key(text):
            return FoundKey(text, "environment")
        problem = f"What is in {variable} cannot be a key: it holds spaces or special characters."
    text, keyring_problem = _read_keyring(provider_name)
    if text and _is_key(text):
        return FoundKey(text, "keyring", problem)
    if text:
        keyring_problem = "What is in the keyring cannot be a key."
    return FoundKey("", "none", problem or keyring_problem)


def type_key(provider_name: str, key: str) -> None:
    """Keeps a key in memory until this process ends.

    Raises:
        KeyStoreError: It cannot be a key.
    """
    problem = _problem_of(key)
    if not problem:
        _typed[provider_name] = _Secret(key.strip())
    del key
    if problem:
        raise KeyStoreError(problem, hint="Copy the key again, whole and without quotes.")


def set_api_key(provider_name: str, key: str | None = None) -> None:
    """Keeps a key in memory until this process ends; in a notebook, asks for it.

    Leave the key out, so that it is in no cell: a field asks for it and shows nothing.

    Args:
        provider_name: The provider's name, as in ``"openai"``.
        key: The key; None to be asked.

    Raises:
        UnknownNameError: There is no such provider.
        KeyStoreError: It cannot be a key.
    """
    from stratcraft_jupyter.providers.registry import provider_class

    title = provider_class(provider_name).title
    if key is None:
        key = getpass.getpass(f"API key of {title}: ")
    try:
        type_key(provider_name, key)
    finally:
        del key


def forget_key(provider_name: str) -> None:
    """Forgets a typed key; what the environment and the keyring hold stays."""
    _typed.pop(provider_name, None)


def store_in_keyring(provider_name: str, key: str) -> str:
    """Stores a key in the keyring of the system.

    Returns:
        The name of the keyring.

    Raises:
        KeyStoreError: There is no keyring, it keeps keys unencrypted, or it refuses.
    """
    problem = _problem_of(key)
    name = ""
    if not problem:
        name, problem = _write_keyring(provider_name, key.strip())
    del key
    if problem:
        raise KeyStoreError(
            problem, hint="Set the environment variable, or type the key in each session."
        )
    return name


def remove_from_keyring(provider_name: str) -> None:
    """Removes a key from the keyring; it is no error if there is none.

    Raises:
        KeyStoreError: The keyring refuses.
    """
    import keyring
    from keyring.errors import KeyringError, PasswordDeleteError

    problem = ""
    try:
        keyring.delete_password(SERVICE, provider_name)
    except PasswordDeleteError:
        return
    except KeyringError as error:
        problem = f"The keyring did not remove the key ({type(error).__name__})."
    if problem:
        raise KeyStoreError(problem, hint="Unlock the keyring and try again.")


def missing_key_message(provider: NeedsKey | type[NeedsKey], problem: str = "") -> tuple[str, str]:
    """What to tell when a provider has no key.

    Args:
        provider: The provider.
        problem: What `FoundKey.problem` said.

    Returns:
        What is wrong, and how to set the key.
    """
    message = f"{provider.title} needs an API key, and none was found."
    ways = [f"store it with: keyring set {SERVICE} {provider.name}"]
    if provider.key_variable:
        ways.insert(0, f"set {provider.key_variable} before Jupyter starts")
    hint = f"Type it into the key field, {', or '.join(ways)}."
    return (f"{message} {problem}".rstrip(), hint)


def _is_key(text: str) -> bool:
    # anything else cannot be part of an HTTP header, and the error would quote it
    return text.isascii() and text.isprintable() and " " not in text and len(text) <= _LONGEST


def _problem_of(key: object) -> str:
    if not isinstance(key, str):
        return "The key is no text."
    if not key.strip():
        return "The key is empty."
    return "" if _is_key(key.strip()) else "This cannot be a key."


def _read_keyring(provider_name: str) -> tuple[str, str]:
    """The stored key, and why it could not be read."""
    import keyring
    from keyring.errors import KeyringLocked, NoKeyringError

    try:
        return keyring.get_password(SERVICE, provider_name) or "", ""
    except NoKeyringError:
        return "", ""
    except KeyringLocked:
        return "", "The keyring is locked."
    except Exception as error:  # noqa: BLE001 - each keyring raises errors of its own
        return "", f"The keyring cannot be read ({type(error).__name__})."


def _write_keyring(provider_name: str, key: str) -> tuple[str, str]:
    """The keyring's name, and why it did not take the key."""
    import keyring
    from keyring.errors import NoKeyringError

    backend = keyring.get_keyring()
    # several keyrings in a row: the first one takes the key
    first = next(iter(getattr(backend, "backends", ())), backend)
    if "plaintext" in type(first).__name__.lower():
        return "", "The only keyring here would write the key to a file, unencrypted."
    try:
        keyring.set_password(SERVICE, provider_name, key)
    except NoKeyringError:
        return "", "This system has no keyring."
    except Exception as error:  # noqa: BLE001 - each keyring raises errors of its own
        return "", f"The keyring did not take the key ({type(error).__name__})."
    return str(first.name), ""
