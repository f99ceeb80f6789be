"""Whether a request cost money, and what failed, in words. No widgets."""

from decimal import Decimal

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.generation.failure import GenerationError
from stratcraft_jupyter.generation.result import GeneratedStrategy
from stratcraft_jupyter.providers.base import Fault, Usage
from stratcraft_jupyter.providers.cost import shown_cost
from stratcraft_jupyter.widgets.snapshot import Failure, as_failure

_FREE = "No money was spent."
_MAYBE = "The provider may charge for what it did until then."
_UNKNOWN = "It may have cost money: the price is unknown."


def money_in_words(
    cost: Decimal | None, usage: Usage, fault: Fault | None = None, *, is_partial: bool = False
) -> str:
    """Whether money was spent; what a cut-off answer cost is known in part only."""
    is_nothing = not (usage.input_tokens or usage.output_tokens)
    if fault is not None and fault.charged == "no" and is_nothing:
        return _FREE
    if cost is None:
        return _UNKNOWN
    if cost == 0:
        is_open = is_nothing and fault is not None and fault.charged == "maybe"
        return _MAYBE if is_open else _FREE
    return f"Spent: {shown_cost(cost, is_partial=is_partial)}."


def failure_of(error: StratCraftError, where: str = "") -> Failure:
    """What the panel says of a generation without code.

    Args:
        error: Why there is none.
        where: Where what arrived is kept, one sentence; empty if nothing arrived.
    """
    if not isinstance(error, GenerationError):
        return as_failure(error)
    attempts = error.draft.attempts if error.draft else ()
    is_partial = any(attempt.is_partial for attempt in attempts)
    money = money_in_words(error.cost, error.usage, error.fault, is_partial=is_partial)
    if error.fault is not None and error.draft is None and error.cost is None:
        money = _FREE if error.fault.charged == "no" else _MAYBE
    return Failure(error.message, f"{where} {error.hint}".strip(), money=money)


def is_apart(strategy: GeneratedStrategy) -> bool:
    """Whether all that is wrong with whole code is that it does not follow the strategy."""
    report = strategy.verification
    return not strategy.is_draft and report is not None and not report.ok


def apart_failure(strategy: GeneratedStrategy) -> Failure:
    """What the panel says of code that does not follow the strategy."""
    tries = len(strategy.attempts)
    after = "1 attempt" if tries == 1 else f"{tries} attempts"
    is_partial = any(attempt.is_partial for attempt in strategy.attempts)
    return Failure(
        f"The code of {strategy.model} does not do what the strategy says, after {after}.",
        "See the difference below: have the model fix it, or insert the code as a draft.",
        money=money_in_words(strategy.cost, strategy.usage, is_partial=is_partial),
    )


def findings_failure(strategy: GeneratedStrategy, where: str) -> Failure:
    """What the panel says of code in which errors are left."""
    errors = [item for item in strategy.findings if item.severity == "error"]
    tries = len(strategy.attempts)
    count = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
    after = "1 attempt" if tries == 1 else f"{tries} attempts"
    first = errors[0]
    message = f"The code still has {count} after {after}. {first.message}"
    hint = f"{where} {first.hint} Press Generate to try again."
    is_partial = any(attempt.is_partial for attempt in strategy.attempts)
    money = money_in_words(strategy.cost, strategy.usage, is_partial=is_partial)
    return Failure(message, " ".join(hint.split()), money=money)
