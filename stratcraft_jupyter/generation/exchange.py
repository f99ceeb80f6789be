"""One request to a model, from sending it to its entry in the ledger."""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from decimal import Decimal

from stratcraft_jupyter.generation.meter import Meter
from stratcraft_jupyter.generation.stream import batches
from stratcraft_jupyter.providers.base import (
    Adjusted,
    Failed,
    Fault,
    Finished,
    FinishReason,
    ModelEvent,
    Retrying,
    TextDelta,
    Thinking,
    Usage,
)

TICK = 0.1
# Characters of an answer; whatever a server sends after them would only hold up the notebook.
MAX_ANSWER = 1_000_000
# Code has three to four characters a token: so many that only a server that does not keep to the
# limit reaches them.
_CHARACTERS_A_TOKEN = 8
_LEAST_ANSWER = 8_000  # characters that are taken however low the limit is

OverBudget = Callable[[Usage], Fault | None]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request gave.

    Attributes:
        text: What arrived, whole or in part.
        reason: How the provider says the answer ended; None if it did not end.
        fault: Why it failed, if it did.
        usage: Tokens; an estimate if the provider did not say.
        cost: US dollars; None if the price or the tokens are unknown.
        seconds: From sending to the end.
        is_partial: Whether usage and cost are only what is known of more.
        is_cut: Whether the server sent more than it was allowed, and was not heard to the end.
    """

    text: str
    reason: FinishReason | None
    fault: Fault | None
    usage: Usage
    cost: Decimal | None
    seconds: float
    is_partial: bool
    is_cut: bool = False


NOT_SENT = Answer("", None, None, Usage(), Decimal(0), 0.0, is_partial=False)


class Listener:
    """What an exchange tells while it runs; each method does nothing unless it is replaced."""

    def on_thinking(self) -> None:
        """The model reasons."""

    def on_text(self, delta: str) -> None:
        """More text arrived."""

    def on_notice(self, message: str) -> None:
        """Something the user should know."""

    def on_tick(self, meter: Meter) -> None:
        """Time went by."""


class Exchange:
    """One request; what arrived stays readable when it is cancelled.

    Args:
        events: Of the provider, for the request.
        meter: Counts what it costs.
        over_budget: Says whether tokens so far are more than the budgets allow.
        listener: Is told what happens.
        output_limit: Tokens the request asks for at most; None if it sets no limit.
    """

    def __init__(
        self,
        events: AsyncIterator[ModelEvent],
        meter: Meter,
        over_budget: OverBudget,
        listener: Listener,
        output_limit: int | None = None,
    ) -> None:
        self._events = events
        self._meter = meter
        self._over_budget = over_budget
        self._listener = listener
        self._began = time.monotonic()
        self._told = 0.0
        self._end: Finished | Failed | None = None
        self._left = _most_characters(output_limit)
        self._is_cut = False  # too long
        self._is_stopped = False  # for one reason or another

    async def run(self) -> Answer:
        """Sends the request and reads its answer to the end.

        Cancelling the task closes the connection; `answer` then gives what arrived.
        """
        async with aclosing(batches(self._events, TICK)) as stream:
            async for batch in stream:
                self._take(batch)
                self._tick()
                if self._is_stopped or self._is_cut:
                    break
        return self.answer()

    def answer(self) -> Answer:
        """What there is now."""
        end, meter = self._end, self._meter
        fault = end.fault if isinstance(end, Failed) else None
        is_free = fault is not None and fault.charged == "no" and not meter.has_started
        is_over = isinstance(end, Finished) or is_free
        reason = end.reason if isinstance(end, Finished) else None
        return Answer(
            text=meter.text,
            reason="length" if self._is_cut and fault is None else reason,
            fault=fault,
            usage=Usage() if is_free else meter.usage,
            cost=Decimal(0) if is_free else meter.cost,
            seconds=time.monotonic() - self._began,
            is_partial=not is_over,
            is_cut=self._is_cut and fault is None,
        )

    def _take(self, batch: Sequence[ModelEvent]) -> None:
        text = ""
        for arrived in batch:
            event = self._clipped(arrived)
            if event is None:
                continue
            self._meter.note(event)
            match event:
                case TextDelta(delta):
                    text += delta
                case Thinking():
                    self._listener.on_thinking()
                case Retrying(fault, wait, attempt, attempts):
                    self._listener.on_notice(
                        f"{fault.message} Trying again in {wait:.0f} s ({attempt} of {attempts})."
                    )
                case Adjusted(message=message):
                    self._listener.on_notice(message)
                case Finished() | Failed():
                    self._end = event
                case _:
                    pass
        if text:
            self._listener.on_text(text)

    def _clipped(self, event: ModelEvent) -> ModelEvent | None:
        """The event without what is too much of it; None if nothing is left."""
        if not isinstance(event, TextDelta | Thinking):
            return event
        if self._is_cut:
            return None
        room = self._left
        self._left -= len(event.text)
        if self._left >= 0:
            return event
        self._is_cut = True
        return replace(event, text=event.text[:room])

    def _tick(self) -> None:
        now = time.monotonic()
        if now - self._told < TICK and self._end is None and not self._is_cut:
            return
        self._told = now
        self._listener.on_tick(self._meter)
        if self._end is None:
            fault = self._over_budget(self._meter.usage)
            if fault is not None:
                self._end, self._is_stopped = Failed(fault), True


def _most_characters(output_limit: int | None) -> int:
    if output_limit is None:
        return MAX_ANSWER
    return min(MAX_ANSWER, max(output_limit * _CHARACTERS_A_TOKEN, _LEAST_ANSWER))
