"""No key shows itself, whatever a server does, wherever the key came from."""

import asyncio
import itertools
import json
import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from canary.echoing import FAILURES, IN_THE_HEAD, MODEL, served
from canary.finding import CANARIES, find_canaries
from canary.planting import planted
from canary.watching import Evidence
from stratcraft_jupyter.providers.base import (
    Failed,
    Finished,
    Message,
    ModelRequest,
    ProviderError,
    Usage,
)
from stratcraft_jupyter.providers.deadlines import Limits, guarded_stream
from stratcraft_jupyter.providers.ledger import Ledger, LedgerEntry
from stratcraft_jupyter.providers.models import connection_for, list_models, missing_for
from stratcraft_jupyter.providers.preferences import change_preferences
from stratcraft_jupyter.providers.registry import provider_class

PROVIDERS = ("openai", "anthropic", "compatible")
REQUEST = ModelRequest(MODEL, "Be brief.", (Message("user", "Hello?"),), max_output_tokens=100)
QUICK = Limits(pause=0.01)
# where nobody answers: a port that is never open for such a thing
NOBODY = "127.0.0.1:1"


@pytest.fixture(autouse=True)
def home(monkeypatch, tmp_path):
    monkeypatch.setenv("STRATCRAFT_HOME", str(tmp_path))
    for variable in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(variable, raising=False)
    return tmp_path


def settings(name, address, proxy=""):
    """The settings with which a provider goes to a server."""
    path = "" if name == "anthropic" else "/v1"
    proxies = {name: proxy} if proxy else {}
    return change_preferences(base_urls={name: f"{address}{path}"}, proxies=proxies)


async def used(name, preferences, evidence):
    """Everything a provider can be asked, once; the last event of its stream."""
    assert missing_for(name, preferences) is None
    connection = connection_for(name, preferences)
    provider = provider_class(name)(connection)
    evidence.add_object("connection", connection)
    evidence.add_object("list", await list_models(name, preferences))
    for ask in (provider.list_models, lambda: provider.count_tokens(REQUEST)):
        try:
            evidence.add_object("answer", await ask())
        except ProviderError as error:
            evidence.add_error("question", error)
            evidence.add_object("fault", error.fault)
    last = None
    async for event in guarded_stream(provider, REQUEST, QUICK, retries=1):
        evidence.add_object("event", event)
        last = event
    evidence.add_object("provider", provider)
    outcome = last.fault.code if isinstance(last, Failed) else last.reason
    usage = last.usage or Usage()
    now = datetime.now(UTC)
    Ledger().record(
        LedgerEntry(now, name, MODEL, "Test", "generate", usage, Decimal(0), outcome=outcome)
    )
    return last


async def watched(name, preferences, source, *, but_for=()):
    """The last event, after a look at everything a key could show itself in."""
    with planted(source, name, provider_class(name).key_variable), Evidence() as evidence:
        last = await used(name, preferences, evidence)
    assert len(evidence.texts) > 10
    assert evidence.canaries(but_for=but_for) == []
    return last


@pytest.mark.parametrize("source", CANARIES)
@pytest.mark.parametrize("name", PROVIDERS)
async def test_a_good_answer(name, source, home, capfd):
    with served("good") as server:
        last = await watched(name, settings(name, server.address), source)
    assert isinstance(last, Finished)
    assert set(server.keys) == {CANARIES[source]}  # so the key was in use all the time
    assert find_canaries(home) == []
    assert find_canaries("".join(capfd.readouterr())) == []


# Each way to fail once for each provider: where the key came from makes no difference there.
@pytest.mark.parametrize(
    ("name", "behaviour", "source"),
    [
        (name, behaviour, source)
        for name in PROVIDERS
        for behaviour, source in zip(FAILURES, itertools.cycle(CANARIES), strict=False)
    ],
)
async def test_a_server_that_quotes_the_key_while_it_fails(name, behaviour, source, home, capfd):
    # At level DEBUG the HTTP library writes the head of each answer, and a server that puts the
    # key there is beyond us.
    but_for = ("log of httpcore", "log of openai.", "log of anthropic.")
    with served(behaviour) as server:
        last = await watched(
            name,
            settings(name, server.address),
            source,
            but_for=but_for if behaviour in IN_THE_HEAD else (),
        )
    assert isinstance(last, Failed)
    assert set(server.keys) == {CANARIES[source]}
    assert find_canaries(home) == []
    assert find_canaries("".join(capfd.readouterr())) == []


@pytest.mark.parametrize("name", PROVIDERS)
@pytest.mark.parametrize(
    ("address", "proxy", "source"),
    [
        (f"http://{NOBODY}", "", "typed"),
        ("http://localhost:9", f"http://{NOBODY}", "keyring"),
        (f"https://{NOBODY}", "", "environment"),
    ],
    ids=["nobody there", "no proxy there", "nobody there, encrypted"],
)
async def test_nobody_is_reached(name, address, proxy, source, home):
    last = await watched(name, settings(name, address, proxy), source)
    assert isinstance(last, Failed)
    assert find_canaries(home) == []


@pytest.mark.parametrize(
    ("name", "source"), [*zip(PROVIDERS, CANARIES, strict=True)], ids=PROVIDERS
)
async def test_a_server_without_encryption_where_it_is_wanted(name, source, home):
    with served("good") as server:
        address = server.address.replace("http://", "https://")
        last = await watched(name, settings(name, address), source)
    assert isinstance(last, Failed)
    assert find_canaries(home) == []


@pytest.mark.parametrize("behaviour", ["silence", "slow"])
@pytest.mark.parametrize("name", PROVIDERS)
async def test_a_request_that_is_cancelled(name, behaviour):
    evidence = Evidence()

    async def run(provider):
        try:
            async for event in provider.stream(REQUEST):
                evidence.add_object("event", event)
        except asyncio.CancelledError as error:
            evidence.add_error("cancelled request", error)
            raise

    with (
        served(behaviour) as server,
        planted("typed", name, provider_class(name).key_variable),
        evidence,
    ):
        connection = connection_for(name, settings(name, server.address))
        task = asyncio.create_task(run(provider_class(name)(connection)))
        assert await asyncio.to_thread(server.is_asked.wait, 10)
        await asyncio.sleep(0.2)
        task.cancel()
        try:
            await task
        except asyncio.CancelledError as error:
            evidence.add_error("cancelled task", error)
    assert server.keys == [CANARIES["typed"]]
    assert any("cancelled request" in place for place, _ in evidence.texts)
    assert evidence.canaries() == []


CRASH = """
import asyncio, logging, sys
logging.basicConfig(level=0)
from stratcraft_jupyter.providers.base import Connection, Message, ModelRequest
from stratcraft_jupyter.providers.keys import find_key
from stratcraft_jupyter.providers.registry import provider_class
name, address = sys.argv[1:]
kind = provider_class(name)
provider = kind(Connection(find_key(name, kind.key_variable).key, address))
asyncio.run(provider.list_models())
"""


@pytest.mark.parametrize("name", PROVIDERS)
def test_a_program_that_ends_with_the_error(name):
    variable = provider_class(name).key_variable
    with served("wrong_key") as server, planted("environment", name, variable):
        path = "" if name == "anthropic" else "/v1"
        done = subprocess.run(
            [sys.executable, "-X", "dev", "-c", CRASH, name, f"{server.address}{path}"],
            capture_output=True,
            cwd=Path(__file__).parents[2],
            check=False,
        )
    assert done.returncode == 1
    assert b"ProviderError" in done.stderr
    assert server.keys == [CANARIES["environment"]]
    assert find_canaries(done.stdout + done.stderr) == []


@pytest.mark.parametrize("model", ["sma-cross", "there is none"])
async def test_recorded_answers(model, home):
    with planted("typed", "replay", ""), Evidence() as evidence:
        provider = provider_class("replay")(connection_for("replay"))
        evidence.add_object("list", await list_models("replay"))
        request = ModelRequest(model, "", REQUEST.messages)
        async for event in guarded_stream(provider, request):
            evidence.add_object("event", event)
        evidence.add_object("provider", provider)
    assert evidence.canaries() == []
    assert find_canaries(home) == []


def test_settings_hold_no_key(home):
    with planted("typed", "openai", "OPENAI_API_KEY"):
        settings("openai", "http://localhost:1")
        text = (home / "preferences.json").read_text()
    assert json.loads(text)["base_urls"] == {"openai": "http://localhost:1/v1"}
    assert find_canaries(home) == []
