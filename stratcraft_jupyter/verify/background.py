"""Verification beside other work: in a thread, one at a time, and cancellable."""

import asyncio
import threading
from collections.abc import Callable, Mapping

from stratcraft_jupyter.backtest import BacktestConfig
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.market import Bars
from stratcraft_jupyter.verify.report import VerificationReport
from stratcraft_jupyter.verify.verification import verify

_PATIENCE = 0.1  # seconds between two looks at whether a waiting one was cancelled
# each uses all processors, and the next finds the bars that the one before has searched
_one_at_a_time = threading.Lock()


async def verify_async(
    source: str,
    graph: StrategyGraph,
    bars: Bars | None = None,
    config: BacktestConfig | None = None,
    *,
    others: Mapping[str, Bars] | None = None,
    on_step: Callable[[str], None] | None = None,
) -> VerificationReport:
    """As ``verify``, without blocking the event loop.

    Cancelling the task ends it at once; what goes on in the thread ends with its present step.

    Args:
        source: A Python module with exactly one ``bt.Strategy`` class.
        graph: What it is meant to do.
        bars: Bars to compare on, besides those made for the graph; None for those the graph names.
        config: Money and costs; None for those of the graph.
        others: Bars of further symbols that the strategy reads, by symbol.
        on_step: Is called in the event loop with the name of each step as it begins.

    Raises:
        GraphInvalidError: The strategy has errors.
        BacktestError: The source is no code at all, or the bars cannot be used.
        BarsError: There are no such bars.
    """
    loop = asyncio.get_running_loop()
    is_over = threading.Event()

    def tell(step: str) -> None:
        if is_over.is_set():
            raise _Cancelled
        if on_step is not None:
            loop.call_soon_threadsafe(on_step, step)

    def work() -> VerificationReport:
        while not _one_at_a_time.acquire(timeout=_PATIENCE):
            if is_over.is_set():
                raise _Cancelled
        try:
            return verify(source, graph, bars, config, others=others, on_step=tell)
        finally:
            _one_at_a_time.release()

    try:
        return await asyncio.to_thread(work)
    finally:
        is_over.set()


class _Cancelled(Exception):  # noqa: N818 - it is no error, and nobody sees it
    """Ends a thread whose result nobody waits for any more."""
