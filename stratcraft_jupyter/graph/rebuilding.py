"""What all edits share: a document with parts replaced, checked anew; refusals as edit errors."""

import re
from collections.abc import Callable, Container

from pydantic import ValidationError

from stratcraft_jupyter.errors import GraphEditError
from stratcraft_jupyter.graph.document import Node, Position, StrategyGraph
from stratcraft_jupyter.graph.reading import problem_text


def free_id(stem: str, taken: Container[str]) -> str:
    """A node id that is not taken, made from a stem."""
    stem = re.sub(r"_\d+$", "", stem)[:34]
    number, found = 1, stem
    while found in taken:
        number += 1
        found = f"{stem}_{number}"
    return found


def as_position(place: tuple[float, float]) -> Position:
    """A pair of numbers as a place.

    Raises:
        GraphEditError: It is no pair of numbers.
    """
    try:
        x, y = (float(number) for number in place)
    except (TypeError, ValueError, OverflowError):
        raise GraphEditError("A position is a pair of numbers: x and y in pixels.") from None
    return Position(x=x, y=y)


def replaced(node: Node, **changes: object) -> Node:
    """A node with some of its fields changed."""
    current = {name: getattr(node, name) for name in Node.model_fields}
    return Node.model_validate({**current, **changes})


def rebuilt(graph: StrategyGraph, **changes: object) -> StrategyGraph:
    """A document with some of its parts changed."""
    parts = {name: getattr(graph, name) for name in StrategyGraph.model_fields}
    return StrategyGraph.model_validate({**parts, **changes})


def checked(build: Callable[[], StrategyGraph]) -> StrategyGraph:
    """The built document; a refusal by the document model becomes an edit error."""
    try:
        return build()
    except ValidationError as error:
        first = error.errors()[0]
        raise GraphEditError(f"{problem_text(first, {})}.") from None


def with_nodes(
    graph: StrategyGraph, node_ids: Container[str], change: Callable[[Node], Node]
) -> StrategyGraph:
    """A document with some of its nodes changed."""
    return checked(
        lambda: rebuilt(
            graph,
            nodes=tuple(change(node) if node.id in node_ids else node for node in graph.nodes),
        )
    )
