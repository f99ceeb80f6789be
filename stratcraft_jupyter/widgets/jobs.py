"""The slow work: generating code and running it, as tasks that can be cancelled. No widgets."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from typing import Any

from stratcraft_jupyter.backtest import (
    BacktestConfig,
    BacktestResult,
    Progress,
    run_backtest_async,
    warm_up,
)
from stratcraft_jupyter.codegen import compile_strategy
from stratcraft_jupyter.errors import GraphInvalidError, NotebookError, StratCraftError
from stratcraft_jupyter.graph import BacktestSettings, StrategyGraph
from stratcraft_jupyter.market import Bars, load_bars
from stratcraft_jupyter.notebook import CellBridge, CellStamp, source_hash
from stratcraft_jupyter.widgets.snapshot import Generated, JobKind, Outcome
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.tasks import Tasks

ExplainNoTrades = Callable[[StrategyGraph, Bars, BacktestConfig], Sequence[str]]

_TICK = 0.25
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
        cell_id: The notebook cell that shows the builder; None outside a notebook.
        bars: Bars given by the user; None to load what the settings name.
        preload: Imports what the first result needs; called once, in a thread.
        explain_no_trades: Says why a strategy never traded; None for no explanation.
    """

    def __init__(
        self,
        state: BuilderState,
        cells: CellBridge,
        *,
        cell_id: str | None = None,
        bars: Bars | None = None,
        preload: Callable[[], None] = lambda: None,
        explain_no_trades: ExplainNoTrades | None = None,
    ) -> None:
        self.cell_id = cell_id
        self.bars = bars
        self.explain_no_trades = explain_no_trades
        self._preload = preload
        self._state = state
        self._cells = cells
        self._tasks = Tasks()
        self._current: Future[None] | None = None
        self._loaded: tuple[str, Bars] | None = None
        self._told = 0.0

    def generate(self) -> None:
        """Starts generating code from the strategy."""
        self._start("generate", self._generate)

    def run(self) -> None:
        """Starts a backtest of the generated code, generating it first if there is none."""
        self._start("run", self._run)

    def cancel(self) -> None:
        """Cancels what is going on."""
        if self._current is not None:
            self._current.cancel()

    def close(self) -> None:
        """Ends all that goes on in the background."""
        self._tasks.close()

    def adopt(self) -> None:
        """Looks for cells that an earlier builder in the same place generated."""
        self._tasks.start(self._shown(self._adopt))

    def _start(self, kind: JobKind, work: Callable[[], Coroutine[Any, Any, str]]) -> None:
        if self._state.begin(kind):
            self._current = self._tasks.start(self._job(work))

    async def _job(self, work: Callable[[], Coroutine[Any, Any, str]]) -> None:
        """Runs one job to its end; this is the boundary where its errors are shown."""
        notice = ""
        clock = asyncio.create_task(self._tick())
        try:
            notice = await work()
        except asyncio.CancelledError:
            notice = "Cancelled."
            raise
        except Exception as error:  # noqa: BLE001 - the boundary: report shows and logs it
            self._state.report(error)
        finally:
            clock.cancel()
            self._state.end(notice)

    def expect_front_end(self, seconds: float) -> None:
        """Waits for a page to say hello, and goes on without one after this time."""

        async def wait() -> None:
            await asyncio.sleep(seconds)
            with self._state.lock:
                if self._state.snapshot.has_front_end is None:
                    self._state.update(has_front_end=False)

        self._tasks.start(self._shown(wait))

    def prepare(self) -> None:
        """Starts what the first run would otherwise wait for: worker, charts, bars."""
        warm_up()
        self._tasks.start(self._shown(self._prepare))

    async def _prepare(self) -> None:
        await asyncio.to_thread(self._preload)
        # a symbol that cannot be loaded is told when it is run, not to whoever opens the builder
        with suppress(StratCraftError):
            await asyncio.to_thread(self._bars_for, self._state.graph.backtest)

    async def _shown(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - the boundary: report shows and logs it
            self._state.report(error)

    async def _tick(self) -> None:
        began = time.monotonic()
        while True:
            await asyncio.sleep(_TICK)
            self._state.progress(elapsed=time.monotonic() - began)

    # Generate.

    async def _generate(self) -> str:
        generated = await self._new_code()
        where = "below" if generated.cell_id is None else "in a new cell below"
        return f"Generated {len(generated.source.splitlines())} lines of code {where}."

    async def _new_code(self) -> Generated:
        snapshot = self._state.snapshot
        graph = snapshot.graph
        self._state.progress(stage="Writing code")
        if snapshot.errors:
            place = next((item.node_id for item in snapshot.errors if item.node_id), None)
            if place:
                self._state.select([place])
            raise GraphInvalidError(snapshot.diagnostics)
        source = await asyncio.to_thread(compile_strategy, graph)
        stamp = CellStamp.now(
            builder_id=self._cells.builder_id,
            graph_hash=graph.hash,
            source=source,
            origin="builtin",
            model=snapshot.model,
        )
        generated = Generated(source, stamp, await self._put(source, stamp), graph)
        self._state.update(generated=generated)
        return generated

    async def _put(self, source: str, stamp: CellStamp) -> str | None:
        """Puts the code into a new cell; None where there is no way to make cells."""
        if not self._can_use_cells or self.cell_id is None:
            return None
        return await self._cells.insert_cell(self.cell_id, source, stamp)

    @property
    def _can_use_cells(self) -> bool:
        return self._cells.is_connected and self.cell_id is not None

    # Which code to run.

    async def _adopt(self) -> None:
        if self._state.snapshot.generated is not None or not self._can_use_cells:
            return
        for cell in (await self._cells.find_cells())[:1]:
            if cell.stamp is not None and self._state.snapshot.generated is None:
                found = Generated(cell.source, cell.stamp, cell.cell_id, None, cell.is_edited)
                self._state.update(generated=found)

    async def _code_to_run(self) -> Generated:
        """The code as it is now: in its cell, where the user may have edited it."""
        await self._adopt()
        known = self._state.snapshot.generated
        if known is None:
            return await self._new_code()
        if known.cell_id is None:
            return known
        try:
            cell = await self._cells.read_cell(known.cell_id)
        except NotebookError as error:
            hint = error.hint or "Press Generate to write the code into a new cell."
            raise NotebookError(
                f"The generated cell could not be read: {error.message}", hint=hint
            ) from error
        edited = source_hash(cell.source) != known.stamp.source_hash
        read = replace(known, source=cell.source, is_edited=edited)
        self._state.update(generated=read)
        return read

    # Run.

    async def _run(self) -> str:
        self._state.progress(stage="Reading the code")
        code = await self._code_to_run()
        settings = self._state.graph.backtest
        self._state.progress(stage="Loading bars")
        bars = await asyncio.to_thread(self._bars_for, settings)
        config = config_of(settings)
        result = await run_backtest_async(code.source, bars, config, on_progress=self._progress)
        notes = await self._notes(code, result, bars, config)
        self._state.update(outcome=Outcome(result, bars, notes))
        trades = "1 trade" if len(result.trades) == 1 else f"{len(result.trades):,} trades"
        return f"{result.bar_count:,} bars of {result.symbol}, {trades}."

    def _bars_for(self, settings: BacktestSettings) -> Bars:
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

    async def _notes(
        self, code: Generated, result: BacktestResult, bars: Bars, config: BacktestConfig
    ) -> tuple[str, ...]:
        graph = self._state.graph
        is_as_drawn = not code.is_edited and not code.is_stale(graph)
        if result.fills or self.explain_no_trades is None or not is_as_drawn:
            return ()
        return tuple(await asyncio.to_thread(self.explain_no_trades, graph, bars, config))


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
