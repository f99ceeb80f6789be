"""Plants a key where providers look for one."""

import contextlib

import pytest
from memory_keyring import MemoryKeyring, used

from canary.finding import CANARIES
from stratcraft_jupyter.providers.keys import (
    KeySource,
    find_key,
    forget_key,
    store_in_keyring,
    type_key,
)


@contextlib.contextmanager
def planted(source: KeySource, provider_name, variable):
    """The canary of a source is the provider's key for a while."""
    key = CANARIES[source]
    with used(MemoryKeyring()), pytest.MonkeyPatch.context() as patch:
        if variable:
            patch.delenv(variable, raising=False)
        if source == "environment":
            patch.setenv(variable or "STRATCRAFT_TEST_KEY", key)
        elif source == "keyring":
            store_in_keyring(provider_name, key)
        else:
            type_key(provider_name, key)
        try:
            if variable or source != "environment":
                assert find_key(provider_name, variable).source == source
            yield key
        finally:
            forget_key(provider_name)
