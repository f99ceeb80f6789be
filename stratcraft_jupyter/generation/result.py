"""What a generation gives back: the code, where it came from, what it cost."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.providers.base import Fault, Usage
from stratcraft_jupyter.verify.findings import findings_for_repair
from stratcraft_jupyter.verify.report import VerificationReport

BUILTIN = "builtin"

Origin = Literal["builtin", "model"]
AttemptOutcome = Literal[
    "accepted", "findings", "no_code", "truncated", "refused", "filtered", "cancelled", "failed"
]
StopReason = Literal["accepted", "attempts", "same_code", "budget", "fault", "cancelled", "answer"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request to the model and what came of it.

    Attributes:
        number: From 1.
        outcome: What came of it in one word.
        reason: Why it was made: what was wrong before; empty for the first.
        text: The answer as it arrived.
        source: The code found in it; None if there is none.
        diff: What changed since the attempt before, as a unified diff.
        findings: Of the checks and of the trial run.
        verification: Whether it does what the strategy says; None if it came not so far.
        fault: Why the request failed, if it did.
        usage: Tokens of this request.
        cost: US dollars of this request; None if the price is unknown.
        seconds: How long it took, checks included.
        is_partial: Whether usage and cost are those of an answer that was cut off.
    """

    number: int
    outcome: AttemptOutcome
    reason: str = ""
    text: str = ""
    source: str | None = None
    diff: str = ""
    findings: tuple[Diagnostic, ...] = ()
    verification: VerificationReport | None = None
    fault: Fault | None = None
    usage: Usage = Usage()  # noqa: RUF009 - frozen
    cost: Decimal | None = None
    seconds: float = 0.0
    is_partial: bool = False

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """What has to be repaired: the errors of checks, trial run and verification."""
        return (*errors_of(self.findings), *_left(self.verification))


@dataclass(frozen=True, slots=True)
class GeneratedStrategy:
    """Code for a strategy, from the built-in compiler or from a model.

    Attributes:
        source: The code.
        origin: ``"builtin"`` or ``"model"``.
        model: ``"builtin"``, or provider and model as in ``"openai:gpt-x"``.
        graph_hash: Hash of the strategy it was made for.
        prompt_hash: Hash of the prompt that was sent; empty for the built-in compiler.
        checks: Findings about the code, by reading it and by a trial run.
        verification: Whether the code does what the strategy says, order by order; None if that
            was not looked at.
        usage: Tokens of all attempts.
        cost: US dollars of all attempts; None if a price is unknown.
        seconds: From start to end.
        attempts: Every request that was made, in order.
        is_draft: Whether the code is part of an answer, and refuses to run.
        stopped: Why no further attempt was made.
    """

    source: str
    origin: Origin
    model: str
    graph_hash: str
    prompt_hash: str = ""
    checks: tuple[Diagnostic, ...] = ()
    verification: VerificationReport | None = None
    usage: Usage = Usage()  # noqa: RUF009 - frozen
    cost: Decimal | None = None
    seconds: float = 0.0
    attempts: tuple[Attempt, ...] = ()
    is_draft: bool = False
    stopped: StopReason = "accepted"

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """All that was found: of the checks and of the verification."""
        return (*self.checks, *_left(self.verification))

    @property
    def ok(self) -> bool:
        """Whether it is a whole answer in which no error was found."""
        return not self.is_draft and not errors_of(self.findings)

    @property
    def line_count(self) -> int:
        """Lines of code."""
        return len(self.source.splitlines())

    def to_json(self) -> str:
        """The value as JSON text; ``from_json`` gives back an equal one."""
        from stratcraft_jupyter.generation.result_json import strategy_to_json

        return strategy_to_json(self)

    @classmethod
    def from_json(cls, text: str) -> "GeneratedStrategy":
        """The value in JSON ``text``.

        Raises:
            StratCraftError: It is something else.
        """
        from stratcraft_jupyter.generation.result_json import strategy_from_json

        return strategy_from_json(text)

    def __repr__(self) -> str:
        state = "draft, " if self.is_draft else ("" if self.ok else "with errors, ")
        tries = len(self.attempts)
        made = f", {tries} attempt{'s' if tries != 1 else ''}" if tries else ""
        return f"GeneratedStrategy({self.model}: {state}{self.line_count} lines{made})"


def _left(verification: VerificationReport | None) -> tuple[Diagnostic, ...]:
    return () if verification is None else findings_for_repair(verification)


def errors_of(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Those of the findings that are errors."""
    return tuple(item for item in findings if item.severity == "error")


def add_usage(*parts: Usage) -> Usage:
    """The tokens of several requests together."""
    return Usage(
        input_tokens=sum(part.input_tokens for part in parts),
        cached_input_tokens=sum(part.cached_input_tokens for part in parts),
        cache_write_tokens=sum(part.cache_write_tokens for part in parts),
        output_tokens=sum(part.output_tokens for part in parts),
        reasoning_tokens=sum(part.reasoning_tokens for part in parts),
        is_estimate=any(part.is_estimate for part in parts),
    )


def add_costs(*costs: Decimal | None) -> Decimal | None:
    """The sum; unknown if a part is."""
    known = [cost for cost in costs if cost is not None]
    return sum(known, Decimal(0)) if len(known) == len(costs) else None
