"""Mutants against the strategy they are made of, in two processes, with a count of what was run."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from stratcraft_jupyter.backtest import BacktestConfig
from stratcraft_jupyter.backtest.batch import Contest, ContestOutcome, run_batch

_PROCESSES = 2


class Contests:
    """Runs contests, and knows how much was run.

    Attributes:
        spent: How many bars were run.
        is_cut_short: Whether the time was once over before all were done.
    """

    def __init__(self, config: BacktestConfig) -> None:
        self._config = config
        self.spent = 0
        self.is_cut_short = False

    def compete(self, contests: Sequence[Contest], time_limit: float) -> list[ContestOutcome]:
        """What came of contests; of those not reached in time, that nothing did."""
        if not contests:
            return []
        parts = [contests[at::_PROCESSES] for at in range(_PROCESSES)]
        with ThreadPoolExecutor(_PROCESSES) as threads:
            done = list(threads.map(lambda part: self._run(part, time_limit), parts))
        found = [done[at % _PROCESSES][at // _PROCESSES] for at in range(len(contests))]
        for contest, outcome in zip(contests, found, strict=True):
            rounds = len(contest.rounds) if outcome.lost is None else outcome.lost + 1
            self.spent += sum(len(series.bars) for series, _ in contest.rounds[:rounds])
        return found

    def _run(self, contests: Sequence[Contest], time_limit: float) -> list[ContestOutcome]:
        if not contests:
            return []
        done = run_batch(contests=contests, config=self._config, time_limit=time_limit).contests
        if len(done) < len(contests):
            self.is_cut_short = True
        return [*done, *[ContestOutcome(None)] * (len(contests) - len(done))]
