"""Counts the tokens of an answer while it streams, and what they cost."""

import time
from decimal import Decimal

from stratcraft_jupyter.codegen.prompt import estimate_tokens
from stratcraft_jupyter.providers.base import (
    Failed,
    Finished,
    ModelEvent,
    Started,
    TextDelta,
    Thinking,
    Usage,
    UsageSoFar,
)
from stratcraft_jupyter.providers.cost import Price, cost_of


class Meter:
    """The tokens of one request: the provider's own count where it gives one, else ours.

    Args:
        input_tokens: What the request sends, as estimated before.
        price: Of the model; None if it is unknown.

    Attributes:
        has_started: Whether the provider began to answer.
    """

    def __init__(self, input_tokens: int, price: Price | None) -> None:
        self._price = price
        self._estimated_input = input_tokens
        self._reported: Usage | None = None
        self._final: Usage | None = None
        self._texts: list[str] = []
        self._thoughts: list[str] = []
        self._began: float | None = None
        self.has_started = False

    def note(self, event: ModelEvent) -> None:
        """Takes an event of the stream into account."""
        match event:
            case Started():
                self.has_started = True
            case TextDelta(text):
                self._note_text(self._texts, text)
            case Thinking(text):
                self._note_text(self._thoughts, text)
            case UsageSoFar(usage):
                self._reported = usage
            case Finished(usage=usage):
                self._final = usage
            case Failed(usage=usage) if usage is not None:
                self._reported = usage
            case _:
                pass

    def _note_text(self, texts: list[str], text: str) -> None:
        self.has_started = True
        if self._began is None:
            self._began = time.monotonic()
        texts.append(text)

    @property
    def text(self) -> str:
        """The answer so far."""
        return "".join(self._texts)

    @property
    def usage(self) -> Usage:
        """Tokens so far: an estimate until the provider has said its last."""
        if self._final is not None:
            return self._final
        if not self.has_started and self._reported is None:
            return Usage(is_estimate=True)
        known = self._reported or Usage(input_tokens=self._estimated_input)
        thought = estimate_tokens("".join(self._thoughts))
        seen = estimate_tokens(self.text) + thought
        return Usage(
            input_tokens=known.input_tokens or self._estimated_input,
            cached_input_tokens=known.cached_input_tokens,
            cache_write_tokens=known.cache_write_tokens,
            output_tokens=max(known.output_tokens, seen),
            reasoning_tokens=max(known.reasoning_tokens, thought),
            is_estimate=True,
        )

    @property
    def cost(self) -> Decimal | None:
        """US dollars so far; None if the price is unknown."""
        return cost_of(self.usage, self._price)

    @property
    def tokens_per_second(self) -> float | None:
        """Speed since the first token; None before there is one to tell it from."""
        if self._began is None:
            return None
        elapsed = time.monotonic() - self._began
        return self.usage.output_tokens / elapsed if elapsed > 0 else None
