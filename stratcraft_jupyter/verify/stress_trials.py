"""The series that a search tries: how long they are, and what the strategy did on them."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from stratcraft_jupyter.backtest import BacktestConfig, needed_symbols
from stratcraft_jupyter.backtest.batch import Run, RunOutcome, Series, run_batch
from stratcraft_jupyter.codegen import compile_probe, compile_strategy
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.market.synthetic import bar_times
from stratcraft_jupyter.market.timeframe import get_timeframe
from stratcraft_jupyter.verify.deadline import Deadline, OverdueError
from stratcraft_jupyter.verify.length import find_too_few_bars
from stratcraft_jupyter.verify.stress_bars import (
    FAMILIES,
    HOURS,
    WITHIN_THE_DAY,
    Recipe,
    make_series,
)
from stratcraft_jupyter.verify.times_of_day import named_times

SHORT_ROUNDS = 2
"""Rounds whose series are as short as they may be; the later ones are twice as long."""
_LENGTHS = (260, 400, 600, 900, 1_400, 2_000, 3_000)
_WARM_SHARE = 0.45
_SESSIONS = 10
_PRICES = (50.0, 20.0, 100.0)
_MANY_BARS = 10_000
"""Bars whose runs take longer than it takes to start a second process."""


@dataclass(frozen=True, slots=True)
class Base:
    """A series, and what the strategy did on it."""

    recipe: Recipe
    series: Series
    outcome: RunOutcome


class Trials:
    """Runs a strategy on series made up for it.

    Attributes:
        symbols: The further symbols it reads.
        tried: How many series it was run on.
        spent: How many bars that were.
    """

    def __init__(self, graph: StrategyGraph, timeframe: str, config: BacktestConfig) -> None:
        self._graph, self._timeframe, self._config = graph, timeframe, config
        self._probe = compile_probe(graph)
        self.symbols = needed_symbols(compile_strategy(graph))
        self._count = self._length()
        self._is_intraday = get_timeframe(timeframe).is_intraday
        self._times = named_times(graph)
        self.tried = self.spent = 0

    def _length(self) -> int:
        """Enough bars for every indicator, and more to trade on; within the day, enough days."""
        times = bar_times(_LENGTHS[-1], self._timeframe, "2019-01-01").astype("M8[D]")
        days = int((times == times[0]).sum())
        for count in _LENGTHS:
            if 1 < days < len(times) and count < days * _SESSIONS:
                continue
            recipe = Recipe("trends", 0, count, self._timeframe, _PRICES[0])
            series = make_series(recipe, self.symbols)
            warm = series.bars.head(int(count * _WARM_SHARE))
            others = {name: bars.head(len(warm)) for name, bars in series.others.items()}
            if not find_too_few_bars(self._graph, warm, others=others):
                return count
        return _LENGTHS[-1]

    def recipes(self, number: int) -> list[Recipe]:
        """What a round tries: one series of every family."""
        length = self._count if number < SHORT_ROUNDS else 2 * self._count
        price = _PRICES[number % len(_PRICES)]
        found = [
            Recipe(family, number, length, self._timeframe, price)
            for family in FAMILIES
            if family != HOURS and (family != WITHIN_THE_DAY or self._is_intraday)
        ]
        if self._times and self._is_intraday:
            found.append(Recipe(HOURS, number, length, self._timeframe, price, times=self._times))
        return found

    def run(self, recipes: Sequence[Recipe], deadline: Deadline) -> list[Base]:
        """The strategy on each series; some divide by a range that may be zero.

        Raises:
            OverdueError: The time was over before all were run.
        """
        if not recipes:
            return []
        series = [make_series(recipe, self.symbols) for recipe in recipes]
        outcomes = run_in_time([Run(self._probe, item) for item in series], self._config, deadline)
        self.tried += len(recipes)
        self.spent += sum(len(item.bars) for item in series)
        return [
            Base(recipe, item, outcome)
            for recipe, item, outcome in zip(recipes, series, outcomes, strict=True)
            if outcome.error is None
        ]


def run_in_time(
    runs: Sequence[Run], config: BacktestConfig, deadline: Deadline
) -> tuple[RunOutcome, ...]:
    """What came of the runs, all of which were done; of many bars, in two processes.

    Raises:
        OverdueError: The time was over before that.
    """
    if deadline.is_over:
        raise OverdueError

    def run(part: Sequence[Run]) -> Sequence[RunOutcome]:
        if not part:
            return ()
        return run_batch(part, config=config, time_limit=deadline.seconds_left).runs

    count = 1 if sum(len(item.series.bars) for item in runs) < _MANY_BARS else 2
    with ThreadPoolExecutor(count) as threads:
        parts = list(threads.map(run, (runs[at::count] for at in range(count))))
    outcomes = tuple(parts[at % count][at // count] for at in range(len(runs)))
    kinds = {item.error.kind for item in outcomes if item.error is not None}
    if "timeout" in kinds or (kinds and deadline.is_over):
        raise OverdueError
    return outcomes
