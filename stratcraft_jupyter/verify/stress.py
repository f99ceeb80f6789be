"""Finds bars on which every part of a strategy acts and every mutant of it trades otherwise."""

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from stratcraft_jupyter.backtest import BacktestConfig, needed_symbols
from stratcraft_jupyter.backtest.batch import (
    Contest,
    Run,
    run_batch,
)
from stratcraft_jupyter.codegen import compile_probe, compile_strategy
from stratcraft_jupyter.graph import StrategyGraph, expansion
from stratcraft_jupyter.market.synthetic import bar_times
from stratcraft_jupyter.market.timeframe import get_timeframe
from stratcraft_jupyter.verify.contests import Contests
from stratcraft_jupyter.verify.exercised import Exercised
from stratcraft_jupyter.verify.length import find_too_few_bars
from stratcraft_jupyter.verify.mutants import list_mutants
from stratcraft_jupyter.verify.same_orders import why_same
from stratcraft_jupyter.verify.stress_bars import FAMILIES, WITHIN_THE_DAY, Recipe, make_series
from stratcraft_jupyter.verify.stress_plan import Reached, StressPlan
from stratcraft_jupyter.verify.touching import Base, touching_recipes

ROUNDS = 12
"""Most rounds of the search; each tries one series of every family."""
WALL_LIMIT = 20.0
"""Seconds after which the search stops; the next one for the same strategy goes on from there."""
_MOST_SPENT = 2_500_000
"""Bars run on which the search ends: what it finds hangs on this, and not on the clock."""
_LENGTHS = (260, 400, 600, 900, 1_400, 2_000, 3_000)
_WARM_SHARE = 0.45
_SESSIONS = 10
_SHORT_ROUNDS = 2
_PRICES = (50.0, 20.0, 100.0)
_DECIDED_BY_A_HAIR = ("touching", "threshold")
_MOST_TOUCHES = 4


def search_stress(
    graph: StrategyGraph,
    timeframe: str,
    config: BacktestConfig,
    *,
    rounds: int = ROUNDS,
    wall_limit: float = WALL_LIMIT,
    begun: StressPlan | None = None,
) -> StressPlan:
    """Bars for this strategy; the same for the same strategy, timeframe and settings.

    Args:
        graph: A valid strategy.
        timeframe: Length of its bars.
        config: Money and costs.
        rounds: Most rounds of the search.
        wall_limit: Seconds after which it stops.
        begun: An earlier search that stopped for lack of time, to go on with.
    """
    search = _Search(graph, timeframe, config, time.monotonic() + wall_limit)
    if begun is not None:
        search.take_up(begun)
    return search.plan(rounds)


class _Search:
    def __init__(
        self, graph: StrategyGraph, timeframe: str, config: BacktestConfig, deadline: float
    ) -> None:
        self._began = time.monotonic()
        self._graph = graph
        self._expanded = expansion(graph)
        self._timeframe, self._config, self._deadline = timeframe, config, deadline
        self._probe = compile_probe(graph)
        self._symbols = needed_symbols(compile_strategy(graph))
        self._mutants, _ = list_mutants(graph)
        self._left = list(range(len(self._mutants)))
        self._equivalent: list[int] = []
        self._seen = Exercised(graph, self._mutants)
        self._kept: dict[Recipe, None] = {}
        self._bases: list[Base] = []
        self._tried = 0
        self._contests = Contests(config)
        self._step = 0
        self._is_late = False
        self._before = 0.0

    def take_up(self, begun: StressPlan) -> None:
        """Go on where another search stopped."""
        reached = begun.reached
        if reached is None:
            return
        self._left = [number for number in reached.left if number < len(self._mutants)]
        self._seen.true, self._seen.false = set(reached.true), set(reached.false)
        self._seen.touched, self._seen.has_traded = set(reached.touched), reached.has_traded
        self._kept = dict.fromkeys(begun.recipes)
        self._tried, self._step = begun.tried, reached.step
        self._contests.spent = reached.spent
        self._before = begun.seconds

    def plan(self, rounds: int) -> StressPlan:
        """Search, and say what was found."""
        for number, step in enumerate(self._steps(rounds)):
            if number < self._step:
                continue
            if not self._left and not self._seen.untold_signals():
                break
            if self._contests.spent > _MOST_SPENT:
                break
            if time.monotonic() > self._deadline:
                self._is_late = True
            else:
                step()
            if self._is_cut_short:
                break
            self._step = number + 1
        self._prove()
        return self._found()

    @property
    def _is_cut_short(self) -> bool:
        return self._is_late or self._contests.is_cut_short

    def _steps(self, rounds: int) -> Iterator[Callable[[], None]]:
        """What is done, in this order; a search that goes on skips what was done."""
        count = self._length()
        for number in range(rounds):
            yield partial(self._round, number, count)
            if number == _SHORT_ROUNDS - 1:
                yield self._prove
                yield partial(self._touch, count)

    def _found(self) -> StressPlan:
        idle = self._seen.idle()
        gone = len(self._left) + len(self._equivalent)
        return StressPlan(
            recipes=tuple(self._kept),
            symbols=self._symbols,
            nodes=len(self._seen.owners),
            exercised=len(self._seen.owners) - len(idle),
            idle=tuple(idle),
            mutants=len(self._mutants),
            told_apart=len(self._mutants) - gone,
            equivalent=tuple(self._mutants[number].words for number in self._equivalent),
            survivors=tuple(self._mutants[number].words for number in self._left),
            tried=self._tried,
            reached=self._reached() if self._is_cut_short else None,
            seconds=self._before + time.monotonic() - self._began,
        )

    def _reached(self) -> Reached:
        return Reached(
            step=self._step,
            left=tuple(sorted([*self._left, *self._equivalent])),
            true=tuple(sorted(self._seen.true)),
            false=tuple(sorted(self._seen.false)),
            touched=tuple(sorted(self._seen.touched)),
            has_traded=self._seen.has_traded,
            spent=self._contests.spent,
        )

    def _length(self) -> int:
        """Enough bars for every indicator, and more to trade on; within the day, enough days."""
        times = bar_times(_LENGTHS[-1], self._timeframe, "2019-01-01").astype("M8[D]")
        days = int((times == times[0]).sum())
        for count in _LENGTHS:
            if 1 < days < len(times) and count < days * _SESSIONS:
                continue
            recipe = Recipe("trends", 0, count, self._timeframe, _PRICES[0])
            series = make_series(recipe, self._symbols)
            warm = series.bars.head(int(count * _WARM_SHARE))
            others = {name: bars.head(len(warm)) for name, bars in series.others.items()}
            if not find_too_few_bars(self._graph, warm, others=others):
                return count
        return _LENGTHS[-1]

    def _recipes(self, number: int, count: int) -> list[Recipe]:
        length = count if number < _SHORT_ROUNDS else 2 * count
        price = _PRICES[number % len(_PRICES)]
        return [
            Recipe(family, number, length, self._timeframe, price)
            for family in FAMILIES
            if family != WITHIN_THE_DAY or get_timeframe(self._timeframe).is_intraday
        ]

    def _round(self, number: int, count: int) -> None:
        """Try one series of every family; keep those that show something new."""
        tried = self._run(self._recipes(number, count))
        news = {base.recipe for base in tried if self._seen.see(base.outcome)}
        order = sorted(tried, key=lambda base: len(base.outcome.book))[::-1]
        news |= self._tell_apart(order)
        self._kept |= {base.recipe: None for base in tried if base.recipe in news}
        if number < _SHORT_ROUNDS:
            self._bases += tried

    def _run(self, recipes: Sequence[Recipe]) -> list[Base]:
        """The strategy on each series; some divide by a range that may be zero."""
        series = [make_series(recipe, self._symbols) for recipe in recipes]
        runs = [Run(self._probe, item) for item in series]
        outcomes = run_batch(runs, config=self._config, time_limit=self._time_left()).runs
        self._tried += len(recipes)
        self._contests.spent += sum(len(item.bars) for item in series)
        return [
            Base(recipe, item, outcome)
            for recipe, item, outcome in zip(recipes, series, outcomes, strict=True)
            if outcome.error is None
        ]

    def _time_left(self) -> float:
        return max(5.0, self._deadline - time.monotonic())

    def _prove(self) -> None:
        """Take away the mutants that trade alike on any bars."""
        expanded = self._expanded.graph
        same = [n for n in self._left if why_same(expanded, self._mutants[n].graph)]
        self._equivalent += same
        self._left = [number for number in self._left if number not in same]

    def _touch(self, count: int) -> None:
        """Look for bars on which mutants are told apart by a hair."""
        mutants = [self._mutants[number] for number in self._left]
        mutants = [mutant for mutant in mutants if mutant.kind in _DECIDED_BY_A_HAIR]
        if not mutants:
            return
        if not self._bases:  # a search that goes on has to run them again
            for number in range(_SHORT_ROUNDS):
                self._bases += self._run(self._recipes(number, count))
        recipes = touching_recipes(self._expanded.graph, mutants, self._bases, self._config)
        tried = self._run(recipes)
        told = self._told_on_each(tried)
        for number, found in told.items():
            self._kept |= dict.fromkeys(found[:_MOST_TOUCHES])
            if found:
                self._seen.touched.add(self._mutants[number].node_id)
        self._left = [number for number in self._left if not told[number]]

    def _told_on_each(self, tried: Sequence[Base]) -> dict[int, list[Recipe]]:
        """On which series each mutant that is left trades otherwise."""
        pairs = [(number, base) for number in self._left for base in tried]
        contests = [
            Contest(self._mutants[number].source, [(base.series, base.outcome.book)])
            for number, base in pairs
        ]
        results = self._contests.compete(contests, self._time_left())
        told: dict[int, list[Recipe]] = {number: [] for number in self._left}
        for (number, base), outcome in zip(pairs, results, strict=True):
            if outcome.lost is not None:
                told[number].append(base.recipe)
        return told

    def _tell_apart(self, tried: Sequence[Base]) -> set[Recipe]:
        """Drop the mutants that trade otherwise; the series on which they do."""
        rounds = [(base.series, base.outcome.book) for base in tried]
        if not rounds or not self._left:
            return set()
        contests = [Contest(self._mutants[number].source, rounds) for number in self._left]
        told: set[Recipe] = set()
        left: list[int] = []
        for number, outcome in zip(
            self._left, self._contests.compete(contests, self._time_left()), strict=True
        ):
            if outcome.lost is None:
                left.append(number)
            else:
                told.add(tried[outcome.lost].recipe)
                self._seen.touched.add(self._mutants[number].node_id)
        self._left = left
        return told
