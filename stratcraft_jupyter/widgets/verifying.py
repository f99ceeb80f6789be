"""Holds the code to the strategy beside the jobs, when code came or was edited. No widgets."""

import asyncio
import time
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.verify import VerificationReport, verify_async
from stratcraft_jupyter.widgets.jobs import Jobs, config_of
from stratcraft_jupyter.widgets.other_bars import other_bars
from stratcraft_jupyter.widgets.snapshot import Generated, Snapshot
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.verified import STEP_WORDS, Verified, is_outdated

_TICK = 0.25


class Verifying:
    """Verifies the code of the present strategy; at most one verification at a time.

    Code that came or was run is verified by itself, unless that is known; code of a model is
    verified while it is generated.
    """

    def __init__(self, state: BuilderState, jobs: Jobs) -> None:
        self._state = state
        self._jobs = jobs
        self._current: Future[None] | None = None
        self._begun: Verified | None = None
        state.subscribe(self._look)

    def press(self) -> None:
        """Verifies the code as it stands in its cell."""
        self._jobs.work.in_background(self._see_and_start)

    def cancel(self) -> None:
        """Ends the verification that goes on."""
        with self._state.lock:
            if self._current is not None and self._begun is not None:
                self._current.cancel()
                self._show(self._begun, step="", problem="the verification was cancelled.")

    def _look(self, new: Snapshot, old: Snapshot) -> None:
        """Starts by itself after Generate, and after a run of code that was edited."""
        if not self._jobs.verifies or new.job is not None or old.job is None:
            return
        code = new.generated
        if code is not None and not code.is_draft and not _is_known(new):
            self._start(code)

    async def _see_and_start(self) -> None:
        code = await self._jobs.code.to_run()
        if code is None:
            raise StratCraftError("There is no code to verify.", hint="Press Generate first.")
        self._start(code)

    def _start(self, code: Generated) -> None:
        with self._state.lock:
            self.cancel()
            verified = Verified(
                code.source,
                self._state.graph,
                code.stamp.model,
                step="Starting",
                is_edited=code.is_edited,
            )
            self._begun = verified
            self._state.update(verified=verified)
            self._current = self._jobs.work.in_background(lambda: self._verify(verified, code))

    async def _verify(self, begun: Verified, code: Generated) -> None:
        """Verifies; what it says is shown unless other code is verified meanwhile."""
        clock = asyncio.create_task(self._tick(begun))
        changes: dict[str, Any] = {"problem": "the verification ended unexpectedly."}
        try:
            await self._jobs.consent.require(code.stamp.origin)
            changes = {"report": await self._report(begun)}
        except StratCraftError as error:
            changes = {"problem": f"{error.message} {error.hint}".strip()}
        finally:
            clock.cancel()
            self._show(begun, step="", **changes)

    async def _report(self, begun: Verified) -> VerificationReport:
        graph, jobs = begun.graph, self._jobs
        bars = await asyncio.to_thread(jobs.bars_for, graph.backtest)
        others = await asyncio.to_thread(
            other_bars, begun.source, graph.backtest, jobs.bars, jobs.others
        )
        return await verify_async(
            begun.source,
            graph,
            bars,
            config_of(graph.backtest),
            others=others,
            on_step=lambda step: self._show(begun, step=STEP_WORDS.get(step, step)),
        )

    async def _tick(self, begun: Verified) -> None:
        began = time.monotonic()
        while True:
            await asyncio.sleep(_TICK)
            self._show(begun, elapsed=time.monotonic() - began)

    def _show(self, begun: Verified, **changes: Any) -> None:
        with self._state.lock:
            now = self._state.snapshot.verified
            if now is not None and now.step and self._begun is begun:
                self._state.update(verified=replace(now, **changes))


def _is_known(snapshot: Snapshot) -> bool:
    """Whether the present code was held to the present strategy, or is being so."""
    verified = snapshot.verified
    is_of_it = verified is not None and verified.is_of(snapshot.generated)
    return is_of_it and not is_outdated(snapshot)
