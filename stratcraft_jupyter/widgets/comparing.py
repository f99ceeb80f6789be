"""Has all ticked models write the strategy at once. No widgets."""

import asyncio
from decimal import Decimal
from functools import partial

from stratcraft_jupyter.generation.events import GenerationEvent
from stratcraft_jupyter.generation.result import BUILTIN
from stratcraft_jupyter.providers.cost import shown_cost
from stratcraft_jupyter.widgets.asking import refuse_to_send, require_same_settings
from stratcraft_jupyter.widgets.jobs import Jobs, config_of
from stratcraft_jupyter.widgets.model_values import Comparison, Live, Question
from stratcraft_jupyter.widgets.preferring import refresh
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.watching import Watch

AT_ONCE = 3


class Comparing:
    """Sends what the question shows to every model of it, a few at a time."""

    def __init__(self, state: BuilderState, jobs: Jobs) -> None:
        self._state = state
        self._jobs = jobs

    def send(self) -> None:
        """Starts the comparison.

        Raises:
            StratCraftError: There is nothing to send, or it must not be sent.
        """
        with self._state.lock:
            question = self._state.snapshot.question
            if self._state.snapshot.job is None:
                require_same_settings(self._state)
                refuse_to_send(question)
            if question is None:
                return
            models = [quote.model for quote in question.quotes]
            if self._jobs.work.start("compare", partial(self._compare, question, models)):
                live = tuple(Live(model) for model in (BUILTIN, *models))
                self._state.update(question=None, live=live, comparison=None)

    async def _compare(self, question: Question, models: list[str]) -> str:
        from stratcraft_jupyter.generation.compare import compare_models  # see preload_models

        watches = {model: Watch(self._state, model) for model in (BUILTIN, *models)}

        def take(model: str, event: GenerationEvent) -> None:
            watches[model].take(event)
            over = sum(watch.ended is not None for watch in watches.values())
            self._state.progress(
                stage=f"{over} of {len(watches)} are done", fraction=over / len(watches)
            )

        preferences = refresh(self._state)
        graph = question.graph
        try:
            candidates = await compare_models(
                graph,
                question.quotes,
                limit=AT_ONCE,
                on_event=take,
                bars=self._jobs.bars,
                config=config_of(graph.backtest),
                others=self._jobs.others,
                verify=self._jobs.verifies,
                preferences=preferences,
            )
        except asyncio.CancelledError:
            raise asyncio.CancelledError(
                "Cancelled. What arrived is kept above, in the attempts of each model."
            ) from None
        self._state.update(comparison=Comparison(candidates, graph))
        costs = [candidate.cost for candidate in candidates]
        return f"{_counted(models)} Cost: {_sum_in_words(costs)}."


def _counted(models: list[str]) -> str:
    what = "1 model" if len(models) == 1 else f"{len(models)} models"
    return f"Compared {what} with the built-in compiler."


def _sum_in_words(costs: list[Decimal | None]) -> str:
    """What is known of the sum; a price that is unknown is said."""
    known = [cost for cost in costs if cost is not None]
    unknown = len(costs) - len(known)
    text = shown_cost(sum(known, Decimal(0)), is_partial=bool(unknown))
    return f"{text}, price unknown for {unknown}" if unknown else text
