"""Where the nodes of an expanded expression are drawn: left of its place, a column a step."""

from collections import defaultdict

from stratcraft_jupyter.graph.document import Position
from stratcraft_jupyter.graph.expressions.meaning import Meaning

_COLUMN = 212.0
_ROW = 120.0
_EDGE = 1e6


def places_of(meaning: Meaning, ids: list[str], place: Position) -> dict[str, Position]:
    """The places of new nodes, the one with the value at the place of the expression."""
    steps = _steps(meaning)
    columns: dict[int, list[int]] = defaultdict(list)
    for index, step in enumerate(steps):
        columns[step].append(index)
    found = {}
    for step, indices in columns.items():
        for row, index in enumerate(indices):
            x = place.x - step * _COLUMN
            y = place.y + (row - (len(indices) - 1) / 2) * _ROW
            found[ids[index]] = Position(x=_within(x), y=_within(y))
    return found


def _steps(meaning: Meaning) -> list[int]:
    """How many edges each node is away from the one with the value, by the longest way."""
    steps = [0] * len(meaning.nodes)
    for index in reversed(range(len(meaning.nodes))):
        for _, outlet in meaning.nodes[index].inputs:
            if isinstance(outlet.owner, int):
                steps[outlet.owner] = max(steps[outlet.owner], steps[index] + 1)
    return steps


def _within(number: float) -> float:
    return max(-_EDGE, min(_EDGE, number))
