"""What the attempts of a generation come to: code, a draft, or an error."""

from collections.abc import Sequence

from stratcraft_jupyter.codegen.extract import extract_code
from stratcraft_jupyter.generation.attempt_words import ENDINGS
from stratcraft_jupyter.generation.drafts import draft_source
from stratcraft_jupyter.generation.failure import GenerationError
from stratcraft_jupyter.generation.money import charged_for
from stratcraft_jupyter.generation.quoting import Quote
from stratcraft_jupyter.generation.repair import best_of
from stratcraft_jupyter.generation.result import (
    Attempt,
    AttemptOutcome,
    GeneratedStrategy,
    StopReason,
    add_costs,
    add_usage,
)
from stratcraft_jupyter.providers.faults import ENDING_TEXTS

_STOPS: dict[AttemptOutcome, StopReason] = {"cancelled": "cancelled", "failed": "fault"}


def best_strategy(
    quote: Quote, attempts: Sequence[Attempt], stopped: StopReason, seconds: float
) -> GeneratedStrategy | None:
    """The best code of all attempts; None if none gave whole code."""
    best = best_of(attempts)
    if best is None or best.source is None:
        return None
    return GeneratedStrategy(
        source=best.source,
        origin="model",
        model=quote.model,
        graph_hash=quote.graph_hash,
        prompt_hash=quote.prompt.hash,
        checks=best.findings,
        verification=best.verification,
        usage=add_usage(*(attempt.usage for attempt in attempts)),
        cost=add_costs(*(attempt.cost for attempt in attempts)),
        seconds=seconds,
        attempts=tuple(attempts),
        stopped=stopped,
    )


def draft(
    quote: Quote, attempts: Sequence[Attempt], reason: str, seconds: float
) -> GeneratedStrategy | None:
    """What the last attempt with any text brought, marked as a draft; None if nothing arrived."""
    last = next((attempt for attempt in reversed(attempts) if attempt.text), None)
    if last is None:
        return None
    code = last.source or extract_code(last.text, stop="cut").source
    return GeneratedStrategy(
        source=draft_source(code or last.text, reason, is_code=code is not None),
        origin="model",
        model=quote.model,
        graph_hash=quote.graph_hash,
        prompt_hash=quote.prompt.hash,
        checks=last.findings,
        usage=add_usage(*(attempt.usage for attempt in attempts)),
        cost=add_costs(*(attempt.cost for attempt in attempts)),
        seconds=seconds,
        attempts=tuple(attempts),
        is_draft=True,
        stopped=_STOPS.get(attempts[-1].outcome, "answer"),
    )


def no_code_error(quote: Quote, attempts: Sequence[Attempt], seconds: float) -> GenerationError:
    """The error of a generation in which no attempt gave code."""
    last = attempts[-1]
    message, hint = (last.fault.message, last.fault.hint) if last.fault else _words(last)
    return GenerationError(
        message,
        hint=hint,
        fault=last.fault,
        draft=draft(quote, attempts, message, seconds),
        usage=add_usage(*(attempt.usage for attempt in attempts)),
        cost=add_costs(*(attempt.cost for attempt in attempts)),
        attempt_count=len(attempts),
        charged=charged_for(attempts),
        is_partial=any(attempt.is_partial for attempt in attempts),
    )


def _words(attempt: Attempt) -> tuple[str, str]:
    """What happened and what to do next; the checks know it best where they said something."""
    text = ENDING_TEXTS[ENDINGS.get(attempt.outcome, "no_code")]
    if attempt.outcome == "no_code" and attempt.errors:
        return attempt.errors[0].message, attempt.errors[0].hint
    return text.message, text.hint
