"""Ways to move some closes of a series until two values differ by what is wanted."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from stratcraft_jupyter.graph import Node
from stratcraft_jupyter.verify.stress_bars import Recipe
from stratcraft_jupyter.verify.stress_trials import Base

_POINTS = 4
_FARTHEST = 0.3
_AFTER = 40
_NEAR = 1e-9
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
    """

    target: Target
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

    @property
    def is_met(self) -> bool:
        """Whether the best number will do: exactly, where two values are to be equal."""
        return self.target.level != 0 or self.points[self.best] == 0

    def recipe(self, number: float) -> Recipe:
        """The recipe with its closes moved, until the chosen bar."""
        return self._with(self._moved(number))

    def nudged(self) -> list[Recipe]:
        """The recipe with the best number, and the last digits of some closes changed."""
        close = self.base.series.bars.close
        bars = range(max(1, self.bar + 1 - _NUDGED_BARS), self.bar + 1)
        closes = {bar: float(close[bar]) for bar in bars} | self._moved(self.best)
        draws = np.random.default_rng([self.bar, self.base.recipe.seed, len(self.weights)])
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
