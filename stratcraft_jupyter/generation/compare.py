"""The same strategy by several models, side by side with the built-in compiler's code."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TypeAlias

from stratcraft_jupyter.backtest import BacktestConfig, BacktestResult
from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.generation.events import GenerationEvent
from stratcraft_jupyter.generation.failure import GenerationError
from stratcraft_jupyter.generation.pipeline import (
    generate,
    refuse_beside_quote,
)
from stratcraft_jupyter.generation.quoting import MAX_ATTEMPTS, Quote, require_valid
from stratcraft_jupyter.generation.result import BUILTIN, GeneratedStrategy
from stratcraft_jupyter.generation.trial import Ground, find_ground, run_on
from stratcraft_jupyter.graph import StrategyGraph, require_graph
from stratcraft_jupyter.market import Bars
from stratcraft_jupyter.providers.base import Fault
from stratcraft_jupyter.providers.deadlines import DEFAULT_LIMITS, Limits
from stratcraft_jupyter.providers.ledger import Ledger
from stratcraft_jupyter.providers.preferences import Preferences

OnModelEvent: TypeAlias = Callable[[str, GenerationEvent], None]
"""Takes the name of the model and what happened there."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What one model made of the strategy, and how that did on the bars.

    Attributes:
        model: ``"builtin"``, or provider and model.
        generated: The code; None if there is none.
        error: Why there is none; empty if there is one.
        fault: The fault of the request, if it failed.
        cost: US dollars spent, also without code; None if that is unknown.
        result: The backtest with metrics and equity curve; None if it did not finish.
        run_error: Why it did not finish.
        attempt_count: How many requests were made; none to the compiler.
    """

    model: str
    generated: GeneratedStrategy | None = None
    error: str = ""
    fault: Fault | None = None
    cost: Decimal | None = None
    result: BacktestResult | None = None
    run_error: str = ""
    attempt_count: int = 0


async def compare_models(
    graph: StrategyGraph,
    models: Sequence[str | Quote],
    *,
    limit: int = 3,
    on_event: OnModelEvent | None = None,
    bars: Bars | None = None,
    config: BacktestConfig | None = None,
    others: Mapping[str, Bars] | None = None,
    notes: str = "",
    max_output_tokens: int | None = None,
    reasoning_efforts: Mapping[str, str] | None = None,
    attempts: int = MAX_ATTEMPTS,
    verify: bool = True,
    max_cost: Decimal | float | str | None = None,
    preferences: Preferences | None = None,
    ledger: Ledger | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[Candidate, ...]:
    """Generates with all models at once and runs what they wrote on the same bars.

    A model that fails does not disturb the others. Cancelling the task cancels all requests;
    each tells its draft in its last event. Budgets hold for all of them together.

    Args:
        graph: The strategy.
        models: Providers and models, as in ``"openai:gpt-x"``; or a `Quote` of each, which is
            then sent as it is. One that is given twice is asked once, as it was given first.
        limit: How many are asked at the same time.
        on_event: Is called in the event loop with a model and what happened there.
        bars: What everything is run on; by default what the strategy names.
        config: Money and costs; by default what the strategy names.
        others: Bars of further symbols that the strategy reads, by symbol.
        notes: What the user adds for the models.
        max_output_tokens: Longest answer; None for the usual.
        reasoning_efforts: Levels of reasoning, by model.
        attempts: How often each model is asked at most.
        verify: Whether code is verified, as for `generate`.
        max_cost: The most each model may cost in US dollars.
        preferences: The user's settings; read from their file by default.
        ledger: Where requests are recorded; the user's own by default.
        limits: How long to wait for a provider.

    Returns:
        One candidate for each model in the order given, after the built-in compiler's, which is
        the reference.

    Raises:
        GraphInvalidError: The strategy has errors.
        StratCraftError: There are no bars to run on, or an argument cannot be used.
    """
    require_valid(require_graph(graph))
    efforts = reasoning_efforts or {}
    named = _by_name(models)
    for item in named.values():
        if isinstance(item, Quote):
            refuse_beside_quote(notes, max_output_tokens, efforts.get(item.model))
    ground = await find_ground(graph, bars, config, others)
    places = asyncio.Semaphore(max(limit, 1))

    async def candidate(model: str, asked: str | Quote) -> Candidate:
        async with places:
            tell = None if on_event is None else partial(on_event, model)
            try:
                made = await generate(
                    graph,
                    asked,
                    notes=notes,
                    on_event=tell,
                    bars=ground.bars,
                    config=ground.config,
                    max_output_tokens=max_output_tokens,
                    reasoning_effort=efforts.get(model),
                    attempts=attempts,
                    verify=verify,
                    others=ground.others,
                    max_cost=max_cost,
                    preferences=preferences,
                    ledger=ledger,
                    limits=limits,
                    purpose="compare",
                )
            except StratCraftError as error:
                return _failed(model, error)
            return await _run(made, ground)

    return await _all([candidate(name, asked) for name, asked in named.items()])


def _by_name(models: Sequence[str | Quote]) -> dict[str, str | Quote]:
    """What is asked, by model: the compiler, then each model once.

    Raises:
        StratCraftError: It is no list of models.
    """
    is_list = isinstance(models, Iterable) and not isinstance(models, str)
    given = tuple(models) if is_list else ()
    if not is_list or not all(isinstance(item, str | Quote) for item in given):
        raise StratCraftError(
            "The models to compare are not a list of models.",
            hint='Give a list, such as ["openai:gpt-x", "anthropic:claude-x"].',
        )
    named: dict[str, str | Quote] = {BUILTIN: BUILTIN}
    for item in given:
        named.setdefault(item.model if isinstance(item, Quote) else item, item)
    return named


async def _all(
    candidates: Sequence[Coroutine[None, None, Candidate]],
) -> tuple[Candidate, ...]:
    """All of them; none is left behind when this ends, however it ends."""
    tasks = [asyncio.create_task(item) for item in candidates]
    try:
        return tuple(await asyncio.gather(*tasks))
    finally:
        for task in tasks:
            if not task.cancelling():  # a second time would disturb what it still writes down
                task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _failed(model: str, error: StratCraftError) -> Candidate:
    if not isinstance(error, GenerationError):
        return Candidate(model, error=str(error), cost=Decimal(0))
    count = error.attempt_count
    cost = error.cost if count else Decimal(0)  # what was not sent cost nothing
    return Candidate(model, error=str(error), fault=error.fault, cost=cost, attempt_count=count)


async def _run(made: GeneratedStrategy, ground: Ground) -> Candidate:
    count = len(made.attempts)
    try:
        result = await run_on(made.source, ground)
    except StratCraftError as error:
        return Candidate(
            made.model, made, cost=made.cost, run_error=str(error), attempt_count=count
        )
    return Candidate(made.model, made, cost=made.cost, result=result, attempt_count=count)
