"""The real SDKs against aimock, which knows the vendors' protocols from another pen than ours."""

from contextlib import aclosing

import pytest
from wire.aimock import aimock
from wire.dialects import DIALECTS

from stratcraft_jupyter.providers.base import (
    Connection,
    Failed,
    Finished,
    Message,
    ModelRequest,
    Started,
    TextDelta,
    Thinking,
)
from stratcraft_jupyter.providers.deadlines import Limits, guarded_stream
from stratcraft_jupyter.providers.registry import provider_class

CODE = "Here it is.\n\n```python\nimport backtrader as bt\n```\n"
every_provider = pytest.mark.parametrize("provider", DIALECTS)


@pytest.fixture(scope="module")
def address():
    with aimock() as url:
        yield url


async def ask(provider, address, text):
    made = provider_class(provider)(Connection("sk-any", DIALECTS[provider].base_url(address)))
    made.end_limit = 60
    request = ModelRequest("gpt-4o", "You write code.", (Message("user", text),), 500)
    limits = Limits(connect=60, first=60, idle=60, total=120, pause=0, longest_pause=0)
    async with aclosing(guarded_stream(made, request, limits)) as events:
        return [event async for event in events]


def text_of(events):
    return "".join(event.text for event in events if isinstance(event, TextDelta))


@every_provider
async def test_a_good_answer_arrives_whole(provider, address):
    events = await ask(provider, address, "good")
    assert isinstance(events[0], Started)
    assert text_of(events) == CODE
    assert any(isinstance(event, Thinking) for event in events)
    last = events[-1]
    assert isinstance(last, Finished)
    assert last.reason == "complete"
    assert (last.usage.input_tokens, last.usage.output_tokens) == (120, 45)
    assert not last.usage.is_estimate


@pytest.mark.parametrize("provider", ["anthropic", "compatible"])  # aimock has no other here
async def test_a_truncated_answer_says_so(provider, address):
    events = await ask(provider, address, "truncated")
    assert text_of(events) == "Here is the first ha"
    assert events[-1].reason == "length"


@every_provider
async def test_an_answer_that_breaks_off_is_kept_and_no_success(provider, address):
    events = await ask(provider, address, "broken off")
    assert isinstance(events[-1], Failed)
    # a reset connection may swallow even what was sent before it
    assert events[-1].fault.code in ("cut", "no_end", "connection")
    assert "A long answer".startswith(text_of(events)[:13])


@every_provider
async def test_a_rate_limit_is_told_with_its_wait(provider, address):
    events = await ask(provider, address, "too often")
    assert [event.fault.code for event in events] == ["rate_limit"]
    assert events[0].fault.retry_after > 0
