"""The error of a generation that gave no code."""

from decimal import Decimal

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.generation.money import charge_in_words
from stratcraft_jupyter.generation.result import GeneratedStrategy
from stratcraft_jupyter.providers.base import Charged, Fault, Usage


class GenerationError(StratCraftError):
    """A generation that gave no code that can be used.

    Args:
        message: What happened.
        hint: What to do next.
        fault: The fault of the request, if it failed.
        draft: What arrived before, marked as a draft; None if nothing did.
        usage: Tokens used, as far as known.
        cost: US dollars spent, as far as known; None if the price is unknown.
        attempt_count: How many requests were made.
        charged: Whether they cost money.
        is_partial: Whether usage and cost are only what is known of more.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        fault: Fault | None = None,
        draft: GeneratedStrategy | None = None,
        usage: Usage | None = None,
        cost: Decimal | None = None,
        attempt_count: int = 0,
        charged: Charged = "no",
        is_partial: bool = False,
    ) -> None:
        super().__init__(message, hint=hint)
        self.fault = fault
        self.draft = draft
        self.usage = usage or Usage()
        self.cost = cost
        self.attempt_count = attempt_count
        self.charged = charged
        self.is_partial = is_partial

    @property
    def money(self) -> str:
        """Whether money was spent, and how much as far as that is known."""
        return charge_in_words(self.charged, self.usage, self.cost, is_partial=self.is_partial)

    @property
    def kept_text(self) -> str:
        """What the model had written until then; empty if nothing arrived."""
        texts = [attempt.text for attempt in self.draft.attempts] if self.draft else []
        return next((text for text in reversed(texts) if text), "")


def failure(fault: Fault) -> GenerationError:
    """The error for a fault before anything was sent."""
    return GenerationError(fault.message, hint=fault.hint, fault=fault, charged=fault.charged)
