"""Asks a model for code until it is good enough, or until there is a reason to stop."""

import time
from dataclasses import replace

from stratcraft_jupyter.codegen.extract import Stop, extract_code
from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.generation.events import Notice, OnEvent, Stage, StageName, Tried
from stratcraft_jupyter.generation.exchange import Answer
from stratcraft_jupyter.generation.failure import failure
from stratcraft_jupyter.generation.outcome import best_strategy, draft, no_code_error
from stratcraft_jupyter.generation.proving import Proving, Verdict
from stratcraft_jupyter.generation.quoting import Quote, estimate_request
from stratcraft_jupyter.generation.repair import diff_of, is_same_code, reason_of, repair_request
from stratcraft_jupyter.generation.result import (
    Attempt,
    AttemptOutcome,
    GeneratedStrategy,
    StopReason,
    errors_of,
)
from stratcraft_jupyter.generation.sending import Sending
from stratcraft_jupyter.providers.base import Fault, FinishReason, ModelRequest
from stratcraft_jupyter.providers.faults import ENDING_TEXTS

_CUT_SHORT: dict[FinishReason, AttemptOutcome] = {
    "length": "truncated",
    "refusal": "refused",
    "filter": "filtered",
}
_STOPS: dict[FinishReason, Stop] = {"length": "cut", "refusal": "refusal", "filter": "filter"}


class Attempts:
    """The requests of one generation, with the checks and repairs between them.

    Args:
        quote: What is sent first.
        proving: The checks.
        at_most: How often the model is asked.
        purpose: What the ledger says of the first request; the others are repairs.
        tell: Is told what happens.
        before: An earlier attempt; the model is asked to repair it instead of writing anew.
    """

    def __init__(
        self,
        quote: Quote,
        proving: Proving,
        at_most: int,
        purpose: str,
        tell: OnEvent,
        before: Attempt | None = None,
    ) -> None:
        self._quote = quote
        self._proving = proving
        self._at_most = at_most
        self._purpose = purpose
        self._tell = tell
        self._began = time.monotonic()
        self._asked = self._began
        self._done: list[Attempt] = [] if before is None else [replace(before, number=1)]
        self._tried = len(self._done)
        self._sending: Sending | None = None

    async def run(self, sending: Sending) -> GeneratedStrategy:
        """The best code there is at the end.

        Raises:
            GenerationError: No attempt gave code.
            LedgerError: There are budgets, and what was spent cannot be read.
        """
        self._sending = sending
        request = self._quote.request
        stopped: StopReason | None = None
        while stopped is None:
            self._asked = time.monotonic()
            if self._done:
                request = repair_request(request, self._done[-1])
            answer = await self._ask(sending, request)
            if isinstance(answer, Fault):
                if len(self._done) == self._tried:
                    raise failure(answer)
                stopped = "budget"
                self._tell(Notice(f"No repair was asked for. {answer.message}"))
            else:
                attempt = await self._judge(answer)
                self._done.append(attempt)
                sending.exchange = None
                self._tell(Tried(attempt))
                stopped = self._stop_reason(attempt)
        strategy = best_strategy(self._quote, self._done, stopped, self._seconds)
        if strategy is None:
            raise no_code_error(self._quote, self._done, self._seconds)
        return strategy

    def draft(self) -> GeneratedStrategy | None:
        """What arrived until a cancellation, marked as a draft; None if nothing did."""
        exchange = self._sending.exchange if self._sending else None
        attempts = self._done
        if exchange is not None:
            attempts = [*attempts, self._attempt(exchange.answer(), "cancelled")]
        reason = ENDING_TEXTS["cancelled"].message
        return draft(self._quote, attempts, reason, self._seconds)

    async def _ask(self, sending: Sending, request: ModelRequest) -> Answer | Fault:
        """The answer; a fault instead means that the request was not sent."""
        is_repair = bool(self._done)
        if not is_repair:
            sending.on_waiting()
        tokens = estimate_request(request) if is_repair else self._quote.input_tokens
        permit = await sending.permit(request, tokens, "repair" if is_repair else self._purpose)
        if isinstance(permit, Fault):
            return permit
        if is_repair:  # not before: nobody waits for what is not sent
            self._to_stage("repairing")
        return await sending.ask(request, tokens, permit)

    async def _judge(self, answer: Answer) -> Attempt:
        """The attempt with all that is wrong with its answer."""
        if answer.fault is not None:
            return self._attempt(answer, "failed")
        if answer.is_cut:  # too long to be read, or to be sent back
            return self._attempt(answer, "truncated")
        cut_short = _CUT_SHORT.get(answer.reason or "complete")
        self._to_stage("checking")
        found = extract_code(answer.text, stop=_STOPS.get(answer.reason or "complete"))
        attempt = self._attempt(answer, "findings", source=found.source, findings=found.findings)
        if cut_short is not None and (found.source is None or attempt.errors):
            return replace(attempt, outcome=cut_short)
        if found.source is None:
            return replace(attempt, outcome="no_code")
        return await self._prove(attempt, found.source)

    async def _prove(self, attempt: Attempt, source: str) -> Attempt:
        """The attempt with the findings of its code, stage by stage until there are errors."""
        earlier = next((one for one in self._done if _is_same(one, attempt)), None)
        if earlier is not None:
            known = earlier.findings, earlier.verification
            return replace(attempt, findings=known[0], verification=known[1])
        findings = (*attempt.findings, *await self._proving.read(source))
        verdict = Verdict()
        if not errors_of(findings):
            self._to_stage("verifying")
            findings = (*findings, *await self._proving.run(source))
        if not errors_of(findings):
            verdict = await self._proving.verify(source)
            findings = (*findings, *verdict.findings)
        seconds = time.monotonic() - self._asked
        proved = replace(attempt, findings=findings, verification=verdict.report, seconds=seconds)
        return proved if proved.errors else replace(proved, outcome="accepted")

    def _stop_reason(self, attempt: Attempt) -> StopReason | None:
        """Why there is no further attempt after this one; None if there is one."""
        if attempt.outcome == "accepted":
            return "accepted"
        if attempt.fault is not None:
            return "budget" if attempt.fault.code == "over_budget" else "fault"
        if attempt.outcome in _CUT_SHORT.values():
            return "answer"
        if self._is_repeated(attempt):
            return "same_code"
        return "attempts" if len(self._done) >= self._at_most else None

    def _is_repeated(self, attempt: Attempt) -> bool:
        return any(one is not attempt and _is_same(one, attempt) for one in self._done)

    def _attempt(
        self,
        answer: Answer,
        outcome: AttemptOutcome,
        *,
        source: str | None = None,
        findings: tuple[Diagnostic, ...] = (),
    ) -> Attempt:
        before = self._done[-1] if self._done else None
        return Attempt(
            number=len(self._done) + 1,
            outcome=outcome,
            reason=reason_of(before) if before else "",
            text=answer.text,
            source=source,
            diff=diff_of(before.source if before else None, source),
            findings=findings,
            fault=answer.fault,
            usage=answer.usage,
            cost=answer.cost,
            seconds=time.monotonic() - self._asked,
            is_partial=answer.is_partial,
        )

    def _to_stage(self, name: StageName) -> None:
        self._tell(Stage(name, len(self._done) + 1, self._at_most))

    @property
    def _seconds(self) -> float:
        return time.monotonic() - self._began


def _is_same(one: Attempt, other: Attempt) -> bool:
    """Whether two answers hold the same code, or the same words without code."""
    if one.source is None or other.source is None:
        return one.source is other.source and one.text.strip() == other.text.strip()
    return is_same_code(one.source, other.source)
