import getpass

import pytest
from canary.finding import CANARIES, find_canaries
from memory_keyring import MemoryKeyring, used

import stratcraft_jupyter as sc
from stratcraft_jupyter.errors import UnknownNameError
from stratcraft_jupyter.providers.keys import KeyStoreError, find_key, forget_key

KEY = CANARIES["typed"]


@pytest.fixture(autouse=True)
def forget():
    with used(MemoryKeyring()):
        yield
    forget_key("openai")


def test_a_key_is_asked_for_so_that_no_cell_holds_it(monkeypatch):
    asked = []
    monkeypatch.setattr(getpass, "getpass", lambda prompt: asked.append(prompt) or KEY)
    assert sc.set_api_key("openai") is None
    assert asked == ["API key of OpenAI: "]
    assert find_key("openai", "").key == KEY


def test_a_key_can_be_given(monkeypatch):
    sc.set_api_key("openai", KEY)
    assert find_key("openai", "").source == "typed"


def test_what_is_no_key_is_refused_without_quoting_it():
    with pytest.raises(KeyStoreError) as caught:
        sc.set_api_key("openai", f"{KEY} {KEY}")
    assert find_canaries(f"{caught.value!r}{caught.value}") == []


def test_an_unknown_provider_is_refused():
    with pytest.raises(UnknownNameError):
        sc.set_api_key("opnai", KEY)


@pytest.mark.parametrize("key", [5, b"sk-bytes", ["sk"]])
def test_a_key_is_a_text(key):
    with pytest.raises(KeyStoreError, match="no text"):
        sc.set_api_key("openai", key)
