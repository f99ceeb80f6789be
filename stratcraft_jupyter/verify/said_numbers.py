"""Mutants with the numbers of the code: in a node, or in a node as one of its readers has it."""

import math
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

from stratcraft_jupyter.graph import (
    Edge,
    Node,
    StrategyGraph,
    get_kind,
    has_effect,
    node_title,
    param_value,
    set_param,
)
from stratcraft_jupyter.graph.catalog.base import Param
from stratcraft_jupyter.verify.mutation import Mutation, number, rebuilt

_NO_NUMBERS = (0.0, 1.0, 100.0)
"""Numbers that any code has."""
_MOST_KNOWN = 30
_COPY = "as_one_reader_has_it"


def said_numbers(
    graph: StrategyGraph, nodes: Sequence[Node], numbers: Sequence[float]
) -> Iterator[Mutation]:
    """Each number of the code that the strategy has not, in each parameter that it fits.

    Args:
        graph: The strategy, its expressions expanded.
        nodes: The nodes to change.
        numbers: What the code counts with.
    """
    strange = _strange(graph, nodes, numbers)
    for node in nodes:
        for param in _numeric(graph, node):
            for value in _fitting(param, strange, param_value(node, param)):
                yield _with_number(graph, node, param, value)


def moved_numbers(
    graph: StrategyGraph, nodes: Sequence[Node], numbers: Sequence[float], *, whole: bool
) -> Iterator[Mutation]:
    """Numbers of the code that the strategy has elsewhere, as if in the wrong place; 30 at most.

    Args:
        graph: The strategy, its expressions expanded.
        nodes: The nodes to change.
        numbers: What the code counts with.
        whole: Whether to change periods and the like, or what is no whole number.
    """
    strange = _strange(graph, nodes, numbers)
    known = [value for value in numbers if value not in strange]
    moved = (
        _with_number(graph, node, param, value)
        for node in nodes
        for param in _numeric(graph, node)
        if (param.type == "int") == whole
        for value in _fitting(param, known, param_value(node, param))
    )
    yield from islice(moved, _MOST_KNOWN)


def parted_numbers(
    graph: StrategyGraph, nodes: Sequence[Node], numbers: Sequence[float]
) -> Iterator[Mutation]:
    """The same, and periods next to those of the strategy, for some of the readers of a node."""
    strange = _strange(graph, nodes, numbers)
    for node in nodes:
        for edges in _readers(graph, node):
            for param in _numeric(graph, node):
                before = param_value(node, param)
                others = _fitting(param, strange, before)
                if param.type == "int" and isinstance(before, int):
                    others += _fitting(param, (before - 1, before + 1), before)
                for value in dict.fromkeys(others):
                    yield _for_readers(graph, node, param, value, edges)


def _strange(graph: StrategyGraph, nodes: Sequence[Node], numbers: Sequence[float]) -> list[float]:
    """The numbers that the strategy has not."""
    ours, percents = list(_NO_NUMBERS), [graph.backtest.sizing_percent]
    for node in nodes:
        for param in get_kind(node.kind).params:
            value = param_value(node, param)
            if isinstance(value, int | float):
                (percents if param.unit == "%" else ours).append(float(value))
    return [value for value in numbers if not _is_among(value, ours, percents)]


def _is_among(value: float, ours: Sequence[float], percents: Sequence[float]) -> bool:
    """Whether the strategy has a number, or the part of one that it is a percentage of."""
    parts = (value, value * 100, (1 - value) * 100, (value - 1) * 100)
    return any(_is_near(abs(value), other) for other in (*ours, *percents)) or any(
        _is_near(part, other) for part in parts for other in percents
    )


def _is_near(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-9)


def _numeric(graph: StrategyGraph, node: Node) -> Iterator[Param]:
    for param in get_kind(node.kind).params:
        value = param_value(node, param)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        is_of_order = node.kind.startswith("action.") and param.type == "int"
        if is_number and not is_of_order and has_effect(graph, node, param):
            yield param


def _fitting(param: Param, numbers: Sequence[float], before: object) -> list[float]:
    found: list[float] = []
    for value in numbers:
        if param.type == "int":
            found += [int(value)] if float(value).is_integer() else []
        else:
            found += [float(value)]
        if param.unit == "%" and 0 < value < 2:
            found += [value * 100, (1 - value) * 100, (value - 1) * 100]
    rounded = dict.fromkeys(value if param.type == "int" else round(value, 12) for value in found)
    low, high = param.minimum, param.maximum
    return [
        value
        for value in rounded
        if value != before and (low is None or value >= low) and (high is None or value <= high)
    ]


def _with_number(graph: StrategyGraph, node: Node, param: Param, value: float) -> Mutation:
    before = param_value(node, param)
    words = (
        f"the {param.title.lower()} of {node_title(node)} was {number(value)} instead of "
        f"{_told(before)}"
    )
    build = partial(set_param, graph, node.id, param.name, value)
    return Mutation(node.id, _kind(node, param), words, build)


def _told(value: object) -> str:
    return number(value) if isinstance(value, int | float) else str(value)


def _kind(node: Node, param: Param) -> str:
    family = node.kind.partition(".")[0]
    named = {"sizing": "size", "risk": "stop"}
    return named.get(family) or ("period" if param.type == "int" else "threshold")


def _readers(graph: StrategyGraph, node: Node) -> list[tuple[Edge, ...]]:
    """The edges out of each output, and each edge, of a node that several others read."""
    edges = [
        edge
        for edge in graph.edges_from(node.id)
        if (port := get_kind(node.kind).output(edge.source_port)) and port.type == "series"
    ]
    ports = dict.fromkeys(edge.source_port for edge in edges)
    groups = [tuple(edge for edge in edges if edge.source_port == port) for port in ports]
    groups += [(edge,) for edge in edges]
    return list(dict.fromkeys(group for group in groups if len(group) < len(edges)))


def _for_readers(
    graph: StrategyGraph, node: Node, param: Param, value: float, edges: Sequence[Edge]
) -> Mutation:
    readers = " and ".join(dict.fromkeys(node_title(graph.node(e.target_node)) for e in edges))
    verb = "reads" if len(edges) == 1 else "read"
    words = (
        f"the {param.title.lower()} of {node_title(node)} was {number(value)} instead of "
        f"{_told(param_value(node, param))} where {readers} {verb} it"
    )
    build = partial(_copied, graph, node, param, value, edges)
    return Mutation(node.id, _kind(node, param), words, build)


def _copied(
    graph: StrategyGraph, node: Node, param: Param, value: float, edges: Sequence[Edge]
) -> StrategyGraph:
    """The strategy with a copy of a node, with another number, for some of its readers."""
    data = {**node.model_dump(), "id": _COPY}
    copy = Node.model_validate(data)
    into = [
        Edge(source=e.source, target=f"{_COPY}.{e.target_port}") for e in graph.edges_into(node.id)
    ]
    moved = [
        Edge(source=f"{_COPY}.{edge.source_port}", target=edge.target) if edge in edges else edge
        for edge in graph.edges
    ]
    found = rebuilt(graph, nodes=(*graph.nodes, copy), edges=(*moved, *into))
    return set_param(found, _COPY, param.name, value)
