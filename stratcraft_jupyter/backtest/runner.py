"""Runs a strategy in a worker process: from a program, from asyncio, with a time limit."""

import asyncio
import contextlib
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from stratcraft_jupyter.backtest.collect import collect_result
from stratcraft_jupyter.backtest.config import BacktestConfig
from stratcraft_jupyter.backtest.feeds import line_up_feeds
from stratcraft_jupyter.backtest.job import check_bars, check_config, check_source, pack_job
from stratcraft_jupyter.backtest.messages import (
    BarsDone,
    Failure,
    Finished,
    IsolationReport,
    Ready,
    read_message,
)
from stratcraft_jupyter.backtest.mishaps import (
    failed,
    garbled,
    killed,
    not_started,
    split_dump,
    timed_out,
)
from stratcraft_jupyter.backtest.pool import POOL
from stratcraft_jupyter.backtest.process import WorkerProcess
from stratcraft_jupyter.backtest.protocol import Frame, ProtocolError
from stratcraft_jupyter.backtest.records import Isolation, Progress, Stage
from stratcraft_jupyter.backtest.result import BacktestResult
from stratcraft_jupyter.errors import BacktestError

if TYPE_CHECKING:
    from stratcraft_jupyter.market import Bars

_START_LIMIT = 120.0
# The worker notes where it is when its time is over; it gets a moment to do so.
_GRACE = 0.5

OnProgress = Callable[[Progress], None]
_T = TypeVar("_T")


def warm_up(*, wait: float = 0.0) -> None:
    """Start the spare worker process now, so that the next run begins at once.

    Args:
        wait: Seconds to wait at most until it is ready; 0 returns at once.
    """
    if wait > 0:
        POOL.wait_until_ready(wait)
    else:
        POOL.prepare_soon()


def run_backtest(
    source: str,
    bars: "Bars",
    config: BacktestConfig | None = None,
    *,
    others: "Mapping[str, Bars] | None" = None,
    on_progress: OnProgress | None = None,
) -> BacktestResult:
    """The result of running a strategy on bars, in a process of its own.

    The same source, bars and settings give the same result; hashes and random numbers begin
    alike in every process.

    Args:
        source: A Python module with exactly one ``bt.Strategy`` class.
        bars: The bars to run on; the dates of ``config`` choose a part of them.
        config: Money, costs, dates and limits.
        others: Bars of further symbols that the strategy reads, by symbol, whole: the dates of
            ``config`` choose of the bars alone.
        on_progress: Called with the progress now and then, in this thread.

    Raises:
        BacktestError: If the strategy fails, runs too long, or cannot be run.
        BarsError: If there are no bars between the dates.
    """
    return _Run(source, bars, config, others, on_progress).execute()


async def run_backtest_async(
    source: str,
    bars: "Bars",
    config: BacktestConfig | None = None,
    *,
    others: "Mapping[str, Bars] | None" = None,
    on_progress: OnProgress | None = None,
) -> BacktestResult:
    """As ``run_backtest``, without blocking the event loop.

    Cancelling the task ends the worker and everything it started, at once. ``on_progress`` is
    called in the event loop.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[BacktestResult] = loop.create_future()

    def tell(progress: Progress) -> None:
        if on_progress is not None:
            _post(loop, on_progress, progress)

    run = _Run(source, bars, config, others, tell)

    def work() -> None:
        try:
            result = run.execute()
        except BaseException as error:  # noqa: BLE001 - handed over to the task that waits
            _post(loop, _settle, future, None, error)
        else:
            _post(loop, _settle, future, result, None)

    threading.Thread(target=work, name="stratcraft-backtest", daemon=True).start()
    try:
        return await future
    finally:
        run.cancel()


def _post(loop: asyncio.AbstractEventLoop, call: Callable[..., None], *arguments: object) -> None:
    with contextlib.suppress(RuntimeError):  # the loop was closed in the meantime
        loop.call_soon_threadsafe(call, *arguments)


def _settle(future: "asyncio.Future[_T]", result: _T | None, error: BaseException | None) -> None:
    if future.done():
        return
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(result)  # type: ignore[arg-type]  # None only beside an error


class _Run:
    """One run: takes a worker, feeds it, listens to it, and always ends it."""

    def __init__(
        self,
        source: str,
        bars: "Bars",
        config: BacktestConfig | None,
        others: "Mapping[str, Bars] | None",
        on_progress: OnProgress | None,
    ) -> None:
        check_source(source)
        check_bars(bars)
        self._source = source
        self._config = check_config(config)
        self._bars = bars.between(self._config.start, self._config.end)
        self._lineup = line_up_feeds(source, self._bars, others)
        self._on_progress = on_progress
        self._nonce = secrets.token_hex(16)
        self._began = time.monotonic()
        self._isolation = Isolation()
        self._worker: WorkerProcess | None = None
        self._cancelled = threading.Event()
        self._over = False

    def execute(self) -> BacktestResult:
        """The result; the worker is gone when this returns or raises."""
        self._tell("starting", None)
        worker = self._worker = POOL.take()
        try:
            if self._cancelled.is_set():
                raise _cancelled()
            finished, fills = self._listen(worker)
            self._over = True
            self._tell("collecting", 1.0)
            result = collect_result(
                finished,
                fills,
                bars=self._bars,
                skipped=self._lineup.skipped,
                notes=self._lineup.notes,
                config=self._config,
                isolation=self._isolation,
                output=worker.output(),
                elapsed=time.monotonic() - self._began,
            )
        except BacktestError as error:
            worker.kill()
            printed, _ = split_dump(worker.output())
            if printed.strip():
                error.add_note(f"Printed before the failure:\n{printed.rstrip()}")
            raise
        except ProtocolError as error:
            raise garbled(error) from error
        finally:
            worker.kill()
            POOL.replace_soon(worker)
        self._tell("done", 1.0)
        return result

    def cancel(self) -> None:
        """End the run from another thread; nothing happens once it is over."""
        self._cancelled.set()
        if self._worker is not None and not self._over:
            self._worker.kill()

    def _listen(self, worker: WorkerProcess) -> tuple[Finished, dict[str, memoryview]]:
        deadline = time.monotonic() + _START_LIMIT
        is_running = is_locked_in = False
        while True:
            frame = self._next_frame(worker, deadline, is_running=is_running)
            message = read_message(frame, self._nonce)
            if isinstance(message, Ready) and not is_running:
                is_running = True
                worker.send(self._job())
                deadline = time.monotonic() + self._config.time_limit + _GRACE
                self._tell("running", 0.0)
            elif isinstance(message, Ready | IsolationReport) and is_locked_in:
                raise ProtocolError("a message that comes once only")
            elif isinstance(message, IsolationReport):
                is_locked_in = True
                self._isolation = Isolation(tuple(message.enforced), tuple(message.missing))
            elif not is_locked_in:
                raise ProtocolError("a message that comes too early")
            elif isinstance(message, BarsDone):
                self._tell("running", min(message.bars / len(self._lineup.bars), 1.0))
            elif isinstance(message, Failure):
                raise failed(message)
            elif isinstance(message, Finished):
                return message, frame[1]

    def _job(self) -> list[bytes | memoryview]:
        lineup = self._lineup
        return pack_job(self._source, lineup.bars, self._config, self._nonce, feeds=lineup.feeds)

    def _next_frame(self, worker: WorkerProcess, deadline: float, *, is_running: bool) -> Frame:
        try:
            frame = worker.receive(deadline)
        except TimeoutError:
            worker.close()
            if not is_running:
                raise not_started(worker.output()) from None
            raise timed_out(self._config.time_limit, worker.output(), self._source) from None
        if isinstance(frame, tuple):
            return frame
        if isinstance(frame, ProtocolError):
            raise frame
        if self._cancelled.is_set():
            raise _cancelled()
        status = worker.close()
        if not is_running:
            raise not_started(worker.output())
        raise killed(status, worker.output(), self._source)

    def _tell(self, stage: Stage, fraction: float | None) -> None:
        if self._on_progress is not None:
            self._on_progress(Progress(stage, fraction, time.monotonic() - self._began))


def _cancelled() -> BacktestError:
    return BacktestError("The backtest was cancelled.", hint="Run it again.", kind="cancelled")
