"""Runs strategies on many series of bars in one child process, with their orders.

For checks that need many short runs: a process of its own for each would cost more than the runs.
A source that is not ours gets a process of its own here too, and is run with no other source.
"""

import secrets
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from stratcraft_jupyter.backtest.batch_messages import (
    BatchMessage,
    ContestResult,
    Done,
    RunFailure,
    RunResult,
    read_batch_message,
)
from stratcraft_jupyter.backtest.batch_packing import Packing, digest_of
from stratcraft_jupyter.backtest.batch_values import (
    BatchResult,
    Contest,
    ContestOutcome,
    Run,
    RunOutcome,
    Series,
)
from stratcraft_jupyter.backtest.collect import read_fills
from stratcraft_jupyter.backtest.config import BacktestConfig
from stratcraft_jupyter.backtest.fill_rules import check_fills
from stratcraft_jupyter.backtest.messages import IsolationReport, Ready
from stratcraft_jupyter.backtest.mishaps import garbled, killed, not_started, timed_out
from stratcraft_jupyter.backtest.orders import read_book
from stratcraft_jupyter.backtest.pool import POOL
from stratcraft_jupyter.backtest.process import WorkerProcess
from stratcraft_jupyter.backtest.protocol import Frame, ProtocolError, pack
from stratcraft_jupyter.backtest.records import Isolation, OrderCensus
from stratcraft_jupyter.errors import BacktestError

if TYPE_CHECKING:
    from stratcraft_jupyter.market import Bars

__all__ = [
    "BatchResult",
    "Contest",
    "ContestOutcome",
    "Run",
    "RunOutcome",
    "Series",
    "run_batch",
]

_START_LIMIT = 120.0
_GRACE = 0.5


def run_batch(
    runs: Sequence[Run] = (),
    contests: Sequence[Contest] = (),
    config: BacktestConfig | None = None,
    *,
    time_limit: float = 60.0,
    worker: WorkerProcess | None = None,
) -> BatchResult:
    """Do many runs in one process.

    A failed run is told in its outcome. When the process dies or its time is over, so is every
    run that was not done.

    Args:
        runs: What to run.
        contests: What to compare, after that.
        config: Money and costs; its dates are not applied, its time limit does not count.
        time_limit: Seconds for all together.
        worker: A process started for this; None for one of the pool.

    Raises:
        BacktestError: The process did not start, or the bars of a run cannot be lined up.
    """
    return _Batch(runs, contests, config or BacktestConfig(), time_limit).execute(worker)


class _Batch:
    def __init__(
        self,
        runs: Sequence[Run],
        contests: Sequence[Contest],
        config: BacktestConfig,
        time_limit: float,
    ) -> None:
        self._runs, self._contests = runs, contests
        self._config = config
        self._time_limit = time_limit
        self._nonce = secrets.token_hex(16)
        self._pack = Packing()
        self._places = [self._pack.run(run.source, run.series) for run in runs]
        self._outcomes: dict[int, RunOutcome] = {}
        self._won: list[ContestOutcome] = []
        self._isolation = Isolation()

    def execute(self, given: WorkerProcess | None) -> BatchResult:
        """Do it; the process is gone when this returns or raises."""
        pieces = self._job()
        worker = given or POOL.take()
        try:
            failure = self._listen(worker, pieces)
        finally:
            worker.kill()
            if given is None:
                POOL.replace_soon(worker)
            else:
                threading.Thread(target=worker.close, daemon=True).start()
        missing = RunOutcome(error=failure)
        runs = tuple(self._outcomes.get(number, missing) for number in range(len(self._runs)))
        return BatchResult(runs, tuple(self._won), self._isolation)

    def _job(self) -> list[bytes | memoryview]:
        runs = [
            {
                "source": place[0],
                "series": place[1],
                "bar_by_bar": run.bar_by_bar,
                "seed": run.seed,
                **(_account(run.config) if run.config is not None else {}),
            }
            for run, place in zip(self._runs, self._places, strict=True)
        ]
        contests = [self._pack.contest(contest) for contest in self._contests]
        header: dict[str, Any] = {
            "nonce": self._nonce,
            "time_limit": self._time_limit,
            **_account(self._config),
            "lean": True,
            "sources": self._pack.sources,
            "series": self._pack.series,
            "runs": runs,
            "contests": contests,
        }
        return pack(header, self._pack.arrays)

    def _listen(
        self, worker: WorkerProcess, pieces: list[bytes | memoryview]
    ) -> BacktestError | None:
        """Take what comes; why not everything came."""
        try:
            for message, columns in self._messages(worker, pieces):
                self._take(message, columns)
        except BacktestError as error:
            if error.kind == "worker":
                raise
            return error
        except (ProtocolError, ValueError) as error:
            return garbled(error)
        return None

    def _messages(
        self, worker: WorkerProcess, pieces: list[bytes | memoryview]
    ) -> Iterator[tuple[BatchMessage, dict[str, memoryview]]]:
        deadline = time.monotonic() + _START_LIMIT
        is_running = False
        while True:
            frame = self._frame(worker, deadline, is_running=is_running)
            message = read_batch_message(frame, self._nonce)
            if isinstance(message, Ready) and not is_running:
                is_running = True
                worker.send(pieces)
                deadline = time.monotonic() + self._time_limit + _GRACE
                continue
            if isinstance(message, Done):
                return
            yield message, frame[1]

    def _frame(self, worker: WorkerProcess, deadline: float, *, is_running: bool) -> Frame:
        source = self._runs[0].source if self._runs else ""
        try:
            frame = worker.receive(deadline)
        except TimeoutError:
            worker.close()
            if not is_running:
                raise not_started(worker.output()) from None
            raise timed_out(self._time_limit, worker.output(), source) from None
        if isinstance(frame, tuple):
            return frame
        if isinstance(frame, ProtocolError):
            raise frame
        status = worker.close()
        if not is_running:
            raise not_started(worker.output())
        raise killed(status, worker.output(), source)

    def _take(self, message: BatchMessage, columns: dict[str, memoryview]) -> None:
        if isinstance(message, IsolationReport):
            if self._isolation.enforced or self._isolation.missing:
                raise ProtocolError("a message that comes once only")
            self._isolation = Isolation(tuple(message.enforced), tuple(message.missing))
        elif isinstance(message, RunFailure):
            error = BacktestError(
                message.message, hint=message.hint, line=message.line, kind=message.kind
            )
            self._outcomes[self._known(message.run)] = RunOutcome(error=error)
        elif isinstance(message, RunResult):
            self._outcomes[self._known(message.run)] = self._outcome(message, columns)
        elif isinstance(message, ContestResult):
            self._won.append(ContestOutcome(message.lost, message.failed))

    def _known(self, number: int) -> int:
        if number >= len(self._runs) or number in self._outcomes:
            raise ProtocolError("a result of a run that was not asked for")
        return number

    def _outcome(self, message: RunResult, columns: dict[str, memoryview]) -> RunOutcome:
        _, series, lineup = self._places[message.run]
        run = self._runs[message.run]
        bars, config = run.series.bars, run.config or self._config
        fills_of = {name: view for name, view in columns.items() if not name.startswith("order ")}
        orders_of = {name[6:]: view for name, view in columns.items() if name.startswith("order ")}
        skipped = lineup.skipped
        fills, charged = read_fills(fills_of, bars, config.commission, skipped=skipped)
        return RunOutcome(
            fills=fills,
            impossible=_impossible(fills_of, bars, config, skipped),
            book=read_book(orders_of, skipped=skipped),
            census=OrderCensus(**message.orders.model_dump()),
            final_value=message.final_value,
            charged_otherwise=charged,
            is_feed_changed=message.bars_digest != digest_of(self._pack.lineups[series].bars),
            values=message.values,
            probe=message.probe,
        )


def _account(config: BacktestConfig) -> dict[str, float]:
    return {
        "cash": config.cash,
        "commission": config.commission,
        "slippage": config.slippage,
        "sizing_percent": config.sizing_percent,
    }


def _impossible(
    fills: Mapping[str, memoryview], bars: "Bars", config: BacktestConfig, skipped: int
) -> str:
    """The first fill that the bars and the rules of orders do not allow; empty if all may be."""
    try:
        check_fills(fills, bars, config, skipped=skipped)
    except BacktestError as error:
        return error.message
    return ""
