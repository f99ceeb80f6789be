"""One model writes the code, from the first byte to the cell. No widgets."""

import asyncio
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.generation.events import GenerationEvent, Tried
from stratcraft_jupyter.generation.result import Attempt, GeneratedStrategy
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.notebook import CellStamp, CellStream
from stratcraft_jupyter.providers.cost import shown_cost
from stratcraft_jupyter.widgets.code import StrategyCode, kept_in_words, text_for_cell
from stratcraft_jupyter.widgets.jobs import Jobs, config_of
from stratcraft_jupyter.widgets.preferring import refresh
from stratcraft_jupyter.widgets.snapshot import Generated
from stratcraft_jupyter.widgets.spent_words import (
    apart_failure,
    failure_of,
    findings_failure,
    is_apart,
    money_in_words,
)
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.verified import Verified
from stratcraft_jupyter.widgets.watching import Watch

if TYPE_CHECKING:
    from stratcraft_jupyter.generation.quoting import Quote

_IN_PANEL = "What arrived is kept below."
_IN_CELL = "What arrived is in the cell below, as a draft that stops when it is run."


class Writing:
    """One request with its repairs, from the first byte to the cell.

    Args:
        state: Takes what is shown.
        jobs: Bars, cells, and whether code is verified.
        quote: What is sent.
        graph: The strategy.
        repair: An attempt to repair instead of writing anew.
        before: The generation that made that attempt, if it waits for a decision.

    Attributes:
        is_undecided: Whether its code does not follow the strategy, and waits for a decision.
    """

    def __init__(
        self,
        state: BuilderState,
        jobs: Jobs,
        quote: "Quote",
        graph: StrategyGraph,
        repair: Attempt | None = None,
        before: "Writing | None" = None,
    ) -> None:
        self.before = before
        self.is_undecided = False
        self._repair = repair
        self._strategy: GeneratedStrategy | None = None
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

        await self._jobs.consent.require("model")
        await self._open()
        watch = Watch(self._state, self._quote.model, self._stream)
        error: StratCraftError | asyncio.CancelledError | None = None
        try:
            await generate(
                self._graph,
                self._quote,
                on_event=lambda event: self._take(watch, event),
                bars=self._jobs.bars,
                config=config_of(self._graph.backtest),
                others=self._jobs.others,
                verify=self._jobs.verifies,
                repair=self._repair,
                preferences=refresh(self._state),
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

    @property
    def model(self) -> str:
        """Who writes the code."""
        return self._quote.model

    async def keep_draft(self) -> str:
        """Puts code that does not follow the strategy into its cell, as a draft."""
        if self._strategy is None or not self.is_undecided:
            return ""
        self.is_undecided = False
        where = await self._keep(self._strategy)
        self._show_verification(self._strategy)
        return f"Inserted as a draft. {where}"

    async def settle(self) -> None:
        """Keeps it as a draft where nobody decided, beside what goes on by then."""
        if self._strategy is not None and self.is_undecided:
            self.is_undecided = False
            self._drop_undecided()
            await self._keep(self._strategy)

    async def _open(self) -> None:
        """The cell for the text: that of the code to repair, while it waits; else a new one."""
        waiting = self.before
        if waiting is not None and waiting.is_undecided:
            self._last, self._stream = waiting._last, waiting._stream
            waiting.is_undecided = False
            return
        self._last = await self._code.seen()
        self._stream = self._code.open_stream(self._stamp("", is_draft=True))

    async def _end(
        self, strategy: GeneratedStrategy | None, error: StratCraftError | BaseException | None
    ) -> str:
        """Puts what there is into its place, and says what happened."""
        self._drop_undecided()
        if strategy is not None and strategy.ok:
            return await self._finish(strategy)
        if error is None and strategy is not None and is_apart(strategy):
            return self._wait(strategy)
        where = await self._keep(strategy)
        if isinstance(error, asyncio.CancelledError):
            return _cancelled(strategy, where)
        if isinstance(error, StratCraftError):
            self._state.update(failure=failure_of(error, where))
        elif strategy is not None:
            self._state.update(failure=findings_failure(strategy, where))
        return ""

    def _wait(self, strategy: GeneratedStrategy) -> str:
        """Leaves the code where it is until the user has decided: repair it, or keep a draft."""
        self._strategy, self.is_undecided = strategy, True
        self._show_verification(strategy)
        self._state.update(failure=apart_failure(strategy))
        return ""

    def _take(self, watch: Watch, event: GenerationEvent) -> None:
        """Follows the generation; a difference is shown while it is repaired."""
        watch.take(event)
        if not isinstance(event, Tried):
            return
        source, report = event.attempt.source, event.attempt.verification
        if source is not None and report is not None and not report.ok:
            verified = Verified(source, self._graph, self.model, report=report, is_undecided=True)
            self._state.update(verified=verified)

    def _drop_undecided(self) -> None:
        """Takes a difference away that waits for no decision any more."""
        with self._state.lock:
            verified = self._state.snapshot.verified
            if verified is not None and verified.is_undecided:
                self._state.update(verified=None)

    def _show_verification(self, strategy: GeneratedStrategy) -> None:
        is_draft = not strategy.ok and not self.is_undecided
        if strategy.verification is not None:
            verified = Verified(
                strategy.source,
                self._graph,
                strategy.model,
                report=strategy.verification,
                is_undecided=self.is_undecided,
                draft=text_for_cell(strategy)[0] if is_draft else "",
            )
            self._state.update(verified=verified)

    async def _finish(self, strategy: GeneratedStrategy) -> str:
        stamp = self._stamp(strategy.source, strategy)
        cell_id, why = await self._write(strategy.source, stamp)
        made = Generated(strategy.source, stamp, cell_id, self._graph)
        self._code.show(made, self._last)
        self._show_verification(strategy)
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
        known = self._state.snapshot.generated
        if self._last is None and (known is None or known.is_draft):  # else Run keeps what it has
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
    money = money_in_words(strategy.cost, is_partial=True)
    return f"Cancelled. {where} {money}"
