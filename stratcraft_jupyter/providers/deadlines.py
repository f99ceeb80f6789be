"""A stream one can rely on: it ends in time, says how, and is sent again only while it is free."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Protocol, get_args, runtime_checkable

from stratcraft_jupyter.providers.base import (
    Adjusted,
    Charged,
    Failed,
    FaultCode,
    Finished,
    ModelEvent,
    ModelRequest,
    Provider,
    ProviderError,
    Retrying,
    TextDelta,
    Usage,
    UsageSoFar,
)
from stratcraft_jupyter.providers.faults import make_fault, wait_text

_EVENTS = get_args(ModelEvent)
# Only these may be gone a moment later.
_WORTH_RETRYING: frozenset[FaultCode] = frozenset(
    {"rate_limit", "overloaded", "server_error", "connection"}
)
_CLOSE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait, in seconds.

    Attributes:
        connect: For the connection, encryption included.
        first: For the first text: servers load models, and models reason in silence.
        idle: Between two events once text has arrived.
        total: For everything, retries included.
        pause: Before the first retry if the provider names no time; doubled each time.
        longest_pause: A provider that asks for a longer wait is not tried again.
    """

    connect: float = 15
    first: float = 300
    idle: float = 60
    total: float = 600
    pause: float = 1
    longest_pause: float = 30


DEFAULT_LIMITS = Limits()


@runtime_checkable
class TakesConnectLimit(Protocol):
    """A provider that can limit the time for its connection.

    Attributes:
        connect_limit: Seconds.
    """

    connect_limit: float


@dataclass(slots=True)
class _Attempt:
    """What one attempt has brought so far.

    Attributes:
        has_begun: Whether the provider began to answer.
        has_text: Whether text arrived.
        usage: Tokens as last reported.
    """

    has_begun: bool = False
    has_text: bool = False
    usage: Usage | None = None
    failed: Failed | None = field(default=None)

    def note(self, event: ModelEvent) -> None:
        if isinstance(event, UsageSoFar):
            self.usage = event.usage
        if isinstance(event, TextDelta):
            self.has_text = True
        if not isinstance(event, Adjusted | Retrying | Failed):
            self.has_begun = True


async def guarded_stream(
    provider: Provider,
    request: ModelRequest,
    limits: Limits = DEFAULT_LIMITS,
    retries: int = 2,
) -> AsyncGenerator[ModelEvent, None]:
    """Streams an answer under deadlines of our own.

    A request is sent again, after a `Retrying` event, only if the provider had not begun to
    answer. Cancelling the task that iterates closes the connection at once; who
    stops iterating earlier closes the generator (`contextlib.aclosing`).

    Args:
        provider: Whom to ask.
        request: What to ask.
        limits: The deadlines.
        retries: How often to send again at most.

    Yields:
        Events; the last one, and only the last one, is a `Finished` or a `Failed`.
    """
    if isinstance(provider, TakesConnectLimit):
        provider.connect_limit = limits.connect
    loop = asyncio.get_running_loop()
    deadline = loop.time() + limits.total
    for number in range(1, retries + 2):
        attempt = _Attempt()
        async with aclosing(
            _attempt_events(provider, request, limits, deadline, attempt)
        ) as events:
            async for event in events:
                yield event
        if attempt.failed is None:
            return
        pause = _pause_before_retry(attempt, number, limits)
        if number > retries or pause is None or loop.time() + pause >= deadline:
            yield attempt.failed
            return
        yield Retrying(attempt.failed.fault, pause, number + 1, retries + 1)
        await asyncio.sleep(pause)


async def _attempt_events(
    provider: Provider,
    request: ModelRequest,
    limits: Limits,
    deadline: float,
    attempt: _Attempt,
) -> AsyncGenerator[ModelEvent, None]:
    """Events of one attempt without its failure, which goes into `attempt`."""
    who: str = getattr(provider, "who", provider.title)  # an adapter may know it better
    try:
        async with _closing(provider.stream(request)) as events:
            while True:
                event = await _next_event(events, who, limits, deadline, attempt)
                attempt.note(event)
                if isinstance(event, Failed):
                    attempt.failed = Failed(event.fault, event.usage or attempt.usage)
                    return
                if not isinstance(event, TextDelta) or event.text:
                    yield event
                if isinstance(event, Finished):
                    return
    except ProviderError as error:
        fault = error.fault
    except Exception as error:  # noqa: BLE001 - a provider of others may raise anything
        code: FaultCode = "timeout" if isinstance(error, TimeoutError) else "unexpected"
        charged: Charged = "yes" if attempt.has_text else "maybe"
        fault = make_fault(code, who, detail=type(error).__name__, charged=charged)
    attempt.failed = Failed(fault, attempt.usage)


async def _next_event(
    events: AsyncIterator[ModelEvent],
    who: str,
    limits: Limits,
    deadline: float,
    attempt: _Attempt,
) -> ModelEvent:
    """The next event, in time.

    Raises:
        ProviderError: It does not come, or it is none.
    """
    charged: Charged = "yes" if attempt.has_text else "maybe"
    wait = limits.idle if attempt.has_text else limits.first
    due = asyncio.get_running_loop().time() + wait
    timer = asyncio.timeout_at(min(due, deadline))
    try:
        async with timer:
            event: ModelEvent | None = await anext(events, None)
    except TimeoutError:
        if not timer.expired():  # the provider's own
            raise
        if due < deadline:
            detail = f"nothing came for {wait_text(wait)}"
        else:
            detail = f"not finished after {wait_text(limits.total)}"
        raise ProviderError(make_fault("timeout", who, detail=detail, charged=charged)) from None
    if event is None:
        raise ProviderError(make_fault("no_end", who, charged=charged))
    is_event = isinstance(event, _EVENTS)  # whatever its annotations promise
    if not is_event:
        detail = "the package of this provider is faulty"
        raise ProviderError(make_fault("malformed", who, detail=detail, charged=charged))
    return event


@asynccontextmanager
async def _closing(events: AsyncIterator[ModelEvent]) -> AsyncIterator[AsyncIterator[ModelEvent]]:
    """Closes a stream that can be closed, without waiting long for it."""
    try:
        yield events
    finally:
        close = getattr(events, "aclose", None)
        if close is not None:
            # a failure here must not take the place of a cancellation
            with suppress(Exception):
                async with asyncio.timeout(_CLOSE_SECONDS):
                    await close()


def _pause_before_retry(attempt: _Attempt, number: int, limits: Limits) -> float | None:
    """Seconds to wait before the request is sent again; None if it must not be."""
    if attempt.failed is None or attempt.has_begun:
        return None
    fault = attempt.failed.fault
    if fault.code not in _WORTH_RETRYING:
        return None
    if fault.retry_after is None:
        return min(limits.pause * 2.0 ** (number - 1), limits.longest_pause)
    return fault.retry_after if fault.retry_after <= limits.longest_pause else None
