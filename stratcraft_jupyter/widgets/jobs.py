"""Compiling the strategy and running its code, as jobs that can be cancelled. No widgets."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from stratcraft_jupyter.backtest import (
    BacktestConfig,
    Progress,
    check_isolation,
    run_backtest_async,
    warm_up,
)
from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.errors import BacktestError, StratCraftError
from stratcraft_jupyter.generation.result import BUILTIN
from stratcraft_jupyter.graph import BacktestSettings, StrategyGraph
from stratcraft_jupyter.market import Bars, load_bars
from stratcraft_jupyter.notebook import CellBridge
from stratcraft_jupyter.verify import find_too_few_bars
from stratcraft_jupyter.widgets.code import StrategyCode
from stratcraft_jupyter.widgets.consent import Consent, FindIsolation
from stratcraft_jupyter.widgets.other_bars import other_bars
from stratcraft_jupyter.widgets.snapshot import Generated, Outcome, trades_alike
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.work import Work

FindNeverTrue = Callable[..., Sequence[Diagnostic]]
"""Takes the strategy, its bars, the settings, and the bars of other symbols as ``others``."""

_PAUSE = 0.1  # seconds between two updates of the bar: the page takes 10 to 20 a second
_STAGES = {
    "starting": "Starting",
    "running": "Running",
    "collecting": "Computing the results",
    "done": "Drawing the charts",
}


class Jobs:
    """Generate and Run: at most one at a time, each ends with a result or an error on the panel.

    Attributes:
        bars: Bars given by the user; None to load what the settings name.
        others: Bars of further symbols given by the user, by symbol.
        preload: Imports what the first result needs; called once, in a thread.
        find_never_true: Says what never came true in a run; None not to look.
        verifies: Whether code is held to the strategy once it is generated or was edited.
        consent: Asks before code of a model runs where the boundary is not whole.
        work: Runs the jobs.
        code: Knows which code there is.
    """

    def __init__(
        self,
        state: BuilderState,
        cells: CellBridge,
        *,
        cell_id: str | None = None,
        bars: Bars | None = None,
        others: Mapping[str, Bars] | None = None,
        preload: Callable[[], None] = lambda: None,
        find_never_true: FindNeverTrue | None = None,
        verifies: bool = False,
        find_isolation: FindIsolation = check_isolation,
    ) -> None:
        self.bars = bars
        self.others = others or {}
        self.find_never_true = find_never_true
        self._preload = preload
        self._state = state
        self.code = StrategyCode(state, cells, cell_id)
        self.verifies = verifies
        self.consent = Consent(state, cells, find_isolation)
        self.work = Work(state)
        self.work.on_idle = self._catch_up
        self._loaded: tuple[str, Bars] | None = None
        self._told = 0.0
        self._has_missed_news = False

    @property
    def cell_id(self) -> str | None:
        """The notebook cell that shows the builder; None outside a notebook."""
        return self.code.cell_id

    @cell_id.setter
    def cell_id(self, cell_id: str | None) -> None:
        self.code.cell_id = cell_id

    def generate(self) -> None:
        """Starts compiling the strategy."""
        if self.work.start("generate", self._generate):
            self._state.update(live=())  # what became of an earlier request is not about this code

    def run(self) -> None:
        """Starts a backtest of the generated code, compiling it first if there is none."""
        self.work.start("run", self._run)

    def cancel(self) -> None:
        """Cancels what is going on."""
        self.work.cancel()

    def close(self) -> None:
        """Ends all that goes on in the background."""
        self.work.close()

    def look_again(self) -> None:
        """Looks what became of the generated cells, those of an earlier builder included."""
        if self._state.snapshot.job is not None:
            self._has_missed_news = True  # the job knows its own cells
            return
        self.work.in_background(self.code.look_again)

    def _catch_up(self) -> None:
        if self._has_missed_news:
            self._has_missed_news = False
            self.look_again()

    def expect_front_end(self, seconds: float) -> None:
        """Waits for a page to say hello, and goes on without one after this time."""

        async def wait() -> None:
            await asyncio.sleep(seconds)
            with self._state.lock:
                if self._state.snapshot.has_front_end is None:
                    self._state.update(has_front_end=False)

        self.work.in_background(wait)

    def prepare(self) -> None:
        """Starts what the first run would otherwise wait for: worker, charts, bars."""
        warm_up()
        self.work.in_background(self._prepare)

    async def _prepare(self) -> None:
        await asyncio.to_thread(self._preload)
        # a symbol that cannot be loaded is told when it is run, not to whoever opens the builder
        with suppress(StratCraftError):
            await asyncio.to_thread(self.bars_for, self._state.graph.backtest)

    # Generate.

    async def _generate(self) -> str:
        self._state.progress(stage="Writing code")
        generated, where = await self.code.generate()
        return f"Generated {len(generated.source.splitlines())} lines of code {where}"

    # Run.

    async def _run(self) -> str:
        code, told = await self._code_to_run()
        await self.consent.require(code.stamp.origin)
        graph = self._state.graph
        self._state.progress(stage="Loading bars")
        bars = await asyncio.to_thread(self.bars_for, graph.backtest)
        others = await asyncio.to_thread(
            other_bars, code.source, graph.backtest, self.bars, self.others
        )
        config = config_of(graph.backtest)
        await self._refuse_too_few(bars, code, graph, others)
        result = await run_backtest_async(
            code.source, bars, config, others=others, on_progress=self._progress
        )
        outcome = Outcome(result, bars, code, graph.backtest)
        self._state.update(outcome=outcome, run_findings=())
        look = partial(self._look_for_causes, outcome, graph, config, others)
        why = ""
        if not result.fills:
            self._state.progress(stage="Looking for the reason", fraction=None)
            why = " Why: see the list of problems." if await look() else ""
        else:
            self.work.in_background(partial(self._look_later, look))
        count = len(result.trades)
        trades = "1 trade" if count == 1 else f"{count:,} trades" if count else "no trades"
        return f"{told}{result.bar_count:,} bars of {result.symbol}, {trades}.{why}"

    async def _code_to_run(self) -> tuple[Generated, str]:
        """The code, and what the user should know if it had to be written first."""
        self._state.progress(stage="Reading the code")
        code = await self.code.to_run()
        if code is not None:
            return code, ""
        if self._state.snapshot.model != BUILTIN:
            raise StratCraftError(
                "Nothing was run: there is no code yet.",
                hint="Press Generate for code of the chosen model, or choose the built-in "
                "compiler.",
            )
        was_lost = self._state.snapshot.is_code_lost
        self._state.progress(stage="Writing code")
        told = "The generated cell was deleted, so the code was generated again. "
        generated, _ = await self.code.generate()
        return generated, told if was_lost else ""

    async def _refuse_too_few(
        self, bars: Bars, code: Generated, graph: StrategyGraph, others: Mapping[str, Bars]
    ) -> None:
        """Names the nodes that have no value on these bars, if the code is as drawn."""
        if code.is_edited or code.is_stale(graph):
            return
        found = await asyncio.to_thread(find_too_few_bars, graph, bars, others=others)
        if found:
            self._state.update(run_findings=found)
            raise BacktestError(found[0].message, hint=found[0].hint, kind="config")

    def bars_for(self, settings: BacktestSettings) -> Bars:
        """The bars to run on: those given, else those that the settings name.

        Raises:
            StratCraftError: There are none.
        """
        if self.bars is not None:
            return self.bars.between(settings.start, settings.end)
        name = f"{settings.source}:{settings.symbol}"
        if self._loaded is None or self._loaded[0] != name:
            self._loaded = (name, load_bars(name))
        return self._loaded[1].between(settings.start, settings.end)

    def _progress(self, progress: Progress) -> None:
        stage, now = _STAGES[progress.stage], time.monotonic()
        job = self._state.snapshot.job
        if job is not None and job.stage == stage and now - self._told < _PAUSE:
            return
        self._told = now
        self._state.progress(stage=stage, fraction=progress.fraction)

    async def _look_later(self, look: Callable[[], Coroutine[Any, Any, bool]]) -> None:
        """The same beside whatever the user does next: the results need not wait for it."""
        await look()

    async def _look_for_causes(
        self,
        outcome: Outcome,
        graph: StrategyGraph,
        config: BacktestConfig,
        others: Mapping[str, Bars],
    ) -> bool:
        """Shows what never came true; code edited by hand is not what the graph says."""
        code = outcome.code
        is_as_drawn = not code.is_edited and not code.is_stale(graph)
        if self.find_never_true is None or not is_as_drawn:
            return False
        find = partial(self.find_never_true, others=others)
        found = tuple(await asyncio.to_thread(find, graph, outcome.bars, config))
        with self._state.lock:
            is_shown = self._state.snapshot.outcome is outcome
            if is_shown and trades_alike(graph, self._state.graph):  # else its nodes may be gone
                self._state.update(run_findings=found)
        return bool(found)


def config_of(settings: BacktestSettings) -> BacktestConfig:
    """The runner's settings, from those of the document."""
    return BacktestConfig(
        cash=settings.cash,
        commission=settings.commission,
        slippage=settings.slippage,
        start=settings.start,
        end=settings.end,
        sizing_percent=settings.sizing_percent,
    )
