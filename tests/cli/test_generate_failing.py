"""``generate`` with the real SDKs when it goes wrong: money, repairs, and the JSON."""

import asyncio
import json
import threading
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest
from generation.answers import CRASHES, GOOD, NO_PYTHON, PROSE
from wire.cases import saying
from wire.dialects import DIALECTS, MODEL
from wire.raw_server import raw_server

from stratcraft_jupyter.cli import main
from stratcraft_jupyter.generation import quote
from stratcraft_jupyter.graph import load_template
from stratcraft_jupyter.providers.cost import shown_cost
from stratcraft_jupyter.providers.faults import CHARGED_TEXTS
from stratcraft_jupyter.providers.keys import forget_key, type_key
from stratcraft_jupyter.providers.preferences import change_preferences


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STRATCRAFT_HOME", str(tmp_path / "home"))
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture(params=list(DIALECTS))
def dialect(request):
    found = DIALECTS[request.param]
    type_key(found.provider, "sk-test-command-line-3f70ab")
    yield found
    forget_key(found.provider)


@contextmanager
def serving(dialect, script, *, price=None):
    """A server in a thread of its own, and settings that lead there."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    context = raw_server(script)

    def run(coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result(60)

    server = run(context.__aenter__())
    try:
        changes = {"base_urls": {dialect.provider: dialect.base_url(server.url)}}
        if price is not None:
            own = {"input": Decimal(price), "output": Decimal(price)}
            changes["prices"] = {model_of(dialect): own}
        change_preferences(**changes)
        yield server
    finally:
        run(context.__aexit__(None, None, None))
        loop.call_soon_threadsafe(loop.stop)
        thread.join(60)
        loop.close()


def model_of(dialect):
    return f"{dialect.provider}:{MODEL}"


def generate(dialect, *words):
    return main(["generate", "sma_cross", "--model", model_of(dialect), "--no-verify", *words])


def error_line(capsys):
    return next(line for line in capsys.readouterr().err.splitlines() if line[:7] == "error: ")


class TestMoney:
    def test_a_refused_key_cost_nothing(self, dialect, capsys):
        with serving(dialect, dialect.errors()["wrong_key"].send):
            assert generate(dialect) == 2
        assert error_line(capsys).endswith(f"the API key. {CHARGED_TEXTS['no']}")

    @pytest.mark.parametrize("price", [None, "2"])
    def test_what_arrived_of_a_cut_answer_is_charged(self, dialect, capsys, price):
        async def script(exchange):
            await exchange.begin()
            await exchange.send(*dialect.start(), *dialect.text(GOOD[:300]))
            exchange.cut()

        with serving(dialect, script, price=price):
            assert generate(dialect, "-o", "made.py") == 2
        said = error_line(capsys)
        assert f" {CHARGED_TEXTS['yes']} " in said
        assert ("The price is unknown." if price is None else "Spent: at least 0.0") in said

    def test_an_answer_without_code_is_charged_whatever_comes_after_it(self, dialect, capsys):
        answers = saying(dialect, PROSE)
        refuse = dialect.errors()["wrong_key"].send
        seen = []

        async def script(exchange):
            seen.append(exchange)
            await (answers if len(seen) == 1 else refuse)(exchange)

        with serving(dialect, script, price="2"):
            assert generate(dialect) == 2
        said = error_line(capsys)
        assert "refused the API key" in said
        assert f" {CHARGED_TEXTS['yes']} Spent: 0.0" in said


class TestRepairs:
    def test_each_attempt_is_told_with_its_finding_its_cost_and_its_diff(self, dialect, capsys):
        with serving(dialect, saying(dialect, CRASHES, GOOD), price="2"):
            assert generate(dialect) == 0
        err = capsys.readouterr().err
        lines = err.splitlines()
        first = next(n for n, line in enumerate(lines) if line.startswith("Attempt 1: "))
        assert lines[first].startswith("Attempt 1: errors found, 0.0")
        assert lines[first + 1].startswith("  Line ")
        assert "ZeroDivisionError" in lines[first + 1]
        second = next(n for n, line in enumerate(lines) if line.startswith("Attempt 2: "))
        assert lines[second].startswith("Attempt 2: accepted, 0.0")
        assert "  -        1 // (len(self) - len(self))" in lines[second:]
        assert first < lines.index("Repairing, attempt 2 of 3 ...") < second

    def test_a_repair_that_is_over_the_limit_is_said_and_never_waited_for(self, dialect, capsys):
        with serving(dialect, saying(dialect, NO_PYTHON), price="2"):
            high = quote(load_template("sma_cross"), model_of(dialect)).cost_range[1]
            limit = f"{high + Decimal('0.0001'):f}"
            assert generate(dialect, "--max-cost", limit, "-o", "made.py") == 1
        err = capsys.readouterr().err
        assert "No repair was asked for. Spent by the attempts so far: 0.0" in err
        assert f" more, over the limit of {shown_cost(Decimal(limit))} given as --max-cost." in err
        assert "attempt 2" not in err
        assert "It was not asked again, because that could cost more than is allowed." in err

    def test_code_that_comes_back_unchanged_is_said(self, dialect, capsys):
        with serving(dialect, saying(dialect, CRASHES, CRASHES)):
            assert generate(dialect) == 1
        assert "not asked again, because the same code came back." in capsys.readouterr().err

    def test_a_repair_that_fails_is_said(self, dialect, capsys):
        first = saying(dialect, CRASHES)
        seen = []

        async def script(exchange):
            seen.append(exchange)
            await (first if len(seen) == 1 else dialect.errors()["wrong_key"].send)(exchange)

        with serving(dialect, script):
            assert generate(dialect) == 1
        last = capsys.readouterr().err.splitlines()[-1]
        assert "The code still has errors. Attempt 2: " in last
        assert "refused the API key." in last


class TestJson:
    def test_a_request_that_fails_early_is_in_the_json_too(self, dialect):
        with serving(dialect, dialect.errors()["wrong_key"].send):
            assert generate(dialect, "--json", "made.json") == 2
        data = json.loads(Path("made.json").read_text("utf-8"))
        assert (data["name"], data["ok"]) == ("SMA cross", False)
        assert data["error"]["code"] == "wrong_key"
        assert data["error"]["money"] == CHARGED_TEXTS["no"]

    @pytest.mark.parametrize("words", [("--max-cost", "0"), ("--notes", "x" * 100_000)])
    def test_what_is_refused_here_is_in_the_json_too(self, dialect, words):
        with serving(dialect, saying(dialect), price="2") as server:
            assert generate(dialect, "--json", "made.json", *words) == 2
        error = json.loads(Path("made.json").read_text("utf-8"))["error"]
        assert error["message"]
        assert error["money"] == CHARGED_TEXTS["no"]
        assert server.seen == []

    def test_json_on_stdout_stands_alone_beside_a_draft(self, dialect, capsys):
        with serving(dialect, saying(dialect, GOOD[:300], reason="length")):
            assert generate(dialect, "--json", "-") == 2
        data = json.loads(capsys.readouterr().out)
        assert data["is_draft"]
        assert data["error"]["message"] == "The answer was cut off at the output limit."


class TestLimit:
    @pytest.mark.parametrize("words", [(), ("--show-prompt",)])
    def test_the_limit_is_named_as_the_option_that_sets_it(self, dialect, capsys, words):
        with serving(dialect, saying(dialect), price="2"):
            assert generate(dialect, "--max-cost", "0.001", *words) == (0 if words else 2)
        said = " ".join(capsys.readouterr().err.splitlines()[-2:])
        assert "over the limit of 0.0010 USD given as --max-cost." in said
        assert "or raise --max-cost." in said
        assert "budget" not in said

    def test_a_limit_without_a_price_is_named_too(self, dialect, capsys):
        with serving(dialect, saying(dialect)):
            assert generate(dialect, "--max-cost", "1") == 2
        assert "so --max-cost could not be kept." in error_line(capsys)


@pytest.mark.parametrize("command", [["models", "openai"], ["generate", "sma_cross", "--model"]])
def test_a_missing_key_is_not_to_be_typed_where_there_is_no_field(capsys, monkeypatch, command):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    main([*command, "openai:gpt-x"] if command[-1] == "--model" else command)
    said = "".join(capsys.readouterr())
    assert "Set OPENAI_API_KEY, or store it with: keyring set " in said
    assert "key field" not in said
    assert "before Jupyter" not in said


def test_the_worst_case_of_all_attempts_is_told_before(dialect, capsys):
    with serving(dialect, saying(dialect), price="2"):
        assert generate(dialect, "--show-prompt", "--attempts", "3") == 0
        worst = quote(load_template("sma_cross"), model_of(dialect)).worst_cost(3)
    said = capsys.readouterr().err
    assert f"With all 3 attempts it costs {shown_cost(worst)} at most." in said
