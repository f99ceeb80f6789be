"""The guarded stream: in time, with one end, and sent again only before anything began."""

import asyncio

import pytest

from stratcraft_jupyter.providers.base import (
    Connection,
    Failed,
    Fault,
    Finished,
    Message,
    ModelRequest,
    ProviderError,
    Retrying,
    Started,
    TextDelta,
    Usage,
    UsageSoFar,
)
from stratcraft_jupyter.providers.deadlines import Limits, guarded_stream

REQUEST = ModelRequest("m", "", (Message("user", "x"),))
DONE = Finished("complete", Usage(1, output_tokens=1), "m")
BUSY = Failed(Fault("overloaded", "Busy.", "Wait."))
TEXT = TextDelta("text")
HANG = "hang"
QUICK = Limits(pause=0)


class Played:
    """Plays one list of events for each attempt: events, exceptions, or a hang."""

    name = "played"
    title = "Played"
    key_variable = ""
    needs_key = False
    needs_base_url = False

    def __init__(self, *attempts):
        self._connection = Connection()
        self.attempts = list(attempts)
        self.sent = 0
        self.closed = 0

    async def list_models(self):
        return ()

    async def count_tokens(self, request):
        return None

    async def stream(self, request):
        self.sent += 1
        try:
            for event in self.attempts[min(self.sent, len(self.attempts)) - 1]:
                if event is HANG:
                    await asyncio.Event().wait()
                if isinstance(event, Exception):
                    raise event
                yield event
        finally:
            self.closed += 1


async def play(*attempts, limits=QUICK, retries=2):
    provider = Played(*attempts)
    events = [event async for event in guarded_stream(provider, REQUEST, limits, retries)]
    assert provider.closed == provider.sent
    return events, provider


async def test_events_pass_through():
    events, _ = await play([Started("m"), TEXT, DONE])
    assert events == [Started("m"), TEXT, DONE]


async def test_nothing_comes_after_the_end():
    events, _ = await play([DONE, TEXT, DONE])
    assert events == [DONE]


async def test_empty_text_is_no_first_text():
    events, _ = await play([TextDelta(""), DONE])
    assert events == [DONE]


async def test_a_request_that_did_not_begin_is_sent_again():
    events, provider = await play([BUSY], [TEXT, DONE])
    assert events == [Retrying(BUSY.fault, 0, 2, 3), TEXT, DONE]
    assert provider.sent == 2


async def test_retries_are_bounded():
    events, provider = await play([BUSY])
    assert [type(event) for event in events] == [Retrying, Retrying, Failed]
    assert provider.sent == 3


@pytest.mark.parametrize("begun", [Started("m"), TEXT, UsageSoFar(Usage(1))])
async def test_nothing_is_sent_again_once_it_began(begun):
    events, provider = await play([begun, BUSY])
    assert provider.sent == 1
    assert isinstance(events[-1], Failed)


@pytest.mark.parametrize("code", ["wrong_key", "no_credit", "unknown_model", "timeout", "tls"])
async def test_what_will_not_change_is_not_sent_again(code):
    _, provider = await play([Failed(Fault(code, "x.", "y."))])
    assert provider.sent == 1


@pytest.mark.parametrize(("asked", "sent"), [(0.0, 3), (30.0, 1), (31.0, 1)])
async def test_the_providers_own_wait_is_kept_within_bounds(asked, sent):
    failed = Failed(Fault("rate_limit", "x.", "y.", retry_after=asked))
    limits = Limits(pause=0, longest_pause=30, total=20)  # 30 would be too late as well
    events, provider = await play([failed], limits=limits)
    assert provider.sent == sent
    assert events[-1] == failed


async def test_pauses_grow():
    limits = Limits(pause=0.001)
    events, _ = await play([BUSY], limits=limits)
    assert [event.wait for event in events[:2]] == [0.001, 0.002]


@pytest.mark.parametrize(
    ("attempt", "limits", "charged", "words"),
    [
        ([HANG], Limits(first=0.01), "maybe", "nothing came for 1 second"),
        ([Started("m"), HANG], Limits(first=0.01), "maybe", "nothing came"),
        ([TEXT, HANG], Limits(idle=0.01), "yes", "nothing came"),
        ([TEXT, HANG], Limits(total=0.2), "yes", "not finished after"),
    ],
)
async def test_time_runs_out(attempt, limits, charged, words):
    events, provider = await play(attempt, limits=limits)
    fault = events[-1].fault
    assert (fault.code, fault.charged) == ("timeout", charged)
    assert words in fault.message
    assert provider.sent == 1


@pytest.mark.parametrize(
    ("attempt", "code", "charged"),
    [
        ([], "no_end", "maybe"),
        ([TEXT], "no_end", "yes"),
        ([TEXT, "no event"], "malformed", "yes"),
        ([None], "no_end", "maybe"),
        ([RuntimeError("with a key sk-1234567890")], "unexpected", "maybe"),
        ([TEXT, RuntimeError()], "unexpected", "yes"),
        ([TimeoutError()], "timeout", "maybe"),
        ([ProviderError(Fault("tls", "x.", "y."))], "tls", "no"),
    ],
)
async def test_a_provider_that_breaks_its_word_ends_in_one_fault(attempt, code, charged):
    events, _ = await play(attempt)
    assert (events[-1].fault.code, events[-1].fault.charged) == (code, charged)
    assert "sk-1" not in repr(events)


async def test_known_usage_stays_with_a_failure():
    events, _ = await play([UsageSoFar(Usage(5)), TEXT, Failed(BUSY.fault)])
    assert events[-1].usage == Usage(5)
    events, _ = await play([UsageSoFar(Usage(5)), TEXT, RuntimeError()])
    assert events[-1].usage == Usage(5)


async def test_cancelling_closes_the_provider_and_stays_a_cancellation():
    provider = Played([TEXT, HANG])
    arrived = asyncio.Event()

    async def consume():
        async for _ in guarded_stream(provider, REQUEST, QUICK):
            arrived.set()

    task = asyncio.create_task(consume())
    await arrived.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert provider.closed == 1


async def test_cancelling_a_pause_ends_it():
    provider = Played([BUSY])
    paused = asyncio.Event()

    async def consume():
        async for event in guarded_stream(provider, REQUEST, Limits(pause=20)):
            assert isinstance(event, Retrying)
            paused.set()

    task = asyncio.create_task(consume())
    await paused.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert provider.sent == 1


async def test_the_connect_limit_reaches_the_provider():
    provider = Played([DONE])
    provider.connect_limit = 0.0
    assert [e async for e in guarded_stream(provider, REQUEST, Limits(connect=7))] == [DONE]
    assert provider.connect_limit == 7
