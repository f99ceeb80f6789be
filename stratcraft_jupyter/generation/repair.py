"""What goes back to a model when its code is not good enough, and when to stop asking."""

import ast
import difflib
from collections.abc import Sequence
from dataclasses import replace

from stratcraft_jupyter.codegen.prompt import repair_message
from stratcraft_jupyter.generation.result import Attempt
from stratcraft_jupyter.generation.trial import without_paths
from stratcraft_jupyter.providers.base import Message, ModelRequest
from stratcraft_jupyter.python_source import parse_python

# the stages an answer can reach, worst first
_RANKS = {"SC5": 1, "SC60": 2}
_VERIFIED = 3
# of an answer without code; more of it teaches nothing
_MOST_TEXT = 2_000


def repair_request(request: ModelRequest, attempt: Attempt) -> ModelRequest:
    """The next request: the conversation so far, the last answer, and what is wrong with it.

    All that was sent before stands at its beginning unchanged, so that providers read it from
    their cache.
    """
    if attempt.source is not None:
        answer = f"```python\n{attempt.source.rstrip()}\n```"
    else:
        answer = attempt.text.strip()[:_MOST_TEXT] or "(no answer)"  # providers refuse empty ones
    evidence = evidence_of(attempt)
    more = (Message("assistant", answer), Message("user", evidence))
    return replace(request, messages=(*request.messages, *more))


def evidence_of(attempt: Attempt) -> str:
    """What the model is told of an attempt: small, as data, without paths of this system."""
    errors = [
        replace(item, message=without_paths(item.message), hint=without_paths(item.hint))
        for item in attempt.errors
    ]
    return repair_message(attempt.source or "", errors)


def reason_of(attempt: Attempt) -> str:
    """Why another attempt is made after this one, in a sentence or two."""
    errors = attempt.errors
    if not errors:
        return ""
    more = f" And {len(errors) - 1} more." if len(errors) > 1 else ""
    line = f"Line {errors[0].line}: " if errors[0].line else ""
    return f"{line}{errors[0].message}{more}"


def is_same_code(one: str, other: str) -> bool:
    """Whether two sources do the same: comments and layout do not count."""
    if one.strip() == other.strip():
        return True
    shape = _shape(one)
    return shape is not None and shape == _shape(other)


def diff_of(before: str | None, after: str | None) -> str:
    """What changed between two attempts, as a unified diff; empty if one has no code."""
    if before is None or after is None:
        return ""
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), "before", "after", lineterm=""
    )
    return "\n".join(lines)


def best_of(attempts: Sequence[Attempt]) -> Attempt | None:
    """The attempt that came furthest, the later of equals; None if none gave whole code."""
    whole = [a for a in attempts if a.source is not None and a.outcome in ("accepted", "findings")]
    return max(whole, key=lambda a: (_rank(a), -len(a.errors), a.number), default=None)


def _rank(attempt: Attempt) -> int:
    """How far code came: stopped by the checks, by the trial run, by the verification, or not."""
    ranks = (
        next((rank for code, rank in _RANKS.items() if item.code.startswith(code)), _VERIFIED)
        for item in attempt.errors
    )
    return min(ranks, default=_VERIFIED + 1)


def _shape(source: str) -> str | None:
    try:
        return ast.dump(parse_python(source))
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
