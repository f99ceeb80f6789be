"""What the ledger takes and gives: entries, holds, sums."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from stratcraft_jupyter.providers.base import Usage
from stratcraft_jupyter.providers.cost import CURRENCY, shown_cost

USAGE_COLUMNS = (
    "input_tokens",
    "cached_input_tokens",
    "cache_write_tokens",
    "output_tokens",
    "reasoning_tokens",
)


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One request.

    Attributes:
        when: When it was sent; without a time zone, local time.
        provider: The provider's name.
        model: The model's id.
        strategy: Name of the strategy it was for.
        purpose: What it was for, one word: ``"generate"``, ``"repair"``, ``"compare"``.
        usage: Tokens used, as far as known.
        cost: What it cost; None if that is unknown.
        currency: Currency of the cost.
        outcome: A `FinishReason`, ``"cancelled"``, or a `FaultCode`.
        is_partial: Whether tokens and cost are only what is known of more.
    """

    when: datetime
    provider: str
    model: str
    strategy: str
    purpose: str
    usage: Usage
    cost: Decimal | None
    currency: str = CURRENCY
    outcome: str = "complete"
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class Hold:
    """Money set aside for a request that is about to be sent.

    Attributes:
        id: Given to `Ledger.record`, which puts the entry in its place.
    """

    id: str


@dataclass(frozen=True, slots=True)
class Spent:
    """A sum of entries.

    Attributes:
        amount: What is known, in USD.
        unknown_count: Requests whose cost is unknown; they are not in the amount.
        partial_count: Requests of which only part of the cost is known.
        count: All requests.
        held: Set aside for requests that run now; not in the amount.
    """

    amount: Decimal = Decimal(0)
    unknown_count: int = 0
    partial_count: int = 0
    count: int = 0
    held: Decimal = Decimal(0)

    def __str__(self) -> str:
        requests = "1 request" if self.unknown_count == 1 else f"{self.unknown_count} requests"
        unknown = f"cost unknown for {requests}"
        if self.unknown_count and not self.amount:
            return unknown
        is_more = bool(self.unknown_count or self.partial_count)
        text = shown_cost(self.amount, is_partial=is_more)
        return f"{text}, {unknown}" if self.unknown_count else text

    def with_held(self) -> str:
        """What was spent, and what is set aside for requests that run now."""
        if not self.held:
            return str(self)
        return f"{self}, and up to {shown_cost(self.held)} set aside for requests that run now"


@dataclass(frozen=True, slots=True)
class SpentOn:
    """What was spent on one model or strategy.

    Attributes:
        name: The strategy, or the model as ``"provider:model"``.
        spent: The sum.
        usage: All tokens.
    """

    name: str
    spent: Spent
    usage: Usage


def spent_from(row: Sequence[Any]) -> Spent:
    """A sum from a row whose first column is its name."""
    amount, unknown, partial, count, held = row[1:6]
    return Spent(Decimal(amount), unknown, partial, count, Decimal(held))


def usage_from(values: Sequence[Any]) -> Usage:
    """Tokens from their columns and whether they are an estimate."""
    tokens = dict(zip(USAGE_COLUMNS, values, strict=False))
    return Usage(**tokens, is_estimate=bool(values[-1]))


def entry_from(row: Sequence[Any]) -> LedgerEntry:
    """An entry from its row."""
    when, provider, model, strategy, purpose, currency, outcome, is_partial, cost = row[:9]
    return LedgerEntry(
        when=datetime.fromisoformat(when),
        provider=provider,
        model=model,
        strategy=strategy,
        purpose=purpose,
        usage=usage_from(row[9:]),
        cost=None if cost is None else Decimal(cost),
        currency=currency,
        outcome=outcome,
        is_partial=bool(is_partial),
    )
