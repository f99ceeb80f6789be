"""From a strategy to code: the compiler, or a model with checks, a trial run and repair."""

import asyncio
import time
from collections.abc import Mapping
from decimal import Decimal

from stratcraft_jupyter.backtest import BacktestConfig
from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.errors import StratCraftError, told
from stratcraft_jupyter.generation.attempts import Attempts
from stratcraft_jupyter.generation.choice import budgets_with, open_provider
from stratcraft_jupyter.generation.events import Ended, GenerationEvent, Notice, OnEvent, Stage
from stratcraft_jupyter.generation.failure import GenerationError, failure
from stratcraft_jupyter.generation.proving import Proving
from stratcraft_jupyter.generation.quoting import MAX_ATTEMPTS, Quote, priced, quote, require_valid
from stratcraft_jupyter.generation.result import BUILTIN, Attempt, GeneratedStrategy
from stratcraft_jupyter.generation.sending import Sending
from stratcraft_jupyter.generation.spending import Spending
from stratcraft_jupyter.graph import StrategyGraph, require_graph
from stratcraft_jupyter.market import Bars
from stratcraft_jupyter.providers.deadlines import DEFAULT_LIMITS, Limits
from stratcraft_jupyter.providers.faults import ENDING_TEXTS
from stratcraft_jupyter.providers.ledger import Ledger
from stratcraft_jupyter.providers.preferences import Preferences, load_preferences


async def generate(
    graph: StrategyGraph,
    model: str | Quote = BUILTIN,
    *,
    notes: str = "",
    on_event: OnEvent | None = None,
    bars: Bars | None = None,
    config: BacktestConfig | None = None,
    max_output_tokens: int | None = None,
    reasoning_effort: str | None = None,
    attempts: int = MAX_ATTEMPTS,
    verify: bool = True,
    repair: Attempt | None = None,
    others: Mapping[str, Bars] | None = None,
    max_cost: Decimal | float | str | None = None,
    preferences: Preferences | None = None,
    ledger: Ledger | None = None,
    limits: Limits = DEFAULT_LIMITS,
    purpose: str = "generate",
) -> GeneratedStrategy:
    """Code for a strategy, from the built-in compiler or from a model.

    What a model writes is checked and run on real bars in a process of its own; errors go back
    to it. The result may still have errors: see `GeneratedStrategy.ok`. Cancelling the task ends
    the request at once; the last event then holds what arrived, as a draft.

    Args:
        graph: The strategy.
        model: ``"builtin"``; or provider and model, as in ``"openai:gpt-x"``; or a `Quote`,
            whose prompt, output limit and effort are then sent as they are, and whose
            ``max_cost`` holds unless another one is given here.
        notes: What the user adds for the model.
        on_event: Is called in the event loop with a `GenerationEvent` whenever something happens.
        bars: What the code is tried on; by default what the strategy names.
        config: Money and costs of the trial run; by default what the strategy names.
        max_output_tokens: Longest answer, reasoning included; None for the usual.
        reasoning_effort: One of the model's levels; None for its own.
        attempts: How often the model is asked at most, from 1 to 3.
        verify: Whether code that passed all other checks is held to the strategy, order by order;
            the first difference is repaired too.
        repair: An earlier attempt; the model is sent it with what is wrong, instead of being
            asked to write anew. It counts as one of the attempts.
        others: Bars of further symbols that the strategy reads, by symbol.
        max_cost: The most it may cost in US dollars, instead of the user's budget for a request.
        preferences: The user's settings; read from their file by default.
        ledger: Where requests are recorded; the user's own by default.
        limits: How long to wait for the provider.
        purpose: What the ledger says it was for.

    Raises:
        GraphInvalidError: The strategy has errors.
        GenerationError: There is no code: the request failed, or the answer holds none.
        StratCraftError: There is no such provider, or an argument cannot be used.
    """
    tell = on_event or _tell_nobody
    proving = Proving(require_graph(graph), bars, config, others, verify)
    with _Ending(tell) as ending:
        if model == BUILTIN:
            strategy = await _compile(graph, proving, tell)
        else:
            preferences, ledger = preferences or load_preferences(), ledger or Ledger()
            asked = model
            if isinstance(asked, Quote):
                refuse_beside_quote(notes, max_output_tokens, reasoning_effort)
                max_cost = asked.max_cost if max_cost is None else max_cost
            else:
                asked = quote(
                    graph,
                    asked,
                    notes=notes,
                    max_output_tokens=max_output_tokens,
                    reasoning_effort=reasoning_effort,
                    max_cost=max_cost,
                    preferences=preferences,
                    ledger=ledger,
                )
            _require_fitting(asked, graph)
            budgets = budgets_with(preferences.budgets, max_cost)
            asked = priced(asked, budgets, ledger)
            if asked.budget_fault is not None:
                raise failure(asked.budget_fault)
            at_most = _checked(attempts, repair)
            run = ending.run = Attempts(asked, proving, at_most, purpose, tell, repair)
            choice = asked.choice
            spending = Spending(ledger, budgets, choice, graph.name, ending.notify)
            provider = await open_provider(choice, preferences)
            sending = Sending(provider, choice.price, spending, limits, attempts, tell)
            strategy = await run.run(sending)
    tell(Ended("done" if strategy.ok else "findings", strategy))
    return strategy


class _Ending:
    """Tells how a generation ended that did not come to its end.

    Attributes:
        run: The requests, as soon as there are any.
    """

    def __init__(self, tell: OnEvent) -> None:
        self.run: Attempts | None = None
        self._tell = tell

    def notify(self, message: str) -> None:
        """Tells the user something."""
        self._tell(Notice(message))

    def __enter__(self) -> "_Ending":
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, asyncio.CancelledError):
            draft = self.run.draft() if self.run else None
            self._tell(Ended("cancelled", draft, None, ENDING_TEXTS["cancelled"].message))
        elif isinstance(error, GenerationError):
            self._tell(Ended("failed", error.draft, error.fault, str(error)))
        elif isinstance(error, StratCraftError):
            self._tell(Ended("failed", None, None, str(error)))


async def _compile(graph: StrategyGraph, proving: Proving, tell: OnEvent) -> GeneratedStrategy:
    """The built-in compiler's code: no prompt, no network, no price."""
    began = time.monotonic()
    require_valid(graph)
    tell(Stage("writing", 1, 1))
    source = compile_strategy(graph)
    tell(Stage("checking", 1, 1))
    checks = await proving.read(source)
    tell(Stage("verifying", 1, 1))
    verdict = await proving.verify(source)
    return GeneratedStrategy(
        source=source,
        origin="builtin",
        model=BUILTIN,
        graph_hash=graph.hash,
        checks=(*checks, *verdict.findings),
        verification=verdict.report,
        cost=Decimal(0),
        seconds=time.monotonic() - began,
    )


def refuse_beside_quote(notes: str, max_output_tokens: int | None, effort: str | None) -> None:
    """Refuses what a quote has settled already.

    Raises:
        StratCraftError: One of these is given.
    """
    given = {
        "notes": bool(notes),
        "max_output_tokens": max_output_tokens is not None,
        "reasoning_effort": effort is not None,
    }
    names = [name for name, is_given in given.items() if is_given]
    if names:
        raise StratCraftError(
            f"A quote is sent as it was made; {names[0]} beside it would change nothing.",
            hint=f"Give {' and '.join(names)} when you make the quote.",
        )


def _require_fitting(asked: Quote, graph: StrategyGraph) -> None:
    if asked.graph_hash == graph.hash:
        return
    raise StratCraftError(
        "The strategy was changed after this quote was made.",
        hint="Make the quote again, so that the prompt says what the strategy says.",
    )


def _checked(attempts: int, repair: Attempt | None) -> int:
    least = 1 if repair is None else 2
    if isinstance(attempts, int) and least <= attempts <= MAX_ATTEMPTS:
        return attempts
    raise StratCraftError(
        f"The number of attempts is {told(attempts)}.", hint=f"Give {least} to {MAX_ATTEMPTS}."
    )


def _tell_nobody(_event: GenerationEvent) -> None:
    return None
