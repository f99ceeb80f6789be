"""What a generation will send and what that can cost, before anything is sent."""

from dataclasses import dataclass, replace
from decimal import Decimal

from stratcraft_jupyter.codegen.prompt import (
    Prompt,
    build_prompt,
    estimate_tokens,
    prompt_findings,
)
from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.errors import GraphInvalidError, StratCraftError, told
from stratcraft_jupyter.generation.choice import (
    Choice,
    budgets_with,
    choose,
    open_provider,
)
from stratcraft_jupyter.generation.result import BUILTIN
from stratcraft_jupyter.graph import StrategyGraph, validate
from stratcraft_jupyter.providers.base import Fault, Message, ModelRequest
from stratcraft_jupyter.providers.budget import Budgets, check_before
from stratcraft_jupyter.providers.cost import cost_range, shown_range
from stratcraft_jupyter.providers.ledger import Ledger
from stratcraft_jupyter.providers.preferences import Preferences, load_preferences

MAX_ATTEMPTS = 3
_EVIDENCE = 4_000  # tokens; the longest that tells a model what is wrong with its code


@dataclass(frozen=True, slots=True)
class Quote:
    """What will be sent to a model, byte for byte, and what it can cost.

    Attributes:
        choice: The model with what is known of it.
        graph_hash: Hash of the strategy.
        prompt: The whole prompt.
        request: The request that is sent; its texts are those of the prompt.
        input_tokens: Tokens of the prompt.
        is_estimate: Whether we counted them, not the provider.
        output_limit: Longest answer, as the request says and the range assumes.
        cost_range: Least and most that one request costs in US dollars; None if the price is
            unknown. Every attempt to repair is a request more.
        findings: What is vague or missing in the strategy.
        budget_fault: Why the request would be refused, or None.
        max_cost: The most it may cost in US dollars; None for the user's budget for a request.
        limit: What all attempts together may cost, by that or the budget; None for no limit.
    """

    choice: Choice
    graph_hash: str
    prompt: Prompt
    request: ModelRequest
    input_tokens: int
    is_estimate: bool
    output_limit: int
    cost_range: tuple[Decimal, Decimal] | None
    findings: tuple[Diagnostic, ...] = ()
    budget_fault: Fault | None = None
    max_cost: Decimal | float | str | None = None
    limit: Decimal | None = None

    @property
    def model(self) -> str:
        """Provider and model, as in ``"openai:gpt-x"``."""
        return self.choice.name

    def worst_cost(self, attempts: int = MAX_ATTEMPTS) -> Decimal | None:
        """The most that so many attempts cost in US dollars; None if the price is unknown.

        A repair sends all that was sent before, the longest answer, and what is wrong with it.
        """
        total = Decimal(0)
        for earlier in range(attempts):
            sent = self.input_tokens + earlier * (self.output_limit + _EVIDENCE)
            costs = cost_range(sent, self.output_limit, self.choice.price)
            if costs is None:
                return None
            total += costs[1]
        return total if self.limit is None else min(total, self.limit)

    def __str__(self) -> str:
        about = "about " if self.is_estimate else ""
        return (
            f"{self.model}: {about}{self.input_tokens:,} tokens in, up to {self.output_limit:,} "
            f"out, {shown_range(self.cost_range)}"
        )


def quote(
    graph: StrategyGraph,
    model: str,
    *,
    notes: str = "",
    max_output_tokens: int | None = None,
    reasoning_effort: str | None = None,
    max_cost: Decimal | float | str | None = None,
    preferences: Preferences | None = None,
    ledger: Ledger | None = None,
) -> Quote:
    """The prompt for a strategy and its price, without asking anyone: no key, no network.

    Args:
        graph: The strategy.
        model: Provider and model, as in ``"openai:gpt-x"``.
        notes: What the user adds for the model.
        max_output_tokens: Longest answer, reasoning included; by default 16,000, or the model's
            own limit if that is less.
        reasoning_effort: One of the model's levels; None for its own.
        max_cost: The most it may cost in US dollars, instead of the user's budget for a request.
        preferences: The user's settings; read from their file by default.
        ledger: What was spent; the user's own by default.

    Raises:
        GraphInvalidError: The strategy has errors, so that no model can know what it should do.
        StratCraftError: There is no such provider.
    """
    require_valid(graph)
    if model == BUILTIN:
        raise StratCraftError(
            "The built-in compiler needs no prompt and costs nothing.",
            hint='Name a model as "provider:model" for a quote.',
        )
    preferences = preferences or load_preferences()
    choice = choose(model, preferences)
    prompt = build_prompt(graph, notes=notes)
    limit = choice.output_limit(_limit(max_output_tokens))
    _require_effort(choice, reasoning_effort)
    request = ModelRequest(
        model=choice.model,
        system=prompt.system,
        messages=(Message("user", prompt.user),),
        max_output_tokens=limit,
        reasoning_effort=reasoning_effort,
    )
    made = Quote(
        choice=choice,
        graph_hash=graph.hash,
        prompt=prompt,
        request=request,
        input_tokens=estimate_request(request),
        is_estimate=True,
        output_limit=limit,
        cost_range=None,
        findings=prompt_findings(graph),
        max_cost=max_cost,
    )
    return priced(made, budgets_with(preferences.budgets, max_cost), ledger or Ledger())


async def count_exactly(
    quote: Quote,
    *,
    max_cost: Decimal | float | str | None = None,
    preferences: Preferences | None = None,
    ledger: Ledger | None = None,
) -> Quote:
    """The quote with tokens counted by the provider, which is free but needs the key.

    The quote comes back as it is from a provider that cannot count.

    Raises:
        ProviderError: The provider could not be asked.
        GenerationError: A key or an address is missing.
    """
    preferences = preferences or load_preferences()
    provider = await open_provider(quote.choice, preferences)
    counted = await provider.count_tokens(quote.request)
    if counted is None:
        return quote
    most = quote.max_cost if max_cost is None else max_cost
    exact = replace(quote, input_tokens=counted, is_estimate=False, max_cost=most)
    return priced(exact, budgets_with(preferences.budgets, most), ledger or Ledger())


def require_valid(graph: StrategyGraph) -> None:
    """Refuses a strategy with errors.

    Raises:
        GraphInvalidError: It has some.
    """
    found = validate(graph)
    if any(item.severity == "error" for item in found):
        raise GraphInvalidError(found)


def estimate_request(request: ModelRequest) -> int:
    """Tokens that a request sends, as we count them."""
    return estimate_tokens(request.system) + sum(estimate_tokens(m.text) for m in request.messages)


def priced(quote: Quote, budgets: Budgets, ledger: Ledger) -> Quote:
    """The quote with its price, held against the budgets as they are now.

    Raises:
        LedgerError: There are budgets, and what was spent cannot be read.
    """
    costs = cost_range(quote.input_tokens, quote.output_limit, quote.choice.price)
    fault = check_before(ledger, budgets, costs[1] if costs else None)
    return replace(quote, cost_range=costs, budget_fault=fault, limit=budgets.request)


def _require_effort(choice: Choice, effort: object) -> None:
    """Refuses an effort that the model does not know; of some models no level is known."""
    levels = choice.facts.reasoning_efforts
    if effort is None or (isinstance(effort, str) and effort and (not levels or effort in levels)):
        return
    raise StratCraftError(
        f"{choice.name} has no reasoning effort {told(effort)}.",
        hint=f"Give one of: {', '.join(levels)}." if levels else "Leave it out.",
    )


def _limit(wished: int | None) -> int | None:
    if wished is not None and (isinstance(wished, bool) or not isinstance(wished, int)):
        wished = 0
    if wished is not None and wished < 1:
        raise StratCraftError(
            "The output limit is no number of tokens.", hint="Give a whole number above 0."
        )
    return wished
