"""What the adapters send, what they read, and how they let go."""

import asyncio
import json
import sys
import traceback
from contextlib import aclosing
from datetime import date

import pytest
from wire.cases import KEY, PATIENT, REQUEST, Case, end, observe, start, streams, text
from wire.dialects import DIALECTS, MODEL, PIECES, TEXT, sse
from wire.raw_server import raw_server

from stratcraft_jupyter.providers.base import (
    Adjusted,
    Connection,
    Failed,
    Finished,
    Message,
    ModelRequest,
    ProviderError,
    Started,
    TextDelta,
    Thinking,
    Usage,
)
from stratcraft_jupyter.providers.deadlines import guarded_stream
from stratcraft_jupyter.providers.registry import provider_class

every_provider = pytest.mark.parametrize("provider", DIALECTS)
USAGE = Usage(100, 40, 5, 30, 10)


def good(*parts):
    return Case("Good", "complete", "", streams(*(parts or (start, text, end))))


def made(provider, server, **connection):
    given = {"key": KEY, "base_url": DIALECTS[provider].base_url(server.url), **connection}
    return provider_class(provider)(Connection(**given))


def text_of(events):
    return "".join(event.text for event in events if isinstance(event, TextDelta))


def thoughts_of(events):
    return "".join(event.text for event in events if isinstance(event, Thinking))


@every_provider
async def test_a_good_answer(provider):
    events, server = await observe(good(), provider)
    assert events[0] == Started(MODEL)
    assert [event.text for event in events if isinstance(event, TextDelta)] == list(PIECES)
    assert events[-1] == Finished("complete", USAGE, MODEL)
    assert server.seen[0].path == DIALECTS[provider].path
    secret = server.seen[0].headers
    assert KEY in secret.get("authorization", "") + secret.get("x-api-key", "")


@every_provider
async def test_what_is_sent(provider):
    turns = (Message("user", "one"), Message("assistant", "two"), Message("user", "three"))
    request = ModelRequest(MODEL, "System.", turns, 700, "high")
    _, server = await observe(good(), provider, request)
    body = server.seen[0].json
    listed = body.get("messages") or body["input"]
    assert [item["content"] for item in listed if item["role"] != "system"] == [
        "one",
        "two",
        "three",
    ]
    assert "System." in json.dumps(body)
    assert body[DIALECTS[provider].limit] == 700
    assert "high" in json.dumps(body[DIALECTS[provider].effort])
    assert body["stream"] is True


async def test_openai_is_asked_not_to_store():
    _, server = await observe(good(), "openai")
    assert server.seen[0].json["store"] is False


async def test_anthropics_cache_is_used_for_the_instructions():
    _, server = await observe(good(), "anthropic")
    assert server.seen[0].json["system"][0]["cache_control"] == {"type": "ephemeral"}


async def test_a_compatible_server_gets_nothing_of_openais_account(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-openai-alone")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-openai-alone")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-of-openai-alone")
    case = Case("x", "complete", "", streams(start, text, end),
                connection=lambda dialect, root: {"key": ""})  # fmt: skip
    events, server = await observe(case, "compatible")
    assert isinstance(events[-1], Finished)
    assert "openai-alone" not in repr(server.seen[0])


@every_provider
async def test_reasoning_is_no_part_of_the_answer(provider):
    case = good(start, lambda dialect: dialect.thinking("hm, well"), text, end)
    events, _ = await observe(case, provider)
    assert thoughts_of(events) == "hm, well"
    assert text_of(events) == TEXT


@pytest.mark.parametrize("size", [1, 3, 1000])
async def test_reasoning_between_tags_is_no_part_of_the_answer(size):
    whole = "\n<think>a < b, so\n</think>\nThe <b> answer"
    pieces = [whole[at : at + size] for at in range(0, len(whole), size)]
    events, _ = await observe(good(start, lambda dialect: dialect.text(*pieces), end), "compatible")
    assert thoughts_of(events) == "a < b, so\n"
    assert text_of(events) == "The <b> answer"


@pytest.mark.parametrize("size", [1, 3, 1000])
async def test_an_answer_behind_a_tag_that_is_never_closed_is_kept(size):
    whole = "<think>a < b, so\n```python\nx = 1\n```\n</thi"
    pieces = [whole[at : at + size] for at in range(0, len(whole), size)]
    events, _ = await observe(good(start, lambda dialect: dialect.text(*pieces), end), "compatible")
    assert text_of(events) == whole


async def test_text_that_only_looks_like_a_tag_is_kept():
    events, _ = await observe(
        good(start, lambda dialect: dialect.text("<thi", "s"), end), "compatible"
    )
    assert text_of(events) == "<this"


async def test_a_stream_without_usage_is_estimated():
    def finish(dialect):
        return [dialect._chunk({}, "stop"), sse("[DONE]")]

    events, _ = await observe(good(start, text, finish), "compatible")
    assert events[-1].usage.is_estimate
    assert events[-1].usage.output_tokens == -(-len(TEXT) // 4)


async def test_an_answer_that_is_said_to_have_no_tokens_is_estimated():
    def finish(dialect):
        delta = {"stop_reason": "end_turn", "stop_sequence": None}
        told = dialect._event("message_delta", delta=delta, usage={"output_tokens": 0})
        return [told, dialect._event("message_stop")]

    events, _ = await observe(good(start, text, finish), "anthropic")
    usage = events[-1].usage
    assert (usage.input_tokens, usage.output_tokens) == (100, -(-len(TEXT) // 4))
    assert usage.is_estimate


@pytest.mark.parametrize("then", ["end", "cut", "hang"])
async def test_what_comes_after_a_whole_answer_does_not_matter(then):
    def finish(dialect):
        return [dialect._chunk({}, "stop")]

    case = Case("x", "complete", "", streams(start, text, finish, then=then))
    events, _ = await observe(case, "compatible")
    assert events[-1].reason == "complete"


@every_provider
async def test_what_a_server_refused_is_not_sent_again(provider):
    dialect = DIALECTS[provider]
    request = ModelRequest(MODEL, "", (Message("user", "x"),), None, "high")

    async def script(exchange):
        if dialect.effort in exchange.json:
            await dialect.errors()["refused_effort"].send(exchange)
        else:
            await streams(start, text, end)(dialect)(exchange)

    async with raw_server(script) as server:
        for sent in (2, 3):
            events = [event async for event in made(provider, server).stream(request)]
            assert isinstance(events[-1], Finished)
            assert [e.parameter for e in events if isinstance(e, Adjusted)] == [dialect.effort]
            assert len(server.seen) == sent


async def test_a_limit_under_another_name_is_sent_under_that_name():
    async def script(exchange):
        if "max_tokens" in exchange.json:
            await DIALECTS["compatible"].errors()["refused_limit"].send(exchange)
        else:
            await streams(start, text, end)(DIALECTS["compatible"])(exchange)

    async with raw_server(script) as server:
        events = [event async for event in made("compatible", server).stream(REQUEST)]
    assert isinstance(events[0], Adjusted)
    assert server.seen[-1].json["max_completion_tokens"] == 9000


@every_provider
async def test_a_server_that_refuses_for_ever_is_not_asked_for_ever(provider):
    case = Case("x", "refused_parameter", "no",
                lambda dialect: dialect.errors()["refused_effort"].send)  # fmt: skip
    request = ModelRequest(MODEL, "", (Message("user", "x"),), None, "high")
    events, server = await observe(case, provider, request)
    assert isinstance(events[-1], Failed)
    assert len(server.seen) <= 3


@every_provider
@pytest.mark.parametrize("sent", [0, 1], ids=["before the text", "in the text"])
async def test_cancelling_closes_the_connection(provider, sent):
    parts = (start, text)[: 2 * sent]

    async def script(exchange):
        if parts:
            await streams(*parts, then="hang")(DIALECTS[provider])(exchange)
        else:
            await exchange.hang()

    async with raw_server(script) as server:
        arrived = asyncio.Event()

        async def consume():
            async for event in guarded_stream(made(provider, server), REQUEST, PATIENT):
                if isinstance(event, TextDelta):
                    arrived.set()

        task = asyncio.create_task(consume())
        while not server.seen or (sent and not arrived.is_set()):
            await asyncio.sleep(0.005)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        async with asyncio.timeout(30):  # it is a matter of milliseconds; a hang takes longer
            await server.gone.wait()


@every_provider
async def test_leaving_the_loop_closes_the_connection(provider):
    script = streams(start, text, then="hang")(DIALECTS[provider])
    async with raw_server(script) as server:
        async with aclosing(guarded_stream(made(provider, server), REQUEST, PATIENT)) as events:
            async for event in events:
                if isinstance(event, TextDelta):
                    break
        async with asyncio.timeout(30):
            await server.gone.wait()


def serving(body, status=200, kind="application/json"):
    async def script(exchange):
        await exchange.answer(status, body, kind=kind)

    return raw_server(script)


@every_provider
async def test_models_are_listed(provider):
    async with serving(DIALECTS[provider].models()) as server:
        found = {item.id: item for item in await made(provider, server).list_models()}
    assert MODEL in found
    assert found.keys() <= {MODEL, "gpt-old"}
    if provider == "openai":
        assert found["gpt-old"].retires_on == date(2027, 1, 31)
    if provider == "compatible":
        assert found[MODEL].context_tokens == 8192
    if provider == "anthropic":
        info = found[MODEL]
        assert (info.title, info.context_tokens, info.max_output_tokens) == (
            "Test Model",
            200_000,
            64_000,
        )
        assert info.reasoning_efforts == ("low", "medium", "high")
        assert info.retires_on == date(2027, 1, 31)


@every_provider
@pytest.mark.parametrize(
    ("body", "status", "kind", "code"),
    [
        ("<html>Sign in</html>", 200, "text/html", "not_a_stream"),
        ("{}", 200, "application/json", "malformed"),
        ("not json", 200, "application/json", "malformed"),
        ({"error": {"message": "x", "type": "authentication_error"}}, 401, "application/json",
         "wrong_key"),
        ("404 page not found", 404, "text/plain", "wrong_base_url"),
        ("", 500, "text/plain", "server_error"),
    ],
)  # fmt: skip
async def test_a_list_that_is_none_is_told(provider, body, status, kind, code):
    async with serving(body, status, kind) as server:
        with pytest.raises(ProviderError) as caught:
            await made(provider, server).list_models()
    assert caught.value.fault.code == code
    assert caught.value.fault.charged == "no"


@pytest.mark.parametrize(("provider", "counted"), [("openai", 321), ("anthropic", 321)])
async def test_tokens_are_counted(provider, counted):
    if provider == "openai":
        pytest.importorskip("openai.resources.responses.input_tokens")  # not in early versions
    body = {"input_tokens": counted, "object": "response.input_tokens"}
    async with serving(body) as server:
        assert await made(provider, server).count_tokens(REQUEST) == counted
        assert server.seen[0].path in ("/v1/responses/input_tokens", "/v1/messages/count_tokens")


async def test_a_compatible_server_cannot_count():
    async with serving({}) as server:
        assert await made("compatible", server).count_tokens(REQUEST) is None
        assert not server.seen


@every_provider
async def test_no_key_in_what_a_failure_leaves_behind(provider):
    """Neither in the error nor in the variables that a verbose traceback prints."""
    echo = {"error": {"message": f"bad key {KEY}", "type": "invalid_request_error"}}
    async with serving(echo, 400) as server:
        provided = made(provider, server)
        with pytest.raises(ProviderError) as caught:
            await provided.list_models()
    error = caught.value
    assert error.__cause__ is None
    assert error.__context__ is None
    of_package = [
        f for f, _ in traceback.walk_tb(error.__traceback__) if "tests" not in f.f_code.co_filename
    ]
    assert of_package
    variables = [repr(value) for frame in of_package for value in frame.f_locals.values()]
    assert KEY not in "".join(variables) + repr(provided) + str(error) + repr(error.fault)


@every_provider
async def test_the_sdk_is_loaded_by_the_constructor_alone(provider):
    code = (
        f"import sys, stratcraft_jupyter.providers.{provider} as m\n"
        "print({'openai', 'anthropic', 'httpx2', 'httpx'} & set(sys.modules))"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert out.decode().strip() == "set()"


@every_provider
@pytest.mark.parametrize(
    ("connection", "code"),
    [
        ({"base_url": "localhost:1/v1"}, "wrong_base_url"),
        ({"base_url": "http://"}, "wrong_base_url"),
        ({"base_url": "http://a b/"}, "wrong_base_url"),
        ({"base_url": "http://x:99999/"}, "wrong_base_url"),
        ({"proxy": "nonsense"}, "proxy"),
        ({"proxy": "socks4://127.0.0.1:1"}, "proxy"),
        ({"key": "sk-\nnewline"}, "wrong_key"),
        ({"key": "sk-schlüssel"}, "wrong_key"),
    ],
)
async def test_what_cannot_be_used_is_told_before_anything_is_sent(provider, connection, code):
    given = {"key": KEY, "base_url": "http://127.0.0.1:1/v1", **connection}
    provided = provider_class(provider)(Connection(**given))
    events = [event async for event in provided.stream(REQUEST)]
    assert [event.fault.code for event in events] == [code]
    with pytest.raises(ProviderError) as caught:
        await provided.list_models()
    assert caught.value.fault == events[0].fault


async def test_a_compatible_server_needs_an_address():
    events = [e async for e in provider_class("compatible")(Connection()).stream(REQUEST)]
    assert events[0].fault.code == "wrong_base_url"
    assert "needs a base URL" in events[0].fault.message
