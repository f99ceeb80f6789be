"""Reads a model's events at their own pace and lets time pass between them."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence

from stratcraft_jupyter.providers.base import Failed, Finished, ModelEvent
from stratcraft_jupyter.providers.faults import make_fault

# A provider that hangs while it closes must not hold up who cancelled, or has the answer.
_CLOSE_WITHIN = 0.05
_END_WITHIN = 2.0


async def batches(
    events: AsyncIterator[ModelEvent], period: float
) -> AsyncGenerator[Sequence[ModelEvent]]:
    """What arrived, as soon as it does; an empty batch whenever nothing did for a while.

    One task reads the provider from beginning to end, because time limits and connections belong
    to the task that opened them. Closing this generator, or cancelling the task that iterates
    it, ends that task and so the connection.

    Args:
        events: Of a provider.
        period: Seconds after which an empty batch is given.
    """
    queue: asyncio.Queue[ModelEvent | None] = asyncio.Queue()
    reader = asyncio.create_task(_read(events, queue), name="stratcraft-model-stream")
    try:
        is_open = True
        while is_open:
            batch = await _next_batch(queue, period)
            is_open = None not in batch
            yield [event for event in batch if event is not None]
        await asyncio.wait({reader}, timeout=_END_WITHIN)
        if reader.done():
            reader.result()  # raises what a provider should not have raised
    finally:
        if reader.cancel():
            await asyncio.wait({reader}, timeout=_CLOSE_WITHIN)


async def _read(
    events: AsyncIterator[ModelEvent], queue: "asyncio.Queue[ModelEvent | None]"
) -> None:
    try:
        async for event in events:
            queue.put_nowait(event)
            if isinstance(event, Finished | Failed):
                return
        queue.put_nowait(Failed(make_fault("no_end", "The model")))
    finally:
        queue.put_nowait(None)
        if isinstance(events, AsyncGenerator):
            await events.aclose()


async def _next_batch(
    queue: "asyncio.Queue[ModelEvent | None]", period: float
) -> list[ModelEvent | None]:
    """All that waits in the queue; waits for the first one, but not for long."""
    try:
        # not wait_for: on Python 3.11 it loses a cancellation that meets a result
        async with asyncio.timeout(period):
            batch = [await queue.get()]
    except TimeoutError:
        return []
    while not queue.empty():
        batch.append(queue.get_nowait())
    return batch
