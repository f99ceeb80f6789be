"""Slow work: one job at a time with its clock, and what goes on in the background. No widgets."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any

from stratcraft_jupyter.widgets.snapshot import Failure, JobKind
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.tasks import Tasks

_TICK = 0.25
_NOTHING_DONE: dict[JobKind, str] = {
    "generate": "No code was written",
    "compare": "Nothing was sent",
    "run": "Nothing was run",
}


class Work:
    """Starts jobs that end with a notice or an error on the panel.

    Attributes:
        on_idle: Called after each job, when nothing goes on any more.
    """

    def __init__(self, state: BuilderState) -> None:
        self.on_idle: Callable[[], None] = lambda: None
        self._state = state
        self._tasks = Tasks()
        self._current: Future[None] | None = None

    def start(self, kind: JobKind, work: Callable[[], Coroutine[Any, Any, str]]) -> bool:
        """Starts a job, unless one goes on or a field waits to be corrected; whether it did.

        Args:
            kind: What was pressed.
            work: The job; its result is the notice at the end.
        """
        with self._state.lock:
            if not self.may_start(kind) or not self._state.begin(kind):
                return False
            self._current = self._tasks.start(self._job(work))
            return True

    def may_start(self, kind: JobKind) -> bool:
        """Whether no field shows another value than the strategy has; else that is said."""
        refused = self._state.snapshot.refused
        if not refused:
            return True
        first, *more = refused
        also = f" and {len(more)} more in the list of problems" if more else ""
        hint = f"{_NOTHING_DONE[kind]}: correct this field{also} first."
        self._state.point_at(first)
        self._state.update(failure=Failure(first.message, hint), notice="")
        return False

    def in_background(self, work: Callable[[], Coroutine[Any, Any, None]]) -> Future[None]:
        """Starts something beside the jobs; its errors are shown, and it can be cancelled."""
        return self._tasks.start(self._shown(work))

    def cancel(self) -> None:
        """Cancels the job that goes on; a second time changes nothing."""
        if self._current is not None and self._current.cancel():
            self._state.progress(stage="Cancelling")

    def close(self) -> None:
        """Ends all that goes on."""
        self._tasks.close()

    async def _job(self, work: Callable[[], Coroutine[Any, Any, str]]) -> None:
        """Runs one job to its end; this is the boundary where its errors are shown."""
        notice = ""
        clock = asyncio.create_task(self._tick())
        try:
            notice = await work()
        except asyncio.CancelledError as cancelled:
            notice = str(cancelled) or "Cancelled."
            raise
        except Exception as error:  # noqa: BLE001 - the boundary: report shows and logs it
            self._state.report(error)
        finally:
            clock.cancel()
            self._state.end(notice)
            self.on_idle()

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
