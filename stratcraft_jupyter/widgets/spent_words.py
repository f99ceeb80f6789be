"""Whether a request cost money, and what failed, in words. No widgets."""

from decimal import Decimal

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.generation.attempt_words import stop_in_words
from stratcraft_jupyter.generation.failure import GenerationError
from stratcraft_jupyter.generation.result import GeneratedStrategy
from stratcraft_jupyter.providers.cost import shown_cost
from stratcraft_jupyter.providers.faults import CHARGED_TEXTS
from stratcraft_jupyter.widgets.snapshot import Failure, as_failure

_FREE = CHARGED_TEXTS["no"]
_UNKNOWN = "It may have cost money: the price is unknown."


def money_in_words(cost: Decimal | None, *, is_partial: bool = False) -> str:
    """Whether money was spent; what a cut-off answer cost is known in part only."""
    if cost is None:
        return _UNKNOWN
    if cost == 0:
        return _FREE
    return f"Spent: {shown_cost(cost, is_partial=is_partial)}."


def failure_of(error: StratCraftError, where: str = "") -> Failure:
    """What the panel says of a generation without code.

    Args:
        error: Why there is none.
        where: Where what arrived is kept, one sentence; empty if nothing arrived.
    """
    if not isinstance(error, GenerationError):
        return as_failure(error)
    return Failure(error.message, f"{where} {error.hint}".strip(), money=error.money)


def is_apart(strategy: GeneratedStrategy) -> bool:
    """Whether all that is wrong with whole code is that it does not follow the strategy."""
    report = strategy.verification
    return not strategy.is_draft and report is not None and not report.ok


def apart_failure(strategy: GeneratedStrategy) -> Failure:
    """What the panel says of code that does not follow the strategy."""
    tries = len(strategy.attempts)
    after = "1 attempt" if tries == 1 else f"{tries} attempts"
    why = "" if strategy.stopped == "attempts" else f" {stop_in_words(strategy)}"
    is_partial = any(attempt.is_partial for attempt in strategy.attempts)
    return Failure(
        f"The code of {strategy.model} does not do what the strategy says, after {after}.{why}",
        "See the difference below: have the model fix it, or insert the code as a draft.",
        money=money_in_words(strategy.cost, is_partial=is_partial),
    )


def findings_failure(strategy: GeneratedStrategy, where: str) -> Failure:
    """What the panel says of code in which errors are left."""
    errors = [item for item in strategy.findings if item.severity == "error"]
    tries = len(strategy.attempts)
    count = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
    after = "1 attempt" if tries == 1 else f"{tries} attempts"
    first = errors[0]
    why = "" if strategy.stopped == "attempts" else f" {stop_in_words(strategy)}"
    message = f"The code still has {count} after {after}.{why} {first.message}"
    hint = f"{where} {first.hint} Press Generate to try again."
    is_partial = any(attempt.is_partial for attempt in strategy.attempts)
    money = money_in_words(strategy.cost, is_partial=is_partial)
    return Failure(message, " ".join(hint.split()), money=money)
