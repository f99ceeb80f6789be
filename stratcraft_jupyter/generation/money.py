"""Whether a generation cost money, in the words of the fault texts, and how much is known of it."""

from collections.abc import Sequence
from decimal import Decimal

from stratcraft_jupyter.generation.result import Attempt
from stratcraft_jupyter.providers.base import Charged, Usage
from stratcraft_jupyter.providers.cost import shown_cost
from stratcraft_jupyter.providers.faults import CHARGED_TEXTS

_ORDER: tuple[Charged, ...] = ("yes", "maybe", "no")
# endings that are free if the provider stopped the answer before its first token
_STOPPED = {"truncated", "refused", "filtered"}


def charged_for(attempts: Sequence[Attempt]) -> Charged:
    """Whether any of the requests cost money."""
    found = {_charged_for_one(attempt) for attempt in attempts}
    return next((charged for charged in _ORDER if charged in found), "no")


def _charged_for_one(attempt: Attempt) -> Charged:
    if attempt.fault is not None:
        return attempt.fault.charged
    if attempt.outcome == "cancelled":
        return "maybe"
    return "no" if attempt.outcome in _STOPPED and not attempt.usage.output_tokens else "yes"


def charge_in_words(
    charged: Charged, usage: Usage, cost: Decimal | None, *, is_partial: bool = False
) -> str:
    """Whether money was spent, and how much as far as that is known.

    Args:
        charged: Whether it was.
        usage: Tokens that are known of.
        cost: What they cost; None if the price is unknown.
        is_partial: Whether there were more of them.
    """
    said = CHARGED_TEXTS[charged]
    is_counted = bool(usage.input_tokens or usage.output_tokens)
    if charged == "no" or (cost is None and not is_counted):
        return said
    if cost is None:
        return f"{said} The price is unknown."
    if cost == 0:
        return CHARGED_TEXTS["no"] if is_counted else said
    known = "Spent" if charged == "yes" else "As far as known"
    return f"{said} {known}: {shown_cost(cost, is_partial=is_partial)}."
