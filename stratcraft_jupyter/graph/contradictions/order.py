"""Whether statements such as ``a > b`` and ``b >= 3`` can all be true of some numbers."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Relation:
    """That one value is below another, or not above it.

    Attributes:
        lower: Number of the lower value.
        upper: Number of the upper value.
        is_strict: Whether they cannot be equal.
        says: The signal that says so; empty for what is always so.
        is_weak: Whether it is so only where both have a value: of a comparison that is false.
    """

    lower: int
    upper: int
    is_strict: bool = False
    says: str = ""
    is_weak: bool = False


_FEW = 2
"""A finding that names no more signals than this is clear enough."""


def find_circle(relations: Iterable[Relation]) -> tuple[Relation, ...] | None:
    """Relations that would make a value lower than itself, as few as there are; None if none."""
    following: dict[int, list[Relation]] = {}
    for relation in relations:
        following.setdefault(relation.lower, []).append(relation)
    best: tuple[Relation, ...] | None = None
    for found in following.values():
        for relation in found:
            if not relation.is_strict:
                continue
            way = _way(relation.upper, relation.lower, following)
            if way is None:
                continue
            circle = (relation, *way)
            if best is None or _signals(circle) < _signals(best):
                best = circle
            if _signals(best)[0] <= _FEW:
                return best
    return best


def _signals(circle: Sequence[Relation]) -> tuple[int, int]:
    return len({relation.says for relation in circle if relation.says}), len(circle)


def _way(
    start: int, goal: int, following: Mapping[int, Sequence[Relation]]
) -> tuple[Relation, ...] | None:
    """The relations that lead from a value up to another; None if none do."""
    came: dict[int, Relation | None] = {start: None}
    pending = deque([start])
    while pending:
        value = pending.popleft()
        if value == goal:
            return _steps(goal, came)
        for relation in following.get(value, ()):
            if relation.upper not in came:
                came[relation.upper] = relation
                pending.append(relation.upper)
    return None


def _steps(goal: int, came: Mapping[int, Relation | None]) -> tuple[Relation, ...]:
    steps: list[Relation] = []
    step = came[goal]
    while step is not None:
        steps.append(step)
        step = came[step.lower]
    return tuple(reversed(steps))
