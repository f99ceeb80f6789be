"""Budgets for a request, a day and a month: checked before sending, and while an answer comes."""

import time
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, localcontext
from typing import Literal

from stratcraft_jupyter.providers.base import Charged, Fault, Usage
from stratcraft_jupyter.providers.cost import EXACT, Price, cost_of, shown_cost
from stratcraft_jupyter.providers.ledger import Hold, Ledger, Spent

Period = Literal["request", "day", "month"]

_REREAD_SECONDS = 2.0
_OUTSIDE = {
    "request": "one request",
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


def day_start(now: datetime | None = None) -> datetime:
    """The last midnight, local time."""
    # without a zone, so that the offset is the one of that midnight, not of this moment
    local = (now or datetime.now()).astimezone().replace(tzinfo=None)
    return local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0).astimezone()


def month_start(now: datetime | None = None) -> datetime:
    """The first midnight of the month, local time."""
    return day_start(day_start(now).replace(tzinfo=None, day=1))


def check_before(ledger: Ledger, budgets: Budgets, high_estimate: Decimal | None) -> Fault | None:
    """Why a request must not be sent, or None.

    Args:
        ledger: What was spent.
        budgets: The limits.
        high_estimate: The most the request can cost; None if its price is unknown.

    Raises:
        LedgerError: The ledger cannot be read.
    """
    if not budgets.is_set:
        return None
    if high_estimate is None:
        return None if budgets.allow_unknown_price else _unknown_price()
    if budgets.request is not None and high_estimate > budgets.request:
        return Fault(
            "over_budget",
            f"This request can cost up to {shown_cost(high_estimate)}, over your budget of "
            f"{shown_cost(budgets.request)} for one request.",
            "Lower the output limit, choose a cheaper model, or raise the budget.",
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
                _hint(period),
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
) -> Hold | Fault:
    """Sets money aside for a request, or says why it must not be sent.

    Unlike `check_before` alone, this keeps a budget when several requests are sent at once. Give
    the hold to `Ledger.record` and to `BudgetGuard`. What the prompt costs at the least counts if
    this process ends before it records the request.

    Raises:
        LedgerError: The ledger cannot be used.
    """
    fault = check_before(ledger, budgets, high_estimate)
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
    return hold or check_before(ledger, budgets, high_estimate) or _taken()


class BudgetGuard:
    """Watches the cost of one request while its answer comes.

    What other requests cost meanwhile is read from the ledger every two seconds.

    Args:
        ledger: What was spent.
        budgets: The limits.
        price: The model's price; nothing can be watched if it is unknown.
        hold: What was set aside for this request.
    """

    def __init__(
        self, ledger: Ledger, budgets: Budgets, price: Price | None, hold: Hold | None = None
    ) -> None:
        self._ledger = ledger
        self._budgets = budgets
        self._price = price
        self._hold = hold
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
        if self._budgets.request is not None and cost > self._budgets.request:
            return _cut("request", cost, self._budgets.request)
        self._read()
        for period, limit, _ in _limits(self._budgets):
            with localcontext(EXACT):
                total = self._spent[period].amount + cost
            if total > limit:
                return _cut(period, total, limit)
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


def _cut(period: Period, amount: Decimal, limit: Decimal) -> Fault:
    charged: Charged = "yes"
    what = "This request" if period == "request" else f"All requests {_OUTSIDE[period]}"
    verb = "costs" if period == "request" else "cost"
    return Fault(
        "over_budget",
        f"{what} {verb} {shown_cost(amount)} so far, over your budget of {shown_cost(limit)}: "
        "the answer was cut off.",
        _hint(period),
        charged,
    )


def _hint(period: Period) -> str:
    if period == "request":
        return "Choose a cheaper model, or raise the budget."
    until = "tomorrow" if period == "day" else "next month"
    return f"Choose a cheaper model, raise the budget, or wait until {until}."


def _unknown_price() -> Fault:
    return Fault(
        "over_budget",
        "The price of this model is unknown, so your budget could not be kept.",
        "Set its price in the settings (0 for a server of your own), or allow models of unknown "
        "price.",
    )


def _taken() -> Fault:
    return Fault(
        "over_budget",
        "Other requests that run now can use up your budget.",
        "Wait until they have ended, or raise the budget.",
    )
