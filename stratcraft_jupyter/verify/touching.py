"""Bars on which a comparison is decided by a hair: equal to the last digit, or between two levels.

Closes near a bar on which a condition decides what the strategy does are moved, until the two
values that it compares differ by just what is wanted.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from stratcraft_jupyter.backtest import BacktestConfig
from stratcraft_jupyter.backtest.batch import Run, Series
from stratcraft_jupyter.codegen import TRACED_BARS, compile_trace
from stratcraft_jupyter.graph import Node, StrategyGraph
from stratcraft_jupyter.verify.deadline import Deadline
from stratcraft_jupyter.verify.mutants import Mutant
from stratcraft_jupyter.verify.pivots import mixed, pivotal_bars
from stratcraft_jupyter.verify.stress_bars import Recipe, make_series
from stratcraft_jupyter.verify.stress_trials import Base, run_in_time
from stratcraft_jupyter.verify.ties import compared_sides
from stratcraft_jupyter.verify.touch_tries import Target, Try

_BARS_TRIED = 8
_WAYS = (1, 12)
"""How many bars up to the chosen one are moved."""
_FIRST = (-0.004, 0.004)
_STEPS = 14
_MOST_SETTLED = 6
_ENOUGH = 2
_ROUNDS = 8
"""How often the last digits are tried out where no try has met its target yet."""
_LEVELS = ("value", "low_value", "high_value")

_Values = Mapping[str, Sequence[float]]


def touching_recipes(
    graph: StrategyGraph,
    mutants: Sequence[Mutant],
    bases: Sequence[Base],
    config: BacktestConfig,
    deadline: Deadline,
) -> list[Recipe]:
    """Bars on which the conditions that mutants change are decided by a hair.

    Args:
        graph: The strategy with its expressions expanded.
        mutants: Changes of conditions; others give no bars.
        bases: Series on which the strategy traded.
        config: Money and costs.
        deadline: When it has to be over.

    Raises:
        OverdueError: It was not over by then.
    """
    targets = dict.fromkeys(
        (mutant.part, place, _level(graph.node(mutant.part), mutant))
        for mutant in mutants
        for place in range(_count_sides(graph, graph.node(mutant.part)))
    )
    if not targets or not bases:
        return []
    wanted = [Target(graph.node(name), place, level) for name, place, level in targets]
    return _Meeting(graph, config, bases, deadline).recipes(wanted)


def _count_sides(graph: StrategyGraph, node: Node) -> int:
    if not node.kind.startswith("condition."):
        return 0
    sources = {edge.source: [0.0] for edge in graph.edges_into(node.id)}
    return len(list(compared_sides(graph, node, sources)))


def _level(node: Node, mutant: Mutant) -> float:
    """By how much left is to be above right: 0, or half the way to another number."""
    other = next((item for item in mutant.graph.nodes if item.id == node.id), node)
    for name in _LEVELS:
        one, two = node.params.get(name), other.params.get(name)
        if isinstance(one, int | float) and isinstance(two, int | float) and one != two:
            return (two - one) / 2
    return 0.0


class _Meeting:
    """Moves closes until comparisons stand as wanted; all at once, as each batch is a process."""

    def __init__(
        self,
        graph: StrategyGraph,
        config: BacktestConfig,
        bases: Sequence[Base],
        deadline: Deadline,
    ) -> None:
        self._graph, self._config, self._bases = graph, config, bases
        self._deadline = deadline
        longest = max(len(base.series.bars) for base in bases)
        self._source = compile_trace(graph, range(longest))

    def recipes(self, targets: Sequence[Target]) -> list[Recipe]:
        """Recipes of bars on which targets are met."""
        values = self._run([base.series for base in self._bases])
        tries = [item for target in targets for item in self._tries(target, values)]
        self._measure([(item, number) for item in tries for number in _FIRST])
        for _ in range(_STEPS):
            self._measure([(item, number) for item in tries if (number := item.next()) is not None])
        met = [item for target in targets for item in _nearest(tries, target)]
        found = [item.whole(item.recipe(item.best)) for item in met if item.is_met]
        return [*found, *self._settled(met, targets)]

    def _settled(self, met: Sequence[Try], targets: Sequence[Target]) -> list[Recipe]:
        """Values that are nearly equal are no test of equality: the last digits are tried out."""
        done = Counter(item.target for item in met if item.is_met)
        found: dict[int, Recipe] = {}
        for number in range(_ROUNDS):
            open_ = {item for item in targets if done[item] < (_ENOUGH if number == 0 else 1)}
            wanted = [
                (item, recipe)
                for item in met
                if item.target in open_ and not item.is_met and id(item) not in found
                for recipe in item.nudged(number)
            ]
            if not wanted:
                break
            for (item, recipe), gap in zip(wanted, self._last_gaps(wanted), strict=True):
                if gap == 0 and id(item) not in found:
                    found[id(item)] = item.whole(recipe)
                    done[item.target] += 1
        return list(found.values())

    def _tries(self, target: Target, values: Sequence[_Values]) -> Iterator[Try]:
        """Ways to move the bars on which the condition counts and its sides are nearest."""
        near: list[tuple[float, int, bool]] = []
        found: list[tuple[Base, int, float]] = []
        for base, traced in zip(self._bases, values, strict=True):
            gaps = self._gaps(target, traced)
            by_bar = dict(zip(map(int, traced.get(TRACED_BARS, ())), gaps, strict=False))
            spread = float(np.nanstd(gaps)) if gaps else 0.0
            # of each series the nearest alone: on a wide one a value moves in finer steps
            nearest: dict[bool, tuple[float, int]] = {}
            for bar, is_followed in self._bars_of(target, base, traced):
                gap = by_bar.get(bar, np.nan)
                if np.isfinite(gap) and spread > 0:
                    known = nearest.get(is_followed, (np.inf, 0))
                    nearest[is_followed] = min(known, (abs(gap) / spread, bar))
            for is_followed, (away, bar) in nearest.items():
                near.append((away, len(found), is_followed))
                found.append((base, bar, by_bar[bar]))
        for number in mixed(near)[:_BARS_TRIED]:
            base, bar, gap = found[number]
            draws = np.random.default_rng([bar, base.recipe.seed])
            for count in _WAYS:
                earlier = range(max(1, bar - count + 1), bar)
                weights = {other: float(draws.normal(0, 0.4)) for other in earlier}
                yield Try(target, base, bar, {**weights, bar: 1.0}, {0.0: gap})

    def _bars_of(self, target: Target, base: Base, traced: _Values) -> list[tuple[int, bool]]:
        """Bars on which the condition counts; where none is known, those with an order."""
        pivotal = pivotal_bars(self._graph, target.node.id, traced, base.outcome)
        orders = {order.first for order in base.outcome.book if order.type == "market"}
        return pivotal or [(bar, True) for bar in sorted(orders)]

    def _measure(self, wanted: Sequence[tuple[Try, float]]) -> None:
        """Note how far from their targets some numbers are."""
        moved = [(item, item.recipe(number)) for item, number in wanted]
        for (item, number), gap in zip(wanted, self._last_gaps(moved), strict=True):
            if np.isfinite(gap):
                item.note(number, gap)

    def _last_gaps(self, wanted: Sequence[tuple[Try, Recipe]]) -> list[float]:
        """How far from its target each is on its last bar; NaN where that is not known."""
        series = [make_series(made, tuple(item.base.series.others)) for item, made in wanted]
        gaps = [
            self._gaps(item.target, values)
            for (item, _), values in zip(wanted, self._run(series), strict=True)
        ]
        return [found[-1] if found else np.nan for found in gaps]

    def _run(self, series: Sequence[Series]) -> list[_Values]:
        if not series:
            return []
        runs = [Run(self._source, item) for item in series]
        return [item.values for item in run_in_time(runs, self._config, self._deadline)]

    def _gaps(self, target: Target, values: _Values) -> list[float]:
        """By how much left is above what is wanted of it, bar by bar."""
        sides = list(compared_sides(self._graph, target.node, values))
        if target.place >= len(sides):
            return []
        left, right = sides[target.place]
        return [one - other - target.level for one, other in zip(left, right, strict=False)]


def _nearest(tries: Sequence[Try], target: Target) -> list[Try]:
    """Some of the tries that came near a target, those that met it first."""
    near = [item for item in tries if item.target == target and item.is_near]
    return sorted(near, key=lambda item: not item.is_met)[:_MOST_SETTLED]
