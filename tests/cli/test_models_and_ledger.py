"""The commands ``models`` and ``ledger``, on a home folder of their own."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from memory_keyring import MemoryKeyring, used

from stratcraft_jupyter.cli import main
from stratcraft_jupyter.providers.base import Usage
from stratcraft_jupyter.providers.ledger import Ledger, LedgerEntry
from stratcraft_jupyter.providers.preferences import (
    change_preferences,
    load_preferences,
    preferences_path,
)


@pytest.fixture(autouse=True)
def home(monkeypatch, tmp_path):
    """No key is set, so that nobody is asked over the network."""
    monkeypatch.setenv("STRATCRAFT_HOME", str(tmp_path))
    for variable in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY"):
        monkeypatch.delenv(variable, raising=False)
    with used(MemoryKeyring()):
        yield tmp_path


def spend(cost, *, days=0, strategy="SMA cross", model="gpt-6-sol"):
    when = datetime.now(UTC) - timedelta(days=days)
    usage = Usage(1_000, output_tokens=500)
    cost = None if cost is None else Decimal(cost)
    Ledger().record(LedgerEntry(when, "openai", model, strategy, "generate", usage, cost))


class TestModels:
    """What can be chosen."""

    def test_recordings_are_listed_with_their_price(self, capsys):
        assert main(["models", "replay"]) == 0
        assert "replay:sma-cross " in capsys.readouterr().out

    def test_without_a_key_the_short_list_and_what_to_do_are_shown(self, capsys):
        assert main(["models", "anthropic"]) == 1
        text = capsys.readouterr().out
        assert "our short list of 20" in text
        assert "ANTHROPIC_API_KEY" in text
        assert "anthropic:claude-sonnet-5-5" in text
        assert "USD per million tokens" in text

    def test_all_are_listed_with_the_built_in_compiler_first(self, capsys):
        assert main(["models"]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[0].startswith("builtin: ")
        heads = [line.partition(":")[0] for line in lines if line and not line.startswith(" ")]
        assert heads == ["builtin", "openai", "anthropic", "compatible", "replay"]

    def test_the_same_as_json(self, capsys):
        assert main(["models", "--json", "-"]) == 0
        providers = json.loads(capsys.readouterr().out)["providers"]
        by_name = {item["provider"]: item for item in providers}
        assert by_name["openai"]["problem"]["code"] == "no_key"
        assert by_name["openai"]["is_fallback"]
        assert Decimal(by_name["openai"]["models"][0]["price"]["input"]) > 0
        assert by_name["compatible"]["problem"]["code"] == "wrong_base_url"

    def test_a_misspelt_provider(self, capsys):
        assert main(["models", "antropic"]) == 2
        assert "Did you mean 'anthropic'?" in capsys.readouterr().err


class TestSettings:
    """Addresses and prices, as in the notebook."""

    def test_they_are_set_shown_and_removed_one_by_one(self, capsys):
        address = "http://localhost:11434/v1"
        assert main(["settings", "compatible", "--base-url", address]) == 0
        assert main(["settings", "openai", "--proxy", "http://localhost:3128"]) == 0
        assert main(["settings", "compatible:x", "--price", "0,1.50"]) == 0
        assert main(["ledger", "--budget-day", "5"]) == 0
        assert main(["settings", "--allow-unknown-price", "yes"]) == 0
        text = capsys.readouterr().out
        assert f"Base URL of compatible: {address}" in text
        assert "Price of compatible:x: 0 USD in, 1.50 USD out, per million tokens" in text
        saved = load_preferences()
        assert saved.base_urls == {"compatible": address}
        assert saved.proxies == {"openai": "http://localhost:3128"}
        assert (saved.budgets.day, saved.budgets.allow_unknown_price) == (5, True)
        assert main(["settings", "compatible:x", "--base-url", "none", "--price", "none"]) == 0
        assert main(["settings", "--allow-unknown-price", "no", "--json", "-"]) == 0
        saved = load_preferences()
        assert (saved.base_urls, saved.prices, saved.budgets.day) == ({}, {}, 5)
        assert not saved.budgets.allow_unknown_price

    def test_looking_saves_nothing(self, home):
        assert main(["settings"]) == 0
        assert not list(home.iterdir())

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["--base-url", "http://a"], "belongs to a provider"),
            (["compatible", "--price", "0,0"], "belongs to a model"),
            (["compatble", "--base-url", "http://a"], "Did you mean 'compatible'?"),
            (["compatible", "--base-url", "http://me:word@a"], "a password"),
        ],
    )
    def test_what_cannot_be_set_is_refused(self, words, said, capsys):
        assert main(["settings", *words]) == 2
        err = capsys.readouterr().err
        assert said in err
        assert "me:word" not in err
        assert load_preferences().base_urls == {}

    def test_a_wrong_price(self, capsys):
        with pytest.raises(SystemExit):
            main(["settings", "compatible:x", "--price", "1"])
        assert "is no price; write it as 0.50,1.50" in capsys.readouterr().err

    def test_hints_name_the_commands_that_do_it(self, capsys):
        ask = ["generate", "sma_cross", "--model", "compatible:x"]
        assert main(ask) == 2
        assert (
            "Here: stratcraft-jupyter settings PROVIDER --base-url URL." in capsys.readouterr().err
        )
        assert main([*ask, "--max-cost", "1"]) == 2
        err = capsys.readouterr().err
        assert "stratcraft-jupyter settings PROVIDER:MODEL --price IN,OUT" in err
        assert "stratcraft-jupyter settings --allow-unknown-price yes" in err
        assert main(["models", "compatible"]) == 1
        assert "settings PROVIDER --base-url URL" in capsys.readouterr().out

    def test_an_address_in_the_environment_is_said_not_to_be_used(self, capsys, monkeypatch):
        monkeypatch.setenv("ANTHROPIC_BASE_URL", "http://localhost:1")
        said = "note: ANTHROPIC_BASE_URL is set and not used."
        assert main(["models", "anthropic"]) == 1
        assert said in capsys.readouterr().err
        assert main(["generate", "sma_cross", "--model", "anthropic:x", "--show-prompt"]) == 0
        assert said in capsys.readouterr().err
        assert main(["models", "openai"]) == 1
        assert main(["settings", "anthropic", "--base-url", "http://localhost:2"]) == 0
        assert main(["generate", "sma_cross", "--model", "anthropic:x", "--show-prompt"]) == 0
        assert "note:" not in capsys.readouterr().err


class TestLedger:
    """What was spent."""

    def test_an_empty_ledger(self, capsys, home):
        assert main(["ledger"]) == 0
        assert "Spent today: 0 USD" in capsys.readouterr().out
        assert not list(home.iterdir())

    def test_what_is_set_aside_is_shown(self, capsys):
        Ledger().hold("openai", "m", "SMA cross", "generate", Decimal("0.5"))
        assert main(["ledger"]) == 0
        text = capsys.readouterr().out
        said = "0 USD, and up to 0.5000 USD set aside for requests that run now"
        assert f"Spent today: {said}" in text
        assert next(line for line in text.splitlines() if line.startswith("openai:m ")).endswith(
            said
        )

    def test_spending_is_shown_by_model_and_by_strategy(self, capsys):
        spend("0.25")
        spend("1.5", days=40, strategy="RSI")
        spend(None, model="local")
        assert main(["ledger", "--budget-day", "5"]) == 0
        text = capsys.readouterr().out
        assert "Spent today: at least 0.2500 USD, cost unknown for 1 request (budget" in text
        assert "Spent in all: at least 1.75 USD, cost unknown for 1 request" in text
        rows = {line.split("  ")[0]: " ".join(line.split()) for line in text.splitlines()}
        assert rows["openai:local"].endswith(" 1 1,000 500 cost unknown for 1 request")
        assert rows["RSI"].endswith(" 1 1,000 500 1.50 USD")
        assert main(["ledger", "--days", "30"]) == 0
        text = capsys.readouterr().out
        assert "Spent in 30 days: at least 0.2500 USD" in text
        assert "RSI" not in text

    def test_the_same_as_json_with_exact_amounts(self, capsys):
        spend("0.1")
        spend("0.2")
        assert main(["ledger", "--json", "-"]) == 0
        data = json.loads(capsys.readouterr().out)
        assert data["spent"]["today"]["amount"] == "0.3"
        assert data["by_model"][0]["name"] == "openai:gpt-6-sol"
        assert data["by_strategy"][0]["usage"]["input_tokens"] == 2_000
        assert [entry["cost"] for entry in data["entries"]] == ["0.2", "0.1"]
        assert data["budgets"] == {"request": None, "day": None, "month": None}

    def test_budgets_are_set_and_removed_one_by_one(self):
        assert main(["ledger", "--budget-day", "5", "--budget-request", "0"]) == 0
        assert main(["ledger", "--budget-month", "20.50"]) == 0
        budgets = load_preferences().budgets
        assert (budgets.request, budgets.day, budgets.month) == (0, 5, Decimal("20.50"))
        assert main(["ledger", "--budget-day", "none"]) == 0
        budgets = load_preferences().budgets
        assert (budgets.request, budgets.day, budgets.month) == (0, None, Decimal("20.50"))

    @pytest.mark.parametrize(
        "words",
        [("--budget-day", "lots"), ("--budget-day=-1",), ("--days", "0"), ("--days", "9" * 20)],
    )
    def test_wrong_options(self, words, capsys):
        with pytest.raises(SystemExit) as caught:
            main(["ledger", *words])
        assert caught.value.code == 2
        assert " is no " in capsys.readouterr().err

    def test_settings_that_cannot_be_read_are_said_and_not_overwritten(self, capsys):
        change_preferences(last_model="builtin")
        preferences_path().write_text("{")
        assert main(["ledger"]) == 0
        assert "no budget applies" in capsys.readouterr().out
        assert main(["ledger", "--budget-day", "5"]) == 2
        assert preferences_path().read_text() == "{"

    def test_a_name_cannot_steer_the_terminal(self, capsys):
        spend("1", strategy="\x1b[2J\nSMA")
        assert main(["ledger"]) == 0
        assert "?[2J?SMA" in capsys.readouterr().out


class TestSettingsInWords:
    def test_an_address_is_named_as_the_user_knows_it(self, capsys):
        assert main(["settings", "compatible", "--base-url", "127.0.0.1:8000"]) == 2
        said = capsys.readouterr().err
        assert "base URL: an address begins with http://" in said
        assert "base_urls" not in said
        assert "--help" not in said

    def test_settings_stand_in_the_order_of_their_names(self, capsys):
        for name in ("openai", "compatible", "anthropic"):
            assert main(["settings", name, "--base-url", "http://127.0.0.1:1/v1"]) == 0
        lines = capsys.readouterr().out.splitlines()
        first = ["Base URL of anthropic", "Base URL of compatible", "Base URL of openai"]
        assert [line.partition(":")[0] for line in lines if "Base URL" in line][-3:] == first
        assert main(["settings", "--json", "-"]) == 0
        shown = json.loads(capsys.readouterr().out)["base_urls"]
        assert list(shown) == ["anthropic", "compatible", "openai"]

    @pytest.mark.parametrize(
        ("model", "said", "hint"),
        [
            ("openai:", "names no model", "'openai:MODEL'"),
            (":x", "names no provider", "openai, anthropic"),
            ("x", "does not name a provider and a model", "colon between"),
        ],
    )
    def test_the_part_of_a_name_that_is_missing_is_said(self, capsys, model, said, hint):
        assert main(["generate", "sma_cross", "--model", model]) == 2
        err = capsys.readouterr().err
        assert said in err
        assert hint in err
