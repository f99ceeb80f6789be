"""Generation with the real SDKs: the bytes that are sent, cancelling, and keys."""

import asyncio

import pytest
from wire.cases import saying
from wire.dialects import DIALECTS, MODEL
from wire.raw_server import raw_server

from generation.answers import CRASHES, GOOD, GOOD_CODE, generate
from generation.conftest import of_kind
from stratcraft_jupyter.generation import GenerationError, Notice, Text, quote
from stratcraft_jupyter.providers.keys import forget_key, type_key
from stratcraft_jupyter.providers.ledger import Ledger
from stratcraft_jupyter.providers.preferences import Preferences

KEY = "sk-test-generation-6d1f0a9c44be27"


@pytest.fixture(params=list(DIALECTS))
def dialect(request):
    found = DIALECTS[request.param]
    type_key(found.provider, KEY)
    yield found
    forget_key(found.provider)


def reached(dialect, server) -> Preferences:
    return Preferences(base_urls={dialect.provider: dialect.base_url(server.url)})


def strings(data) -> list[str]:
    """Every text in a JSON value, in order."""
    if isinstance(data, str):
        return [data]
    parts = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [text for part in parts for text in strings(part)]


async def test_what_was_quoted_is_what_is_sent(graph, dialect):
    model = f"{dialect.provider}:{MODEL}"
    async with raw_server(saying(dialect, GOOD)) as server:
        preferences = reached(dialect, server)
        asked = quote(graph, model, notes="Größe ≠ “size”.", preferences=preferences)
        made = await generate(graph, asked, preferences=preferences)
    assert made.source == GOOD_CODE
    (seen,) = server.seen
    texts = strings(seen.json)
    assert asked.prompt.system in texts
    assert asked.prompt.user in texts
    assert made.prompt_hash == asked.prompt.hash
    # nothing is known of the price at an address of one's own
    assert made.cost is None
    assert Ledger().spent().unknown_count == 1


async def test_a_repair_begins_with_what_was_sent_before(graph, dialect):
    async with raw_server(saying(dialect, CRASHES, GOOD)) as server:
        preferences = reached(dialect, server)
        model = f"{dialect.provider}:{MODEL}"
        made = await generate(graph, model, preferences=preferences)
    assert made.ok
    first, second = (strings(seen.json) for seen in server.seen)
    asked = quote(graph, model, preferences=preferences)
    for text in (asked.prompt.system, asked.prompt.user):
        assert text in first
        assert text in second
    more = "\n".join(text for text in second if text not in first)
    assert "ZeroDivisionError" in more
    assert made.attempts[0].source.rstrip() in more


async def test_cancelling_closes_the_connection(graph, dialect):
    async def begin_and_wait(exchange):
        await exchange.begin()
        await exchange.send(*dialect.start(), *dialect.text("import backtrader"))
        await exchange.hang()

    has_text = asyncio.Event()
    events = []

    def note(event):
        events.append(event)
        if isinstance(event, Text):
            has_text.set()

    async with raw_server(begin_and_wait) as server:
        model = f"{dialect.provider}:{MODEL}"
        preferences = reached(dialect, server)
        task = asyncio.create_task(generate(graph, model, on_event=note, preferences=preferences))
        await has_text.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.wait_for(server.gone.wait(), 60)
    assert events[-1].strategy.attempts[0].text == "import backtrader"
    (entry,) = Ledger().entries()
    assert (entry.outcome, entry.is_partial) == ("cancelled", True)


async def test_a_key_is_in_nothing_that_is_told(graph, dialect, home):
    async def refuse(exchange):
        await exchange.answer(401, {"error": {"message": f"Bad key {KEY}", "type": "auth"}})

    events = []
    async with raw_server(refuse) as server:
        model = f"{dialect.provider}:{MODEL}"
        preferences = reached(dialect, server)
        with pytest.raises(GenerationError) as caught:
            await generate(graph, model, on_event=events.append, preferences=preferences)
    assert caught.value.fault.code == "wrong_key"
    assert KEY in "".join(str(seen.headers) for seen in server.seen)
    told = [repr(events), repr(caught.value), str(caught.value), repr(vars(caught.value))]
    stored = [path.read_bytes() for path in home.rglob("*") if path.is_file()]
    assert stored
    assert all(KEY not in text for text in told)
    assert all(KEY.encode() not in data for data in stored)


async def test_a_missing_key_is_said_before_anything_is_sent(graph, monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(GenerationError) as caught:
        await generate(graph, "openai:gpt-x")
    assert caught.value.fault.code == "no_key"
    assert "OPENAI_API_KEY" in caught.value.hint
    assert Ledger().entries() == ()


async def test_waiting_for_another_try_is_told(graph, dialect):
    answers = iter([503, 200])
    good = saying(dialect, GOOD)

    async def busy_at_first(exchange):
        if next(answers) == 200:
            await good(exchange)
        else:
            await exchange.answer(503, {"error": {"message": "busy"}}, retry_after="0")

    events = []
    async with raw_server(busy_at_first) as server:
        preferences = reached(dialect, server)
        model = f"{dialect.provider}:{MODEL}"
        made = await generate(graph, model, on_event=events.append, preferences=preferences)
    assert made.ok
    assert len(made.attempts) == 1
    assert any("Trying again" in event.message for event in of_kind(events, Notice))


@pytest.mark.parametrize(
    ("reason", "providers", "said"),
    [
        ("length", ("openai", "anthropic", "compatible"), "The answer was cut off after"),
        ("filter", ("openai", "compatible"), "The provider's content filter stopped the answer"),
        ("refusal", ("anthropic",), "The model declined to go on after its code."),
    ],
)
async def test_whole_code_says_why_the_answer_ended_early(graph, dialect, reason, providers, said):
    if dialect.provider not in providers:
        pytest.skip("it has no such ending")
    async with raw_server(saying(dialect, GOOD, reason=reason)) as server:
        preferences = reached(dialect, server)
        made = await generate(graph, f"{dialect.provider}:{MODEL}", preferences=preferences)
    assert made.ok
    (item,) = (item for item in made.findings if item.code == "SC504")
    assert said in item.message


async def test_code_among_thoughts_without_an_end_is_not_taken(graph, dialect):
    thought = f"<think> I never close this\n{GOOD}"
    async with raw_server(saying(dialect, thought)) as server:
        preferences = reached(dialect, server)
        with pytest.raises(GenerationError, match="still reasoning") as caught:
            await generate(
                graph, f"{dialect.provider}:{MODEL}", attempts=1, preferences=preferences
            )
    assert caught.value.draft.attempts[0].source is None
    assert "never close" in caught.value.kept_text
