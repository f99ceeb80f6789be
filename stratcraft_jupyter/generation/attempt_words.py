"""What an attempt came to, and why there was no further one, in words."""

from stratcraft_jupyter.generation.result import AttemptOutcome, GeneratedStrategy
from stratcraft_jupyter.providers.faults import ENDING_TEXTS, Ending

OUTCOME_WORDS: dict[AttemptOutcome, str] = {
    "accepted": "accepted",
    "findings": "errors found",
    "no_code": "no code in the answer",
    "truncated": "cut off at the output limit",
    "refused": "the model refused",
    "filtered": "stopped by the provider's filter",
    "cancelled": "cancelled",
    "failed": "failed",
}
# how an attempt that gave no code ended, in the words of the fault texts
ENDINGS: dict[AttemptOutcome, Ending] = {
    "truncated": "length",
    "refused": "refusal",
    "filtered": "filter",
    "no_code": "no_code",
    "cancelled": "cancelled",
}


def stop_in_words(strategy: GeneratedStrategy) -> str:
    """Why the model was not asked again, one sentence; empty if there was no need to."""
    last = strategy.attempts[-1] if strategy.attempts else None
    if strategy.stopped == "accepted" or last is None:
        return ""
    if strategy.stopped == "attempts":
        count = len(strategy.attempts)
        return f"All {count} attempts are used up." if count > 1 else "It was asked only once."
    if strategy.stopped == "same_code":
        return "It was not asked again, because the same code came back."
    if last.fault is not None:
        return f"Attempt {last.number}: {last.fault.message}"
    if strategy.stopped == "budget":
        return "It was not asked again, because that could cost more than is allowed."
    return f"Attempt {last.number}: {ENDING_TEXTS[ENDINGS[last.outcome]].message}"
