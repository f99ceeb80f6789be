"""Ways to move some closes of a series until two values differ by what is wanted."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from stratcraft_jupyter.graph import Node
from stratcraft_jupyter.verify.stress_bars import Recipe
from stratcraft_jupyter.verify.stress_trials import Base

_POINTS = 4
_FARTHEST = 0.3
_FARTHER = (-0.02, 0.02, -0.06, 0.06)
_AFTER = 40
_NEAR = 1e-9
_STALLED, _LOST = 2, 6
"""Numbers tried in vain after which two values are as near as closes bring them, or never get."""
_NUDGES = 32
_NUDGED_BARS = 6
_MOST_ULPS = 8
_ULP = 2.0**-52


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be met: which comparison of which condition, and left minus right."""

    node: Node
    place: int
    level: float


@dataclass(slots=True)
class Try:
    """One way to move closes, by a number times their weights.

    Attributes:
        target: What is to be met.
        base: What is moved.
        bar: The bar on which it is to be met.
        weights: How far the close of each bar moves, as a part of it.
        points: How far from the target each number tried was.
        stalled: How many numbers were tried since one came nearer.
    """

    target: Target
    base: Base
    bar: int
    weights: Mapping[int, float]
    points: dict[float, float] = field(default_factory=dict)
    stalled: int = 0

    def note(self, number: float, gap: float) -> None:
        """Take how far from the target a number was."""
        is_nearer = not self.points or abs(gap) < abs(self.points[self.best])
        self.stalled = 0 if is_nearer else self.stalled + 1
        self.points[number] = gap

    @property
    def best(self) -> float:
        """The number that came nearest."""
        return min(self.points, key=lambda number: abs(self.points[number]), default=0.0)

    @property
    def is_near(self) -> bool:
        """Whether it came near enough to go on with, or for levels, to be used."""
        room = abs(self.target.level) / 2 or _NEAR
        return bool(self.points) and abs(self.points[self.best]) <= room

    @property
    def is_met(self) -> bool:
        """Whether the best number will do: exactly, where two values are to be equal."""
        return self.target.level != 0 or self.points[self.best] == 0

    def recipe(self, number: float) -> Recipe:
        """The recipe with its closes moved, until the chosen bar."""
        return self._with(self._moved(number))

    def nudged(self, number: int) -> list[Recipe]:
        """The recipe with the best number, and the last digits of some closes changed.

        Args:
            number: Other ones for each.
        """
        close = self.base.series.bars.close
        bars = range(max(1, self.bar + 1 - _NUDGED_BARS), self.bar + 1)
        closes = {bar: float(close[bar]) for bar in bars} | self._moved(self.best)
        seeds = [self.bar, self.base.recipe.seed, len(self.weights), number]
        draws = np.random.default_rng(seeds)
        steps = draws.integers(-_MOST_ULPS, _MOST_ULPS + 1, (_NUDGES, len(bars)))
        return [
            self._with(
                closes | {b: closes[b] * (1 + n * _ULP) for b, n in zip(bars, row, strict=True)}
            )
            for row in steps.tolist()
        ]

    def whole(self, recipe: Recipe) -> Recipe:
        """A recipe of this try that goes on for some bars after the chosen one."""
        return replace(recipe, until=min(self.bar + 1 + _AFTER, len(self.base.series.bars)))

    def _moved(self, number: float) -> dict[int, float]:
        close = self.base.series.bars.close
        return {bar: float(close[bar]) * (1 + number * part) for bar, part in self.weights.items()}

    def _with(self, closes: Mapping[int, float]) -> Recipe:
        return replace(self.base.recipe, until=self.bar + 1, closes=tuple(sorted(closes.items())))

    def next(self) -> float | None:
        """Which number to try next; None if the target is met, or nothing is left to try.

        Where the curve through the nearest points would meet the target; if that leads out of two
        points on both sides of it, or now and then, the middle of these: values have kinks.
        """
        if not self.points or (self.is_near and self.is_met):
            return None
        if self.stalled >= (_STALLED if self.is_near else _LOST):
            return None
        met, sides = self._met_by_curve(), self._sides()
        if sides is not None:
            is_turn = len(self.points) % 3 == 0
            if is_turn or met is None or not sides[0] < met < sides[1]:
                met = (sides[0] + sides[1]) / 2
        elif met is None:
            met = next((number for number in _FARTHER if number not in self.points), None)
        return met if met not in self.points else None

    def _sides(self) -> tuple[float, float] | None:
        """Two neighbouring numbers on both sides of the target, those that are nearest to it."""
        ranked = sorted(self.points.items())
        found = [
            (abs(gap) + abs(next_gap), (number, next_number))
            for (number, gap), (next_number, next_gap) in pairwise(ranked)
            if gap * next_gap < 0
        ]
        return min(found)[1] if found else None

    def _met_by_curve(self) -> float | None:
        near = sorted(self.points.items(), key=lambda point: abs(point[1]))[:_POINTS]
        gaps = [gap for _, gap in near]
        if len(near) < 2 or len(set(gaps)) < len(gaps):
            return None
        found = [number for number, _ in near]
        for order in range(1, len(near)):
            for at in range(len(near) - order):
                low, high = gaps[at], gaps[at + order]
                found[at] = (low * found[at + 1] - high * found[at]) / (low - high)
        return found[0] if np.isfinite(found[0]) and abs(found[0]) < _FARTHEST else None
