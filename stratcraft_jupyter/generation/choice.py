"""The model that was chosen: what it is called, what it costs, how it is reached."""

import asyncio
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from stratcraft_jupyter.errors import StratCraftError, told
from stratcraft_jupyter.generation.failure import failure
from stratcraft_jupyter.providers.base import ModelInfo, Provider
from stratcraft_jupyter.providers.budget import Budgets, BudgetsWithLimit
from stratcraft_jupyter.providers.cost import Price
from stratcraft_jupyter.providers.models import (
    connection_for,
    missing_for,
    model_facts,
    price_for,
)
from stratcraft_jupyter.providers.preferences import Preferences
from stratcraft_jupyter.providers.registry import provider_class, split_model

# Longer than any strategy with its reasoning at usual effort. It is always sent: without a limit
# no price range would hold.
USUAL_LIMIT = 16_000


@dataclass(frozen=True, slots=True)
class Choice:
    """A model of a provider.

    Attributes:
        provider: Name of the provider.
        model: Id of the model.
        facts: What is known of the model.
        price: What it costs; None if that is unknown.
    """

    provider: str
    model: str
    facts: ModelInfo
    price: Price | None

    @property
    def name(self) -> str:
        """As the user writes it: ``"provider:model"``."""
        return f"{self.provider}:{self.model}"

    def output_limit(self, wished: int | None) -> int:
        """The limit that is sent: the user's or the usual one, if the model can write so much."""
        limit = USUAL_LIMIT if wished is None else wished
        known = self.facts.max_output_tokens
        return limit if known is None else min(limit, known)


def choose(name: str, preferences: Preferences) -> Choice:
    """The model of that name.

    Raises:
        StratCraftError: There is no such provider, or the name is not ``"provider:model"``.
    """
    provider, model = split_model(name)
    provider_class(provider)  # an unknown one is said here, with those there are
    facts = model_facts(provider, ModelInfo(model))
    return Choice(provider, model, facts, price_for(provider, model, preferences))


async def open_provider(choice: Choice, preferences: Preferences) -> Provider:
    """The provider, ready to be asked.

    The SDKs take seconds to import and a keyring may wait for the user: in a thread.

    Raises:
        GenerationError: A key or an address is missing.
    """
    return await asyncio.to_thread(_open, choice, preferences)


def _open(choice: Choice, preferences: Preferences) -> Provider:
    missing = missing_for(choice.provider, preferences)
    if missing is not None:
        raise failure(missing)
    return provider_class(choice.provider)(connection_for(choice.provider, preferences))


def budgets_with(budgets: Budgets, max_cost: Decimal | float | str | None) -> Budgets:
    """The budgets, with another limit for one generation if one is given.

    Raises:
        StratCraftError: The limit is no amount of money.
    """
    if max_cost is None:
        return budgets
    try:
        limit = Decimal(str(max_cost))
    except InvalidOperation:
        limit = Decimal("NaN")
    if not limit.is_finite() or limit < 0:
        raise StratCraftError(
            f"The most it may cost is {told(max_cost)}, which is no amount of money.",
            hint="Give US dollars, such as 0.05.",
        )
    return BudgetsWithLimit(limit, budgets.day, budgets.month, budgets.allow_unknown_price)
