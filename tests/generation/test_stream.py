"""Reading a provider's events: pauses, ends, and providers that misbehave."""

import asyncio
from contextlib import aclosing

import pytest

from stratcraft_jupyter.generation.stream import batches
from stratcraft_jupyter.providers.base import Failed, Finished, Started, TextDelta, Usage

END = Finished("complete", Usage(), "x")


async def events(*items, delay=0.0):
    for item in items:
        await asyncio.sleep(delay)
        yield item


async def gathered(stream, period=10.0):
    async with aclosing(batches(stream, period)) as found:
        return [list(batch) async for batch in found]


async def test_what_waits_comes_together():
    found = await gathered(events(Started("x"), TextDelta("a"), TextDelta("b"), END))
    assert [event for batch in found for event in batch] == [
        Started("x"),
        TextDelta("a"),
        TextDelta("b"),
        END,
    ]


async def test_time_passes_while_nothing_comes():
    found = await gathered(events(TextDelta("a"), END, delay=0.1), period=0.01)
    assert found.count([]) >= 2
    assert [batch for batch in found if batch] == [[TextDelta("a")], [END]]


async def test_a_stream_without_end_fails():
    (last,) = (await gathered(events(TextDelta("a"))))[-1][-1:]
    assert isinstance(last, Failed)
    assert last.fault.code == "no_end"


async def test_what_follows_the_end_is_left():
    found = await gathered(events(END, TextDelta("more")))
    assert [event for batch in found for event in batch] == [END]


async def test_what_a_provider_raises_is_not_hidden():
    async def raises():
        yield TextDelta("a")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await gathered(raises())


async def test_cancelling_closes_the_provider_in_its_own_task():
    tasks = []

    async def provider():
        tasks.append(asyncio.current_task())
        try:
            yield TextDelta("a")
            await asyncio.sleep(60)
        finally:
            tasks.append(asyncio.current_task())

    async def read():
        async with aclosing(batches(provider(), 10)) as found:
            async for _ in found:
                has_begun.set()

    has_begun = asyncio.Event()
    task = asyncio.create_task(read())
    await has_begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(tasks) == 2
    assert tasks[0] is tasks[1] is not task


async def test_a_provider_that_hangs_while_it_closes_holds_nobody_up():
    release = asyncio.Event()

    async def stubborn():
        try:
            yield TextDelta("a")
            await asyncio.sleep(60)
        finally:
            await release.wait()

    loop = asyncio.get_running_loop()
    async with aclosing(batches(stubborn(), 10)) as found:
        async for _ in found:
            break
        began = loop.time()
    assert not release.is_set()
    assert loop.time() - began < 30
    release.set()


@pytest.mark.parametrize("turns", range(6))
async def test_a_cancellation_that_meets_text_is_not_lost(turns):
    ready = asyncio.Event()

    async def provider():
        await ready.wait()
        yield TextDelta("a")
        for _ in range(turns):  # on its way from the queue to whom it wakes
            await asyncio.sleep(0)
        task.cancel()
        yield END

    task = asyncio.create_task(gathered(provider()))
    for _ in range(10):
        await asyncio.sleep(0)
    ready.set()
    with pytest.raises(asyncio.CancelledError):
        await task
