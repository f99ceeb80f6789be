"""Budgets for a request, a day and a month: checked before sending, and while an answer comes."""

import time
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, localcontext
from typing import Literal

from stratcraft_jupyter.providers.base import Fault, Usage
from stratcraft_jupyter.providers.cost import EXACT, Price, cost_of, shown_cost
from stratcraft_jupyter.providers.ledger import Hold, Ledger, Spent

Period = Literal["request", "day", "month"]

_REREAD_SECONDS = 2.0
_OUTSIDE = {
    "day": "today",
    "month": "this month",
}


@dataclass(frozen=True, slots=True)
class Budgets:
    """The most that may be spent, in USD; None for no limit.

    Attributes:
        request: On one request.
        day: From midnight to midnight, local time.
        month: From the first of the month, local time.
        allow_unknown_price: Whether models of unknown price may be used although a budget is
            set, which then cannot be kept.
    """

    request: Decimal | None = None
    day: Decimal | None = None
    month: Decimal | None = None
    allow_unknown_price: bool = False

    @property
    def is_set(self) -> bool:
        """Whether there is any limit."""
        return (self.request, self.day, self.month) != (None, None, None)


@dataclass(frozen=True, slots=True)
class BudgetsWithLimit(Budgets):
    """Budgets of which that for a request was given for one generation, as its ``max_cost``."""


def day_start(now: datetime | None = None) -> datetime:
    """The last midnight, local time."""
    # without a zone, so that the offset is the one of that midnight, not of this moment
    local = (now or datetime.now()).astimezone().replace(tzinfo=None)
    return local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0).astimezone()


def month_start(now: datetime | None = None) -> datetime:
    """The first midnight of the month, local time."""
    return day_start(day_start(now).replace(tzinfo=None, day=1))


def check_before(
    ledger: Ledger,
    budgets: Budgets,
    high_estimate: Decimal | None,
    spent_before: Decimal = Decimal(0),
) -> Fault | None:
    """Why a request must not be sent, or None.

    Args:
        ledger: What was spent.
        budgets: The limits.
        high_estimate: The most the request can cost; None if its price is unknown.
        spent_before: What earlier requests cost that share the budget for a request with it.

    Raises:
        LedgerError: The ledger cannot be read.
    """
    if not budgets.is_set:
        return None
    if high_estimate is None:
        return None if budgets.allow_unknown_price else _unknown_price(budgets)
    if budgets.request is not None and spent_before + high_estimate > budgets.request:
        return Fault(
            "over_budget",
            f"{_so_far(spent_before)}This request can cost up to {shown_cost(high_estimate)}"
            f"{' more' if spent_before else ''}, over {_limit_in_words(budgets)}.",
            f"Lower the output limit, choose a cheaper model, or {_raise(budgets)}.",
        )
    for period, limit, since in _limits(budgets):
        spent = ledger.spent(since)
        with localcontext(EXACT):
            is_over = spent.amount + spent.held + high_estimate > limit
        if is_over:
            return Fault(
                "over_budget",
                f"Spent {_OUTSIDE[period]}: {spent.with_held()}. This request can cost up to "
                f"{shown_cost(high_estimate)} more, over your budget of {shown_cost(limit)}.",
                f"Choose a cheaper model, {_later(period)}.",
            )
    return None


def hold_for(
    ledger: Ledger,
    budgets: Budgets,
    high_estimate: Decimal | None,
    *,
    provider: str,
    model: str,
    strategy: str,
    purpose: str,
    input_tokens: int = 0,
    least: Decimal | None = None,
    spent_before: Decimal = Decimal(0),
) -> Hold | Fault:
    """Sets money aside for a request, or says why it must not be sent.

    Unlike `check_before` alone, this keeps a budget when several requests are sent at once. Give
    the hold to `Ledger.record` and to `BudgetGuard`. What the prompt costs at the least counts if
    this process ends before it records the request.

    Raises:
        LedgerError: The ledger cannot be used.
    """
    fault = check_before(ledger, budgets, high_estimate, spent_before)
    if fault:
        return fault
    limits = [(since, limit) for _, limit, since in _limits(budgets)]
    if high_estimate is None:
        limits = []  # allowed on purpose, though no limit can be kept
    hold = ledger.hold(
        provider,
        model,
        strategy,
        purpose,
        high_estimate,
        limits,
        input_tokens=input_tokens,
        least=least,
    )
    # None if another request took the rest between the two looks
    return hold or check_before(ledger, budgets, high_estimate, spent_before) or _taken()


class BudgetGuard:
    """Watches the cost of one request while its answer comes.

    What other requests cost meanwhile is read from the ledger every two seconds.

    Args:
        ledger: What was spent.
        budgets: The limits.
        price: The model's price; nothing can be watched if it is unknown.
        hold: What was set aside for this request.
        spent_before: What earlier requests cost that share the budget for a request with it.
    """

    def __init__(
        self,
        ledger: Ledger,
        budgets: Budgets,
        price: Price | None,
        hold: Hold | None = None,
        spent_before: Decimal = Decimal(0),
    ) -> None:
        self._ledger = ledger
        self._budgets = budgets
        self._price = price
        self._hold = hold
        self._spent_before = spent_before
        self._spent: dict[Period, Spent] = {}
        self._read_at = float("-inf")

    def exceeded(self, usage_so_far: Usage) -> Fault | None:
        """Why the answer must be cut off now, or None.

        Raises:
            LedgerError: The ledger cannot be read.
        """
        cost = cost_of(usage_so_far, self._price) if self._budgets.is_set else None
        if cost is None:
            return None
        together = self._spent_before + cost
        if self._budgets.request is not None and together > self._budgets.request:
            what = "All attempts together cost" if self._spent_before else "This request costs"
            return _cut(what, together, _limit_in_words(self._budgets), _raise(self._budgets))
        self._read()
        for period, limit, _ in _limits(self._budgets):
            with localcontext(EXACT):
                total = self._spent[period].amount + cost
            if total > limit:
                what = f"All requests {_OUTSIDE[period]} cost"
                return _cut(what, total, f"your budget of {shown_cost(limit)}", _later(period))
        return None

    def _read(self) -> None:
        if time.monotonic() - self._read_at < _REREAD_SECONDS:
            return
        self._spent = {
            period: self._ledger.spent(since, without=self._hold)
            for period, _, since in _limits(self._budgets)
        }
        self._read_at = time.monotonic()


def _limits(budgets: Budgets) -> list[tuple[Period, Decimal, datetime]]:
    limits: list[tuple[Period, Decimal, datetime]] = []
    if budgets.day is not None:
        limits.append(("day", budgets.day, day_start()))
    if budgets.month is not None:
        limits.append(("month", budgets.month, month_start()))
    return limits


def _cut(what: str, amount: Decimal, limit: str, advice: str) -> Fault:
    return Fault(
        "over_budget",
        f"{what} {shown_cost(amount)} so far, over {limit}: the answer was cut off.",
        f"Choose a cheaper model, or {advice}.",
        "yes",
    )


def _so_far(spent: Decimal) -> str:
    return f"Spent by the attempts so far: {shown_cost(spent)}. " if spent else ""


def _limit_in_words(budgets: Budgets) -> str:
    """The limit on one generation: the user's budget, or what was given for it alone."""
    amount = shown_cost(budgets.request)
    if isinstance(budgets, BudgetsWithLimit):
        return f"the limit of {amount} given as max_cost"
    return f"your budget of {amount} for one request"


def _raise(budgets: Budgets) -> str:
    return "raise max_cost" if isinstance(budgets, BudgetsWithLimit) else "raise the budget"


def _later(period: Period) -> str:
    return f"raise the budget, or wait until {'tomorrow' if period == 'day' else 'next month'}"


def _unknown_price(budgets: Budgets) -> Fault:
    is_given = isinstance(budgets, BudgetsWithLimit)
    return Fault(
        "over_budget",
        "The price of this model is unknown, so "
        f"{'max_cost' if is_given else 'your budget'} could not be kept.",
        "Set its price in the settings (0 for a server of your own), or allow models of unknown "
        "price.",
    )


def _taken() -> Fault:
    return Fault(
        "over_budget",
        "Other requests that run now can use up your budget.",
        "Wait until they have ended, or raise the budget.",
    )
