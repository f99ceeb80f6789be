"""Where keys are found, and that they show themselves nowhere."""

import copy
import pickle
import traceback

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail
from keyring.errors import KeyringLocked
from memory_keyring import MemoryKeyring, used

from stratcraft_jupyter.providers import keys
from stratcraft_jupyter.providers.base import Connection
from stratcraft_jupyter.providers.keys import (
    KeyStoreError,
    find_key,
    forget_key,
    missing_key_message,
    remove_from_keyring,
    store_in_keyring,
    type_key,
)

VARIABLE = "STRATCRAFT_TEST_KEY"


class Locked(KeyringBackend):
    priority = 1

    def get_password(self, service, username):
        raise KeyringLocked("locked")

    def set_password(self, service, username, password):
        raise RuntimeError(f"cannot store {password}")


class PlaintextKeyring(MemoryKeyring):
    """Called as the one that writes to a plain file."""


@pytest.fixture(autouse=True)
def keyring():
    with used(MemoryKeyring()) as backend:
        yield backend
    forget_key("vendor")


def test_a_typed_key_goes_before_the_environment_and_that_before_the_keyring(monkeypatch):
    assert find_key("vendor", VARIABLE).source == "none"
    store_in_keyring("vendor", "from-keyring")
    assert (find_key("vendor", VARIABLE).key, find_key("vendor", "").source) == (
        "from-keyring",
        "keyring",
    )
    monkeypatch.setenv(VARIABLE, "from-environment\n")
    assert find_key("vendor", VARIABLE).key == "from-environment"
    type_key("vendor", "  typed-key ")
    found = find_key("vendor", VARIABLE)
    assert (found.key, found.source) == ("typed-key", "typed")
    forget_key("vendor")
    assert find_key("vendor", VARIABLE).source == "environment"


def test_keys_of_different_providers_do_not_mix():
    type_key("vendor", "typed-key")
    assert find_key("other", "").source == "none"


def test_a_key_is_in_no_repr():
    type_key("vendor", "typed-key")
    found = find_key("vendor", "")
    shown = [repr(found), str(found), repr(vars(keys)), repr(Connection(found.key))]
    assert not any("typed-key" in text for text in shown)


def test_the_store_does_not_travel():
    type_key("vendor", "typed-key")
    for leave in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError, match="cannot be pickled"):
            leave(keys._typed)


def test_it_is_removed_from_the_keyring_and_twice_is_no_error(keyring):
    store_in_keyring("vendor", "from-keyring")
    assert keyring.passwords == {("stratcraft-jupyter", "vendor"): "from-keyring"}
    remove_from_keyring("vendor")
    remove_from_keyring("vendor")
    assert not keyring.passwords


@pytest.mark.parametrize("key", ["", "  ", "two words", "naïve-key", "line\nbreak", "x" * 9000])
@pytest.mark.parametrize("take", [type_key, store_in_keyring])
def test_what_cannot_be_a_key_is_refused_without_quoting_it(take, key, keyring):
    with pytest.raises(KeyStoreError) as caught:
        take("vendor", key)
    assert key.strip() == "" or key not in str(caught.value)
    assert all(frame_values_without(caught.value, key))
    assert find_key("vendor", "").source == "none"


def frame_values_without(error, key):
    """For each of our frames that an error passed, whether it let go of the key."""
    trace = error.__traceback__.tb_next
    while trace:
        yield not key.strip() or key not in map(str, trace.tb_frame.f_locals.values())
        trace = trace.tb_next


def test_what_cannot_be_a_key_is_not_sent_from_the_environment_either(monkeypatch):
    monkeypatch.setenv(VARIABLE, "my key is 123")
    found = find_key("vendor", VARIABLE)
    assert (found.key, found.source) == ("", "none")
    assert VARIABLE in found.problem
    assert "123" not in found.problem


def test_no_keyring_is_no_problem_until_one_is_wanted():
    with used(fail.Keyring()):
        assert find_key("vendor", "").problem == ""
        with pytest.raises(KeyStoreError, match="no keyring"):
            store_in_keyring("vendor", "secret-key")


def test_a_locked_keyring_is_said():
    with used(Locked()):
        assert find_key("vendor", "").problem == "The keyring is locked."


def test_an_error_of_the_keyring_does_not_carry_the_key():
    with used(Locked()), pytest.raises(KeyStoreError) as caught:
        store_in_keyring("vendor", "secret-key")
    error = caught.value
    assert error.__context__ is None
    # the line of this test itself holds the key
    text = "".join(traceback.format_exception_only(error)) + repr(error.args)
    assert "secret-key" not in text
    assert all(frame_values_without(error, "secret-key"))


def test_a_keyring_that_is_a_plain_file_is_refused():
    with used(PlaintextKeyring()) as backend:
        with pytest.raises(KeyStoreError, match="unencrypted"):
            store_in_keyring("vendor", "secret-key")
        assert not backend.passwords


def test_what_to_do_without_a_key_is_said():
    class Vendor:
        name = "vendor"
        title = "The Vendor"
        key_variable = VARIABLE

    message, hint = missing_key_message(Vendor, "The keyring is locked.")
    assert message == "The Vendor needs an API key, and none was found. The keyring is locked."
    assert f"set {VARIABLE} before Jupyter starts" in hint
    assert "keyring set stratcraft-jupyter vendor" in hint
    assert "%env" not in hint  # it would write the key into the notebook
