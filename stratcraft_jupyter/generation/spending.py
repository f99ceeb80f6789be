"""Budgets and the ledger for the requests of one generation."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from stratcraft_jupyter.generation.choice import USUAL_LIMIT, Choice
from stratcraft_jupyter.generation.exchange import NOT_SENT, Answer, OverBudget
from stratcraft_jupyter.providers.base import Fault, Usage
from stratcraft_jupyter.providers.budget import BudgetGuard, Budgets, hold_for
from stratcraft_jupyter.providers.cost import cost_of, cost_range
from stratcraft_jupyter.providers.ledger import Hold, Ledger, LedgerEntry, LedgerError

CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Permit:
    """Leave to send one request.

    Attributes:
        over_budget: Watches its cost while it runs.
        purpose: What it is for.
        when: When it was given.
        hold: What was set aside for it; None if the ledger cannot be written.
    """

    over_budget: OverBudget
    purpose: str
    when: datetime
    hold: Hold | None


def _never(_usage: Usage) -> None:
    return None


class Spending:
    """Asks the budgets before each request and records it afterwards.

    Without budgets, a ledger that cannot be used is no reason to stop: the user is told.

    Args:
        ledger: Where requests are recorded.
        budgets: The limits; that for a request holds for all attempts together.
        choice: The model.
        strategy: Name of the strategy.
        notify: Tells the user something.
    """

    def __init__(
        self,
        ledger: Ledger,
        budgets: Budgets,
        choice: Choice,
        strategy: str,
        notify: Callable[[str], None],
    ) -> None:
        self._ledger = ledger
        self._budgets = budgets
        self._choice = choice
        self._strategy = strategy
        self._notify = notify
        self._spent = Decimal(0)

    async def permit(
        self, input_tokens: int, output_limit: int | None, purpose: str
    ) -> Permit | Fault:
        """Leave to send a request, or why it must not be sent.

        Raises:
            LedgerError: There are budgets, and what was spent cannot be read.
        """
        budgets = self._budgets
        price = self._choice.price
        costs = cost_range(input_tokens, output_limit or USUAL_LIMIT, price)
        hold: Hold | Fault | None = None
        try:
            hold = await self._hold(budgets, costs[1] if costs else None, purpose, input_tokens)
        except LedgerError as error:
            if budgets.is_set:
                raise
            self._notify(f"This request is not recorded. {error.message}")
        if isinstance(hold, Fault):
            return hold
        guard = BudgetGuard(self._ledger, budgets, price, hold, self._spent)
        return Permit(self._watching(guard), purpose, datetime.now(UTC), hold)

    async def _hold(
        self, budgets: Budgets, high: Decimal | None, purpose: str, input_tokens: int
    ) -> Hold | Fault:
        """Sets money aside; a task that is cancelled meanwhile gives it back."""
        setting = asyncio.create_task(
            asyncio.to_thread(
                hold_for,
                self._ledger,
                budgets,
                high,
                provider=self._choice.provider,
                model=self._choice.model,
                strategy=self._strategy,
                purpose=purpose,
                input_tokens=input_tokens,
                least=cost_of(Usage(input_tokens), self._choice.price),
                spent_before=self._spent,
            )
        )
        try:
            return await asyncio.shield(setting)
        except asyncio.CancelledError:
            hold = await setting
            if isinstance(hold, Hold):
                unsent = Permit(_never, purpose, datetime.now(UTC), hold)
                await self.record(unsent, NOT_SENT, CANCELLED)
            raise

    async def record(self, permit: Permit, answer: Answer, outcome: str) -> None:
        """Adds a request to the ledger; it is there even if this task is cancelled meanwhile."""
        self._spent += answer.cost or Decimal(0)
        entry = LedgerEntry(
            when=permit.when,
            provider=self._choice.provider,
            model=self._choice.model,
            strategy=self._strategy,
            purpose=permit.purpose,
            usage=answer.usage,
            cost=answer.cost,
            outcome=outcome,
            is_partial=answer.is_partial,
        )
        writing = asyncio.to_thread(self._ledger.record, entry, permit.hold)
        try:
            await asyncio.shield(writing)
        except LedgerError as error:
            self._notify(f"This request could not be recorded. {error.message}")

    def _watching(self, guard: BudgetGuard) -> OverBudget:
        """The guard; if the ledger fails meanwhile, what was set aside has to do."""
        has_failed = False

        def over_budget(usage: Usage) -> Fault | None:
            nonlocal has_failed
            if has_failed:
                return None
            try:
                return guard.exceeded(usage)
            except LedgerError as error:
                has_failed = True
                self._notify(f"The budget is not watched from here on. {error.message}")
                return None

        return over_budget
