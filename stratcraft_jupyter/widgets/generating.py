"""Has a model write the code, into a new cell as it arrives. No widgets."""

import asyncio
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.generation.result import GeneratedStrategy
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.notebook import CellStamp, CellStream
from stratcraft_jupyter.providers.cost import shown_cost
from stratcraft_jupyter.widgets.asking import refuse_to_send
from stratcraft_jupyter.widgets.code import StrategyCode, kept_in_words, text_for_cell
from stratcraft_jupyter.widgets.jobs import Jobs, config_of
from stratcraft_jupyter.widgets.model_values import Live
from stratcraft_jupyter.widgets.snapshot import Generated
from stratcraft_jupyter.widgets.spent_words import failure_of, findings_failure, money_in_words
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.watching import Watch

if TYPE_CHECKING:
    from stratcraft_jupyter.generation.quoting import Quote

_IN_PANEL = "What arrived is kept below."
_IN_CELL = "What arrived is in the cell below, as a draft that stops when it is run."


class Generating:
    """Sends what the question shows, and puts what comes back where it belongs."""

    def __init__(self, state: BuilderState, jobs: Jobs) -> None:
        self._state = state
        self._jobs = jobs

    def send(self) -> None:
        """Sends the prompt as it is shown.

        Raises:
            StratCraftError: There is none, or it must not be sent.
        """
        with self._state.lock:
            question = self._state.snapshot.question
            if self._state.snapshot.job is None:
                refuse_to_send(question)
            if question is None:
                return
            work = _Generation(self._state, self._jobs, question.quotes[0], question.graph)
            if self._jobs.work.start("generate", work.run):
                self._state.update(question=None, live=(Live(question.quotes[0].model),))


class _Generation:
    """One request with its repairs, from the first byte to the cell."""

    def __init__(
        self, state: BuilderState, jobs: Jobs, quote: "Quote", graph: StrategyGraph
    ) -> None:
        self._state = state
        self._jobs = jobs
        self._code: StrategyCode = jobs.code
        self._quote = quote
        self._graph = graph
        self._last: Generated | None = None
        self._stream: CellStream | None = None

    async def run(self) -> str:
        """Generates; the result is the notice."""
        from stratcraft_jupyter.generation.pipeline import generate  # see preload_models

        self._last = await self._code.seen()
        self._stream = self._code.open_stream(self._stamp("", is_draft=True))
        watch = Watch(self._state, self._quote.model, self._stream)
        error: StratCraftError | asyncio.CancelledError | None = None
        try:
            await generate(
                self._graph,
                self._quote,
                on_event=watch.take,
                bars=self._jobs.bars,
                config=config_of(self._graph.backtest),
                others=self._jobs.others,
                preferences=self._state.snapshot.preferences,
            )
        except (StratCraftError, asyncio.CancelledError) as caught:
            error = caught
        except BaseException:
            await self._abandon()
            raise
        strategy = watch.ended.strategy if watch.ended else None
        is_cancelled = isinstance(error, asyncio.CancelledError)
        # nothing must keep what arrived from its place, not even the end of the builder
        ending = asyncio.ensure_future(self._end(strategy, error))
        notice = await asyncio.shield(ending)
        if is_cancelled:
            raise asyncio.CancelledError(notice)
        return notice

    async def _end(
        self, strategy: GeneratedStrategy | None, error: StratCraftError | BaseException | None
    ) -> str:
        """Puts what there is into its place, and says what happened."""
        if strategy is not None and strategy.ok:
            return await self._finish(strategy)
        where = await self._keep(strategy)
        if isinstance(error, asyncio.CancelledError):
            return _cancelled(strategy, where)
        if isinstance(error, StratCraftError):
            self._state.update(failure=failure_of(error, where))
        elif strategy is not None:
            self._state.update(failure=findings_failure(strategy, where))
        return ""

    async def _finish(self, strategy: GeneratedStrategy) -> str:
        stamp = self._stamp(strategy.source, strategy)
        cell_id, why = await self._write(strategy.source, stamp)
        made = Generated(strategy.source, stamp, cell_id, self._graph)
        self._code.show(made, self._last)
        where = "in a new cell below." if cell_id else f"below.{why}"
        cost = shown_cost(strategy.cost)
        return (
            f"{strategy.model} wrote {strategy.line_count} lines of code in "
            f"{strategy.seconds:.0f} s, {where} Cost: {cost}.{kept_in_words(self._last)}"
        )

    async def _keep(self, strategy: GeneratedStrategy | None) -> str:
        """Keeps what arrived as a draft; says where."""
        if strategy is None:
            await self._abandon()
            return ""
        source, _ = text_for_cell(strategy)
        stamp = self._stamp(source, strategy, is_draft=True)
        cell_id, why = await self._write(source, stamp)
        if self._last is None:  # else Run keeps the finished code that it has
            made = Generated(source, stamp, cell_id, self._graph, is_draft=True)
            self._state.update(generated=made, is_code_lost=False)
        return _IN_CELL if cell_id else f"{_IN_PANEL}{why}"

    async def _write(self, source: str, stamp: CellStamp) -> tuple[str | None, str]:
        """The cell with the text; None, and why, if it is in none."""
        if self._stream is None:
            return None, ""
        end = await self._stream.finish(source, stamp)
        return end.cell_id, f" {end.reason}" if end.reason else ""

    async def _abandon(self) -> None:
        if self._stream is not None:
            await self._stream.abandon()

    def _stamp(
        self, source: str, strategy: GeneratedStrategy | None = None, *, is_draft: bool = False
    ) -> CellStamp:
        stamp = self._code.stamp_for(
            source,
            self._graph,
            self._last,
            origin="model",
            model=self._quote.model,
            is_draft=is_draft,
        )
        usage = asdict(strategy.usage) if strategy is not None else None
        return replace(stamp, prompt_hash=self._quote.prompt.hash, usage=usage)


def _cancelled(strategy: GeneratedStrategy | None, where: str) -> str:
    """What a cancellation leaves, and what it cost as far as that is known."""
    if strategy is None:
        return "Cancelled before anything arrived. What was sent may still be charged."
    money = money_in_words(strategy.cost, strategy.usage, is_partial=True)
    return f"Cancelled. {where} {money}"
