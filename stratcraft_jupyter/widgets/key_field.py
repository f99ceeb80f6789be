"""The field for an API key: the key comes in a message, and is in no trait, cell or output."""

from collections.abc import Sequence
from typing import Any

import ipywidgets
from traitlets import Unicode

from stratcraft_jupyter.errors import NotebookError
from stratcraft_jupyter.notebook import FRONT_END_MODULE, FRONT_END_VERSION
from stratcraft_jupyter.providers.keys import store_in_keyring, type_key
from stratcraft_jupyter.providers.registry import provider_names


class KeyField(ipywidgets.DOMWidget):  # type: ignore[misc]  # ipywidgets ships no types
    """A password field that exists only in pages with the labextension.

    A text widget would not do: its value is state, and notebooks save that.
    """

    _model_name = Unicode("KeyFieldModel").tag(sync=True)
    _model_module = Unicode(FRONT_END_MODULE).tag(sync=True)
    _model_module_version = Unicode(FRONT_END_VERSION).tag(sync=True)
    _view_name = Unicode("KeyFieldView").tag(sync=True)
    _view_module = Unicode(FRONT_END_MODULE).tag(sync=True)
    _view_module_version = Unicode(FRONT_END_VERSION).tag(sync=True)

    provider = Unicode().tag(sync=True)
    """Whose key is wanted."""
    title = Unicode().tag(sync=True)
    """Its name on screen."""


def take_key(content: Any, buffers: Sequence[memoryview]) -> tuple[str, str]:
    """Keeps the key that the field sent.

    Args:
        content: The message from the page; the key is no part of it, because logs are told it.
        buffers: The bytes beside it: the key.

    Returns:
        The provider's name, and where the key is kept, in words.

    Raises:
        KeyStoreError: It is no key, or the keyring does not take it.
        NotebookError: The message is none of ours. No error quotes any of it.
    """
    provider, is_stored = _read(content, buffers)
    key = ""
    try:
        key = bytes(buffers[0]).decode("utf-8", "replace")
        type_key(provider, key)
        kept = store_in_keyring(provider, key) if is_stored else ""
    finally:
        del key, buffers
    where = f"in {kept}, and in memory" if kept else "in memory until the kernel ends"
    return provider, f"The key is kept {where}."


def _read(content: Any, buffers: Sequence[memoryview]) -> tuple[str, bool]:
    """Whose key it is, and whether it shall be stored."""
    is_ours = isinstance(content, dict) and content.get("type") == "key" and len(buffers) == 1
    provider = content.get("provider") if is_ours else None
    if provider not in provider_names():
        raise NotebookError(
            "The page sent a message that this version does not understand.",
            hint="Reload the page, so that both halves have the same version.",
        )
    return provider, content.get("is_stored") is True
