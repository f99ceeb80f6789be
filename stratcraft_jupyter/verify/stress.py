"""Finds bars on which every part of a strategy acts and every mutant of it trades otherwise."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from stratcraft_jupyter.backtest import BacktestConfig, needed_symbols
from stratcraft_jupyter.backtest.batch import Contest, Run, RunOutcome, Series, run_batch
from stratcraft_jupyter.codegen import DECIDED_BARS, compile_probe, compile_strategy
from stratcraft_jupyter.graph import StrategyGraph, expansion, node_title
from stratcraft_jupyter.graph.trading_rules import used_nodes
from stratcraft_jupyter.market.synthetic import bar_times
from stratcraft_jupyter.verify.length import find_too_few_bars
from stratcraft_jupyter.verify.mutants import Mutant, list_mutants
from stratcraft_jupyter.verify.stress_bars import FAMILIES, Recipe, make_series

ROUNDS = 4
"""Most rounds of the search; each tries one series of every family."""
WALL_LIMIT = 120.0
"""Seconds after which the search ends whatever it found; a report says so."""
_LENGTHS = (260, 400, 600, 900, 1_400, 2_000, 3_000)
_WARM_SHARE = 0.45
_SESSIONS = 10
_SHORT_ROUNDS = 2
_PRICES = (50.0, 20.0, 100.0)


@dataclass(frozen=True, slots=True)
class StressPlan:
    """Bars that try a strategy, and what they try of it.

    Attributes:
        recipes: What the series are made from.
        symbols: Further symbols the strategy reads.
        nodes: How many nodes lead to an order.
        exercised: How many of them had an effect, and for signals were true and false.
        idle: Which had not: their titles.
        mutants: How many mutants mean something else.
        told_apart: How many of them gave other orders on at least one series.
        equivalent: How many changes turned out to mean the same.
        survivors: What the mutants that gave the same orders everywhere do instead.
        tried: How many series were tried.
        is_cut_short: Whether the time was over before the search was.
        seconds: How long the search took.
    """

    recipes: tuple[Recipe, ...]
    symbols: tuple[str, ...]
    nodes: int
    exercised: int
    idle: tuple[str, ...]
    mutants: int
    told_apart: int
    equivalent: int
    survivors: tuple[str, ...]
    tried: int
    is_cut_short: bool
    seconds: float

    def series(self) -> list[tuple[str, Series]]:
        """The series by name."""
        return [(recipe.name, make_series(recipe, self.symbols)) for recipe in self.recipes]


def search_stress(
    graph: StrategyGraph,
    timeframe: str,
    config: BacktestConfig,
    *,
    rounds: int = ROUNDS,
    wall_limit: float = WALL_LIMIT,
) -> StressPlan:
    """Bars for this strategy; the same for the same strategy, timeframe and settings.

    Args:
        graph: A valid strategy.
        timeframe: Length of its bars.
        config: Money and costs.
        rounds: Most rounds of the search.
        wall_limit: Seconds after which it ends early.
    """
    return _Search(graph, timeframe, config, time.monotonic() + wall_limit).plan(rounds)


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
        self._mutants, self._same = list_mutants(graph)
        self._left = list(self._mutants)
        self._true: set[str] = set()
        self._false: set[str] = set()
        self._touched: set[str] = set()
        self._has_traded = False
        self._kept: list[Recipe] = []
        self._tried = 0
        self._is_cut_short = False

    def plan(self, rounds: int) -> StressPlan:
        """Search, and say what was found."""
        count = self._length()
        for number in range(rounds):
            if not self._left and not self._untold_signals():
                break
            if time.monotonic() > self._deadline:
                self._is_cut_short = True
                break
            self._round(number, count)
        idle = self._idle()
        nodes = used_nodes(self._expanded.graph)
        owners = {self._expanded.owner(node_id) for node_id in nodes}
        return StressPlan(
            recipes=tuple(self._kept),
            symbols=self._symbols,
            nodes=len(owners),
            exercised=len(owners) - len(idle),
            idle=tuple(idle),
            mutants=len(self._mutants),
            told_apart=len(self._mutants) - len(self._left),
            equivalent=len(self._same),
            survivors=tuple(mutant.words for mutant in self._left),
            tried=self._tried,
            is_cut_short=self._is_cut_short,
            seconds=time.monotonic() - self._began,
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

    def _round(self, number: int, count: int) -> None:
        """Try one series of every family; keep those that show something new."""
        length = count if number < _SHORT_ROUNDS else 2 * count
        recipes = [
            Recipe(family, number, length, self._timeframe, _PRICES[number % len(_PRICES)])
            for family in FAMILIES
        ]
        series = {recipe: make_series(recipe, self._symbols) for recipe in recipes}
        runs = [Run(self._probe, series[recipe]) for recipe in recipes]
        outcomes = run_batch(runs, config=self._config, time_limit=self._time_left()).runs
        self._tried += len(recipes)
        good = {
            recipe: outcome
            for recipe, outcome in zip(recipes, outcomes, strict=True)
            if outcome.error is None  # some strategies divide by a range that may be zero
        }
        news = {recipe for recipe, outcome in good.items() if self._see(outcome)}
        order = sorted(good, key=lambda recipe: len(good[recipe].book))[::-1]
        news |= self._tell_apart([(recipe, series[recipe], good[recipe]) for recipe in order])
        self._kept += [recipe for recipe in recipes if recipe in news]

    def _time_left(self) -> float:
        return max(5.0, self._deadline - time.monotonic())

    def _see(self, outcome: RunOutcome) -> bool:
        """Note which signals were true and false; whether one was so for the first time."""
        before = len(self._true), len(self._false), self._has_traded
        decided = outcome.probe.get(DECIDED_BARS, 0)
        for node_id, count in outcome.probe.items():
            if count > 0:
                self._true.add(node_id)
            if count < decided:
                self._false.add(node_id)
        self._has_traded |= bool(outcome.fills)
        return before != (len(self._true), len(self._false), self._has_traded)

    def _tell_apart(self, tried: Sequence[tuple[Recipe, Series, RunOutcome]]) -> set[Recipe]:
        """Drop the mutants that trade otherwise; the series on which they do."""
        rounds = [(series, outcome.book) for _, series, outcome in tried]
        if not rounds or not self._left:
            return set()
        contests = [Contest(mutant.source, rounds) for mutant in self._left]
        result = run_batch(
            contests=contests, config=self._config, time_limit=self._time_left()
        ).contests
        self._is_cut_short |= len(result) < len(contests)
        told: set[Recipe] = set()
        left: list[Mutant] = []
        for number, mutant in enumerate(self._left):
            lost = result[number].lost if number < len(result) else None
            if lost is None:
                left.append(mutant)
            else:
                told.add(tried[lost][0])
                self._touched.add(mutant.node_id)
        self._left = left
        return told

    def _untold_signals(self) -> list[str]:
        return [
            node.id
            for node in self._expanded.graph.nodes
            if node.id in self._probed() and not (node.id in self._true and node.id in self._false)
        ]

    def _probed(self) -> set[str]:
        return (self._true | self._false) - {DECIDED_BARS}

    def _idle(self) -> list[str]:
        """Nodes of the document without effect: signals that never changed, others untouched."""
        graph = self._graph
        untold = {self._expanded.owner(node_id) for node_id in self._untold_signals()}
        owners = {self._expanded.owner(n) for n in used_nodes(self._expanded.graph)}
        mutated = {mutant.node_id for mutant in self._mutants}
        found = []
        for node_id in sorted(owners):
            has_effect = node_id in self._touched or node_id not in mutated
            if node_id in untold or not has_effect:
                found.append(node_title(graph.node(node_id)))
        return found
