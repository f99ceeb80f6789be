"""Model lists: asked at run time, a dated short list when that fails, facts and prices."""

import asyncio
import re
from datetime import date
from decimal import Decimal

import pytest
from memory_keyring import MemoryKeyring, used

from stratcraft_jupyter.errors import UnknownNameError
from stratcraft_jupyter.providers import models as models_module
from stratcraft_jupyter.providers.base import Fault, ModelInfo, ProviderError
from stratcraft_jupyter.providers.keys import forget_key, type_key
from stratcraft_jupyter.providers.models import (
    connection_for,
    fallback_date,
    fallback_models,
    list_models,
    missing_for,
    model_facts,
    price_for,
    search_models,
    writes_text,
)
from stratcraft_jupyter.providers.preferences import Preferences
from stratcraft_jupyter.providers.registry import ProviderPluginError

PREFERENCES = Preferences(base_urls={"vendor": "http://localhost:1/v1"})


class Vendor:
    """A provider that answers as a test wants."""

    name = "vendor"
    title = "The Vendor"
    key_variable = "STRATCRAFT_TEST_KEY"
    needs_key = True
    needs_base_url = True
    answer: object = ()

    def __init__(self, connection):
        self.connection = connection

    async def list_models(self):
        if isinstance(self.answer, Exception):
            raise self.answer
        if self.answer is None:
            await asyncio.sleep(60)
        return self.answer


@pytest.fixture(autouse=True)
def vendor(monkeypatch):
    """The provider ``vendor``, with a key, beside the installed ones."""
    real = models_module.provider_class
    monkeypatch.setattr(
        models_module, "provider_class", lambda name: Vendor if name == "vendor" else real(name)
    )
    monkeypatch.setattr(Vendor, "answer", ())
    type_key("vendor", "typed-key")
    with used(MemoryKeyring()):
        yield
    forget_key("vendor")


def test_a_connection_has_key_address_and_proxy():
    preferences = Preferences(
        base_urls={"vendor": "http://localhost:1/v1/"}, proxies={"vendor": "http://proxy:8080"}
    )
    connection = connection_for("vendor", preferences)
    assert connection.key == "typed-key"
    assert connection.base_url == "http://localhost:1/v1"
    assert connection.proxy == "http://proxy:8080"
    assert "typed-key" not in repr(connection)


def test_what_is_missing_is_said_plainly():
    fault = missing_for("vendor", Preferences())
    assert (fault.code, fault.charged) == ("wrong_base_url", "no")
    assert "base URL" in fault.hint
    forget_key("vendor")
    fault = missing_for("vendor", PREFERENCES)
    assert fault.code == "no_key"
    assert "STRATCRAFT_TEST_KEY" in fault.hint
    type_key("vendor", "typed-key")
    assert missing_for("vendor", PREFERENCES) is None


async def test_the_provider_is_asked(monkeypatch):
    monkeypatch.setattr(
        Vendor, "answer", (ModelInfo("a"), ModelInfo("b-embed-2"), ModelInfo("a", "Better"))
    )
    found = await list_models("vendor", PREFERENCES)
    assert [model.id for model in found.models] == ["a"]
    assert found.models[0].title == "Better"
    assert (found.is_fallback, found.problem) == (False, None)
    assert found.fetched_at.utcoffset() is not None


FAULT = Fault("connection", "No connection.", "Check the network.")


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (ProviderError(FAULT), "connection"),
        (None, "timeout"),
        (RuntimeError("broken with typed-key in it"), "unexpected"),
    ],
)
async def test_if_it_cannot_be_asked_the_reason_is_said(monkeypatch, answer, code):
    monkeypatch.setattr(Vendor, "answer", answer)
    found = await list_models("vendor", PREFERENCES, timeout=0.05)
    assert found.is_fallback
    assert found.problem.code == code
    assert "typed-key" not in repr(found)
    assert found.fetched_at.date() == fallback_date()


async def test_without_a_key_nobody_is_asked(monkeypatch):
    monkeypatch.setattr(Vendor, "answer", AssertionError("asked"))
    forget_key("vendor")
    found = await list_models("vendor", PREFERENCES)
    assert found.problem.code == "no_key"


async def test_a_broken_plugin_is_a_problem_of_its_own_list(monkeypatch):
    def broken(_):
        raise ProviderPluginError("The provider 'x' cannot be loaded.", hint="Update it.")

    monkeypatch.setattr(models_module, "provider_class", broken)
    found = await list_models("x", PREFERENCES)
    assert found.problem.message == "The provider 'x' cannot be loaded."


async def test_an_unknown_provider_is_an_error():
    with pytest.raises(UnknownNameError, match="nobody"):
        await list_models("nobody", PREFERENCES)


async def test_asking_can_be_cancelled(monkeypatch):
    monkeypatch.setattr(Vendor, "answer", None)
    task = asyncio.create_task(list_models("vendor", PREFERENCES))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


class TestFacts:
    """What is known of a model without asking."""

    def test_what_the_provider_says_goes_first(self):
        info = ModelInfo("gpt-6.1-sol", "Theirs", 7, 8, ("none",), date(2027, 1, 1))
        assert model_facts("openai", info) == info

    def test_the_rest_comes_from_what_is_shipped(self):
        facts = model_facts("openai", ModelInfo("gpt-6.1-sol"))
        assert facts.title == "GPT-6.1 Sol"
        assert facts.context_tokens == 1_050_000
        assert "medium" in facts.reasoning_efforts
        assert not facts.is_fallback

    def test_nothing_is_invented(self):
        assert model_facts("openai", ModelInfo("unheard-of")) == ModelInfo("unheard-of")
        assert model_facts("compatible", ModelInfo("gpt-6.1-sol")) == ModelInfo("gpt-6.1-sol")

    @pytest.mark.parametrize("provider", ["openai", "anthropic"])
    def test_the_short_list_is_dated_and_priced(self, provider):
        models = fallback_models(provider)
        assert 2 <= len(models) <= 8
        assert fallback_date() >= date(2026, 11, 22)
        for model in models:
            assert model.is_fallback
            assert model.title
            assert writes_text(model.id)
            assert price_for(provider, model.id, Preferences()) is not None
            assert model_facts(provider, model) == model

    def test_other_providers_have_no_short_list(self):
        assert fallback_models("vendor") == ()

    @pytest.mark.parametrize(
        ("provider", "model", "has_levels"),
        [
            ("openai", "gpt-5", True),
            ("openai", "gpt-10-nova", True),
            ("openai", "o3-mini", True),
            ("openai", "gpt-5-chat-latest", False),
            ("openai", "gpt-4.1", False),
            ("openai", "omni-1", False),
            ("anthropic", "claude-sonnet-5-5", True),
            ("anthropic", "claude-haiku-4-5", False),
        ],
    )
    def test_levels_of_reasoning(self, provider, model, has_levels):
        assert bool(model_facts(provider, ModelInfo(model)).reasoning_efforts) == has_levels

    @pytest.mark.parametrize(
        ("model", "writes"),
        [
            ("gpt-6.1-sol", True),
            ("qwen3-coder:30b", True),
            ("embedded-expert", True),
            ("text-embedding-3-small", False),
            ("nomic-embed-text:latest", False),
            ("bge-reranker-v2", False),
            ("whisper-1", False),
            ("tts-1-hd", False),
        ],
    )
    def test_models_that_write_no_text_are_left_out(self, model, writes):
        assert writes_text(model) == writes


def test_every_word_searched_for_has_to_be_there():
    models = (ModelInfo("gpt-6.1-sol", "GPT-6.1 Sol"), ModelInfo("gpt-6-luna", "GPT-6 Luna"))
    assert search_models(models, "LUNA gpt") == models[1:]
    assert search_models(models, "") == models
    assert search_models(models, "sol luna") == ()


def test_the_users_own_price_goes_first():
    prices = {"compatible:mine": {"input": "0.5", "output": "2"}}
    preferences = Preferences(prices=prices, base_urls={"openai": "http://localhost:1/v1"})
    price = price_for("compatible", "mine", preferences)
    assert (price.input, price.cached_input, price.output) == (
        Decimal("0.5"),
        Decimal("0.5"),
        Decimal(2),
    )
    assert price_for("openai", "gpt-6-sol", preferences) is None
    assert price_for("openai", "gpt-6-sol", Preferences()) is not None


def test_rules_for_levels_are_patterns():
    for rules in models_module._ours()["reasoning_efforts"].values():
        for rule in rules:
            re.compile(rule["match"])
