"""Runs one source, or many on many series of bars, in one process. In the worker process only.

Both go the same way, so that a strategy that looks who calls it sees no difference. Every run loads
its source anew, so that nothing a strategy keeps in its module or class reaches the next run. A
contest runs one source on several series, until its orders are no longer those expected.
"""

import gc
import random
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from stratcraft_jupyter.backtest.orders import WorkingOrder, first_mismatch, read_book
from stratcraft_jupyter.backtest.worker_run import run_job
from stratcraft_jupyter.backtest.worker_source import STRATEGY_MODULE

# Runs leave cycles behind that the collector, set for a single short run, would let grow.
_COLLECT_EVERY = 20
_ALONE: dict[str, Any] = {}

Send = Callable[[dict[str, Any], dict[str, memoryview]], None]


def do_job(
    job: dict[str, Any], arrays: dict[str, memoryview], send: Send
) -> tuple[dict[str, Any], dict[str, memoryview]]:
    """Do the one run of ``job``, or all its runs and contests; the last message to send."""
    work, is_one = _Work(job, arrays, send), "runs" not in job
    for number, run in enumerate([_ALONE] if is_one else job["runs"]):
        message, columns = work.run(run)
        if is_one:
            return message, columns
        send({**message, "type": f"run_{message['type']}", "run": number}, columns)
    for number, contest in enumerate(job["contests"]):
        lost, failed = work.contest(contest)
        send({"type": "contest", "contest": number, "lost": lost, "failed": failed}, {})
    return {"type": "done"}, {}


_ACCOUNT = ("cash", "commission", "slippage", "sizing_percent")


class _Work:
    def __init__(self, job: dict[str, Any], arrays: dict[str, memoryview], send: Send) -> None:
        self._job = job
        self._arrays = arrays
        self._send = send
        self._expected: dict[int, tuple[WorkingOrder, ...]] = {}
        self._done = 0

    def run(self, run: dict[str, Any]) -> tuple[dict[str, Any], dict[str, memoryview]]:
        """The message and columns of one run."""
        head, columns = self._only() if run is _ALONE else self._one_of_many(run)
        self._tidy()
        random.seed(run.get("seed", 0))
        np.random.seed(run.get("seed", 0))
        return run_job(head, columns, self._tell)

    def _only(self) -> tuple[dict[str, Any], dict[str, memoryview]]:
        return {name: value for name, value in self._job.items() if name != "nonce"}, self._arrays

    def _one_of_many(self, run: dict[str, Any]) -> tuple[dict[str, Any], dict[str, memoryview]]:
        series = self._job["series"][run["series"]]
        head = {
            **{name: run.get(name, self._job[name]) for name in _ACCOUNT},
            "lean": self._job["lean"],
            "source": self._job["sources"][run["source"]],
            "symbol": series["symbol"],
            "timeframe": series["timeframe"],
            "feeds": series["feeds"],
            "noted": True,
            "bar_by_bar": run.get("bar_by_bar", False),
        }
        return head, _below(f"{run['series']}/", self._arrays)

    def _tell(self, bars: int) -> None:
        """How far the one run is; of many nobody asks."""
        if "runs" not in self._job:
            self._send({"type": "progress", "bars": bars}, {})

    def contest(self, contest: dict[str, Any]) -> tuple[int | None, bool]:
        """The first round in which the orders are not those expected, and whether it failed."""
        lost, spare = 0, min(contest["spare"], len(contest["rounds"]) - 2)
        for number, (series, expected) in enumerate(contest["rounds"]):
            message, columns = self.run({"source": contest["source"], "series": series})
            if message["type"] != "result":
                return number, True
            book = read_book(_below("order ", columns))
            lost += first_mismatch(self._expect(expected), book) is not None
            if lost > max(0, spare):
                return number, False
        return None, False

    def _expect(self, number: int) -> tuple[WorkingOrder, ...]:
        if number not in self._expected:
            self._expected[number] = read_book(_below(f"expected {number}/", self._arrays))
        return self._expected[number]

    def _tidy(self) -> None:
        sys.modules.pop(STRATEGY_MODULE, None)
        self._done += 1
        if self._done % _COLLECT_EVERY == 0:
            gc.collect()


def _below(begin: str, columns: dict[str, memoryview]) -> dict[str, memoryview]:
    """The columns whose names have this beginning, without it."""
    return {name[len(begin) :]: view for name, view in columns.items() if name.startswith(begin)}
