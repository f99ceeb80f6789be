"""Finds bars on which every part of a strategy acts and every mutant of it trades otherwise."""

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from stratcraft_jupyter.backtest import BacktestConfig
from stratcraft_jupyter.backtest.batch import Contest
from stratcraft_jupyter.graph import StrategyGraph, expansion
from stratcraft_jupyter.verify.contests import Contests
from stratcraft_jupyter.verify.deadline import Clock, Deadline, OverdueError
from stratcraft_jupyter.verify.exercised import Exercised
from stratcraft_jupyter.verify.mutants import list_mutants
from stratcraft_jupyter.verify.same_orders import why_same
from stratcraft_jupyter.verify.stress_bars import ALWAYS_KEPT, Recipe
from stratcraft_jupyter.verify.stress_paths import CHEAP, DEAR, HOURS, WITHIN_THE_DAY
from stratcraft_jupyter.verify.stress_plan import Reached, StressPlan
from stratcraft_jupyter.verify.stress_trials import SHORT_ROUNDS, Base, Trials
from stratcraft_jupyter.verify.touching import touching_recipes

ROUNDS = 12
"""Most rounds of the search; each tries one series of every family."""
WALL_LIMIT = 45.0
"""Seconds after which the search stops; the next one for the same strategy goes on from there."""
_MOST_SPENT = 2_500_000
"""Bars run on which the search ends: what it finds hangs on this, and not on the clock."""
_EXTRA_ROUNDS = 4
"""Rounds in which one rule more is looked for."""
_WIDE_ROUNDS = 6
_ENOUGH_ORDERS = 80
"""Orders on all bars that are kept; where they are fewer, the first rounds keep the liveliest."""
_LIVELIEST = 3
_DECIDED_BY_A_HAIR = ("touching", "threshold")
_MOST_TOUCHES = 4
_TOUCHED_AT_ONCE = 4
"""Mutants for which bars are looked for in one step, which is done whole or not at all."""


def search_stress(
    graph: StrategyGraph,
    timeframe: str,
    config: BacktestConfig,
    *,
    rounds: int = ROUNDS,
    wall_limit: float = WALL_LIMIT,
    begun: StressPlan | None = None,
    clock: Clock = time.monotonic,
) -> StressPlan:
    """Bars for this strategy; the same for the same strategy, timeframe and settings.

    Args:
        graph: A valid strategy.
        timeframe: Length of its bars.
        config: Money and costs.
        rounds: Most rounds of the search.
        wall_limit: Seconds after which it stops.
        begun: An earlier search that stopped for lack of time, to go on with.
        clock: Says what time it is, in seconds.
    """
    search = _Search(graph, timeframe, config, Deadline.after(wall_limit, clock))
    if begun is not None:
        search.take_up(begun)
    return search.plan(rounds)


class _Search:
    def __init__(
        self, graph: StrategyGraph, timeframe: str, config: BacktestConfig, deadline: Deadline
    ) -> None:
        self._began = deadline.clock()
        self._expanded = expansion(graph)
        self._config, self._deadline = config, deadline
        self._trials = Trials(graph, timeframe, config)
        self._mutants, _ = list_mutants(graph)
        self._left = list(range(len(self._mutants)))
        self._equivalent: list[int] = []
        self._seen = Exercised(graph, self._mutants)
        self._kept: dict[Recipe, None] = {}
        self._bases: list[Base] = []
        self._contests = Contests(config)
        self._step = self._orders = 0
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
        self._trials.tried, self._step = begun.tried, reached.step
        self._contests.spent, self._orders = reached.spent, reached.orders
        self._before = begun.seconds
        if self._step > SHORT_ROUNDS:
            self._prove()

    def plan(self, rounds: int) -> StressPlan:
        """Search, and say what was found."""
        begun_at = self._step
        for number, (round_number, step) in enumerate(self._steps(rounds)):
            if number < self._step:
                continue
            if self._is_enough(round_number) or self._spent > _MOST_SPENT:
                break
            self._do(step, is_first=number == begun_at)
            if self._is_late:
                break
            self._step = number + 1
        self._prove()
        return self._found()

    def _do(self, step: Callable[[], None], *, is_first: bool) -> None:
        """Do a step, if there is time; one that gets nowhere in a whole search is left out."""
        self._is_late = self._deadline.is_over
        if self._is_late:
            return
        before = len(self._left)
        try:
            step()
        except OverdueError:
            self._is_late = True
        self._is_late |= self._contests.is_cut_short
        if self._is_late and is_first and len(self._left) == before:
            self._step += 1

    def _is_enough(self, round_number: int) -> bool:
        is_sparse = self._orders < _ENOUGH_ORDERS and round_number < _WIDE_ROUNDS
        return not self._left and not self._seen.untold_signals() and not is_sparse

    @property
    def _spent(self) -> int:
        return self._trials.spent + self._contests.spent

    def _steps(self, rounds: int) -> Iterator[tuple[int, Callable[[], None]]]:
        """What is done, in this order, by round; a search that goes on skips what was done."""
        for number in range(rounds):
            yield number, partial(self._round, number)
            if number == _EXTRA_ROUNDS - 1:
                yield number, self._drop_extras
            if number == SHORT_ROUNDS - 1:
                yield number, self._prove
                kinds = [mutant.kind for mutant in self._mutants]
                close = [at for at, kind in enumerate(kinds) if kind in _DECIDED_BY_A_HAIR]
                for begin in range(0, len(close), _TOUCHED_AT_ONCE):
                    yield number, partial(self._touch, close[begin : begin + _TOUCHED_AT_ONCE])

    def _found(self) -> StressPlan:
        idle = self._seen.idle()
        mutants = sum(not mutant.is_extra for mutant in self._mutants)
        left = [number for number in self._left if not self._mutants[number].is_extra]
        gone = len(left) + len(self._equivalent)
        return StressPlan(
            recipes=tuple(self._kept),
            symbols=self._trials.symbols,
            nodes=len(self._seen.owners),
            exercised=len(self._seen.owners) - len(idle),
            idle=tuple(idle),
            mutants=mutants,
            told_apart=mutants - gone,
            equivalent=tuple(self._mutants[number].words for number in self._equivalent),
            survivors=tuple(self._mutants[number].words for number in left),
            tried=self._trials.tried,
            reached=self._reached() if self._is_late else None,
            seconds=self._before + self._deadline.clock() - self._began,
        )

    def _reached(self) -> Reached:
        return Reached(
            step=self._step,
            left=tuple(sorted([*self._left, *self._equivalent])),
            true=tuple(sorted(self._seen.true)),
            false=tuple(sorted(self._seen.false)),
            touched=tuple(sorted(self._seen.touched)),
            has_traded=self._seen.has_traded,
            spent=self._spent,
            orders=self._orders,
        )

    def _round(self, number: int) -> None:
        """Try one series of every family; keep those that show something new."""
        tried = self._trials.run(self._trials.recipes(number), self._deadline)
        news = {base.recipe for base in tried if self._seen.see(base.outcome)}
        if number == 0:
            news |= _always_kept(tried)
        order = sorted(tried, key=lambda base: len(base.outcome.book))[::-1]
        news |= self._tell_apart(order)
        if number < _WIDE_ROUNDS and self._orders < _ENOUGH_ORDERS:
            news |= {base.recipe for base in order[:_LIVELIEST] if base.outcome.book}
        self._orders += sum(len(base.outcome.book) for base in tried if base.recipe in news)
        self._kept |= {base.recipe: None for base in tried if base.recipe in news}
        if number < SHORT_ROUNDS:
            self._bases += [base for base in tried if _may_be_moved(base.recipe)]

    def _drop_extras(self) -> None:
        """Look no longer for bars on which one more rule shows: it may follow from the rest."""
        self._left = [number for number in self._left if not self._mutants[number].is_extra]

    def _prove(self) -> None:
        """Take away the mutants that trade alike on any bars."""
        expanded = self._expanded.graph
        mutants = self._mutants
        same = [
            number
            for number in self._left
            if not mutants[number].is_extra and why_same(expanded, mutants[number].graph)
        ]
        self._equivalent += same
        self._left = [number for number in self._left if number not in same]

    def _touch(self, numbers: Sequence[int]) -> None:
        """Look for bars on which mutants are told apart by a hair."""
        mutants = [self._mutants[number] for number in numbers if number in self._left]
        if not mutants:
            return
        if not self._bases:  # a search that goes on has to run them again
            recipes = [item for at in range(SHORT_ROUNDS) for item in self._trials.recipes(at)]
            self._bases = self._trials.run(list(filter(_may_be_moved, recipes)), self._deadline)
        graph, bases = self._expanded.graph, self._bases
        recipes = touching_recipes(graph, mutants, bases, self._config, self._deadline)
        told = self._told_on_each(self._trials.run(recipes, self._deadline))
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
        results = self._contests.compete(contests, self._deadline.seconds_left)
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
            self._left, self._contests.compete(contests, self._deadline.seconds_left), strict=True
        ):
            if outcome.lost is None:
                left.append(number)
            else:
                told.add(tried[outcome.lost].recipe)
                self._seen.touched.add(self._mutants[number].node_id)
        self._left = left
        return told


def _may_be_moved(recipe: Recipe) -> bool:
    """Whether its closes are moved to meet a threshold: far prices have steps too wide or fine."""
    return recipe.family not in (DEAR, CHEAP)


def _always_kept(tried: Sequence[Base]) -> set[Recipe]:
    """Bars for what no mutant asks: still windows, far prices and dates, money won and lost."""
    traded = [base for base in tried if base.outcome.book]
    ranked = sorted(traded, key=lambda base: base.outcome.final_value)
    families: tuple[str, ...] = ALWAYS_KEPT
    if any(base.recipe.family == HOURS for base in tried):  # sessions of any kind then
        families = (*families, HOURS, WITHIN_THE_DAY)
    kept = [base for base in traded if base.recipe.family in families]
    return {base.recipe for base in [*kept, *ranked[:1], *ranked[-1:]]}
