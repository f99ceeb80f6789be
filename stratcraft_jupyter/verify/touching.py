"""Bars on which a comparison is decided by a hair: equal to the last digit, or between two levels.

Closes near a bar on which the strategy ordered something are moved, until the two values that a
condition compares differ by just what is wanted.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

import numpy as np

from stratcraft_jupyter.backtest import BacktestConfig
from stratcraft_jupyter.backtest.batch import Run, Series
from stratcraft_jupyter.codegen import TRACED_BARS, compile_trace
from stratcraft_jupyter.graph import Node, StrategyGraph
from stratcraft_jupyter.verify.deadline import Deadline
from stratcraft_jupyter.verify.mutants import Mutant
from stratcraft_jupyter.verify.stress_bars import Recipe, make_series
from stratcraft_jupyter.verify.stress_trials import Base, run_in_time
from stratcraft_jupyter.verify.ties import compared_sides

_BARS_TRIED = 5
_WAYS = (1, 12)
"""How many bars up to the chosen one are moved."""
_FIRST = (-0.004, 0.004)
_STEPS = 4
_POINTS = 4
_FARTHEST = 0.3
_DIGITS = 4
_MOST_SETTLED = 6
_AFTER = 40
_NEAR = 1e-9
_LEVELS = ("value", "low_value", "high_value")

_Values = Mapping[str, Sequence[float]]


@dataclass(frozen=True, slots=True)
class _Target:
    """What is to be met: which comparison of which condition, and left minus right."""

    node: Node
    place: int
    level: float


@dataclass(slots=True)
class _Try:
    """One way to move closes, by a number times their weights.

    Attributes:
        target: What is to be met.
        base: What is moved.
        bar: The bar on which it is to be met.
        weights: How far the close of each bar moves, as a part of it.
        points: How far from the target each number tried was.
    """

    target: _Target
    base: Base
    bar: int
    weights: Mapping[int, float]
    points: dict[float, float] = field(default_factory=dict)

    @property
    def best(self) -> float:
        """The number that came nearest."""
        return min(self.points, key=lambda number: abs(self.points[number]), default=0.0)

    @property
    def is_near(self) -> bool:
        """Whether it came near enough to go on with, or for levels, to be used."""
        room = abs(self.target.level) / 2 or _NEAR
        return bool(self.points) and abs(self.points[self.best]) <= room

    def recipe(self, number: float, until: int) -> Recipe:
        """The recipe with its closes moved."""
        close = self.base.series.bars.close
        closes = tuple(
            (bar, float(close[bar]) * (1 + number * weight))
            for bar, weight in sorted(self.weights.items())
        )
        return replace(self.base.recipe, until=until, closes=closes)

    def next(self) -> float | None:
        """Where the curve through the nearest points would meet the target."""
        near = sorted(self.points.items(), key=lambda point: abs(point[1]))[:_POINTS]
        gaps = [gap for _, gap in near]
        if len(near) < 2 or len(set(gaps)) < len(gaps) or gaps[0] == 0:
            return None
        found = [number for number, _ in near]
        for order in range(1, len(near)):
            for at in range(len(near) - order):
                low, high = gaps[at], gaps[at + order]
                found[at] = (low * found[at + 1] - high * found[at]) / (low - high)
        usable = np.isfinite(found[0]) and abs(found[0]) < _FARTHEST
        return found[0] if usable and found[0] not in self.points else None


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
    wanted = [_Target(graph.node(name), place, level) for name, place, level in targets]
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

    def recipes(self, targets: Sequence[_Target]) -> list[Recipe]:
        """Recipes of bars on which targets are met."""
        values = self._run([base.series for base in self._bases])
        tries = [item for target in targets for item in self._tries(target, values)]
        self._measure([(item, number) for item in tries for number in _FIRST])
        for _ in range(_STEPS):
            self._measure([(item, number) for item in tries if (number := item.next()) is not None])
        met = [item for target in targets for item in _nearest(tries, target)]
        # values that are nearly equal are no test of equality: the last digits are tried out
        self._measure(
            [
                (item, item.best + step * 2.0**-53)
                for item in met
                if item.target.level == 0 and item.points[item.best] != 0
                for step in range(-_DIGITS, _DIGITS + 1)
            ]
        )
        found = [item for item in met if item.target.level != 0 or item.points[item.best] == 0]
        return [
            item.recipe(item.best, min(item.bar + 1 + _AFTER, len(item.base.series.bars)))
            for item in found
        ]

    def _tries(self, target: _Target, values: Sequence[_Values]) -> Iterator[_Try]:
        """Ways to move the bars on which something was ordered and the sides are nearest."""
        near: list[tuple[float, int, Base, float]] = []
        for base, traced in zip(self._bases, values, strict=True):
            gaps = self._gaps(target, traced)
            by_bar = dict(zip(map(int, traced.get(TRACED_BARS, ())), gaps, strict=False))
            spread = float(np.nanstd(gaps)) if gaps else 0.0
            for bar in sorted({o.first for o in base.outcome.book if o.type == "market"}):
                gap = by_bar.get(bar, np.nan)
                if np.isfinite(gap) and spread > 0:
                    near.append((abs(gap) / spread, bar, base, gap))
        near.sort(key=lambda item: (item[0], item[1], item[2].recipe.name))
        for _, bar, base, gap in islice(near, _BARS_TRIED):
            draws = np.random.default_rng([bar, base.recipe.seed])
            for count in _WAYS:
                earlier = range(max(1, bar - count + 1), bar)
                weights = {other: float(draws.normal(0, 0.4)) for other in earlier}
                yield _Try(target, base, bar, {**weights, bar: 1.0}, {0.0: gap})

    def _measure(self, wanted: Sequence[tuple[_Try, float]]) -> None:
        """Note how far from their targets some numbers are."""
        series = [
            make_series(item.recipe(number, item.bar + 1), tuple(item.base.series.others))
            for item, number in wanted
        ]
        for (item, number), values in zip(wanted, self._run(series), strict=True):
            gaps = self._gaps(item.target, values)
            if gaps and np.isfinite(gaps[-1]):
                item.points[number] = gaps[-1]

    def _run(self, series: Sequence[Series]) -> list[_Values]:
        if not series:
            return []
        runs = [Run(self._source, item) for item in series]
        return [item.values for item in run_in_time(runs, self._config, self._deadline)]

    def _gaps(self, target: _Target, values: _Values) -> list[float]:
        """By how much left is above what is wanted of it, bar by bar."""
        sides = list(compared_sides(self._graph, target.node, values))
        if target.place >= len(sides):
            return []
        left, right = sides[target.place]
        return [one - other - target.level for one, other in zip(left, right, strict=False)]


def _nearest(tries: Sequence[_Try], target: _Target) -> list[_Try]:
    """Some of the tries that came near a target."""
    return [item for item in tries if item.target == target and item.is_near][:_MOST_SETTLED]
