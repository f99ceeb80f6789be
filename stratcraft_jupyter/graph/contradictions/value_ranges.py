"""Between which numbers every series of a graph lies, from the catalog and by arithmetic."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter

from stratcraft_jupyter.graph.catalog import KINDS, Port
from stratcraft_jupyter.graph.contradictions.sameness import Identities
from stratcraft_jupyter.graph.document import Node, StrategyGraph
from stratcraft_jupyter.graph.params import has_effect, param_value


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the greatest value; infinite where there is none."""

    low: float = -math.inf
    high: float = math.inf

    def joined(self, other: "Range") -> "Range":
        """The least range that holds both."""
        return Range(min(self.low, other.low), max(self.high, other.high))

    def cut(self, other: "Range") -> "Range":
        """What lies in both."""
        return Range(max(self.low, other.low), min(self.high, other.high))


def value_ranges(graph: StrategyGraph, same: Identities) -> Mapping[int, Range]:
    """The range of every series, by its number among the identities."""
    found = {number: Range(value, value) for number, value in same.constants.items()}
    before = {node.id: {e.source_node for e in graph.edges_into(node.id)} for node in graph.nodes}
    for node_id in TopologicalSorter(before).static_order():
        node = graph.node(node_id)
        for port in KINDS[node.kind].outputs:
            number = same.of.get(f"{node_id}.{port.name}")
            if port.type == "series" and number is not None and number not in found:
                found[number] = _range(graph, node, port, same, found)
    return found


def _range(
    graph: StrategyGraph,
    node: Node,
    port: Port,
    same: Identities,
    found: Mapping[int, Range],
) -> Range:
    declared = Range(
        -math.inf if port.minimum is None else port.minimum,
        math.inf if port.maximum is None else port.maximum,
    )
    ranges = [
        found.get(same.of[edge.source], Range())
        for wanted in KINDS[node.kind].inputs
        if wanted.type == "series"
        for edge in graph.edges_into(node.id, wanted.name)
    ]
    if port.within_input and ranges:
        return declared.cut(_all(ranges))
    value = KINDS[node.kind].param("value")
    if value and has_effect(graph, node, value):
        number = float(param_value(node, value))
        ranges.append(Range(number, number))
    if node.kind in _ARITHMETIC and ranges:
        return declared.cut(_ARITHMETIC[node.kind](ranges))
    if node.kind == "math.divide" and len(ranges) == 2:
        return declared.cut(_ratio(node, *ranges))
    return declared


def _all(ranges: Sequence[Range]) -> Range:
    found = ranges[0]
    for one in ranges[1:]:
        found = found.joined(one)
    return found


def _sum(ranges: Sequence[Range]) -> Range:
    return Range(sum(one.low for one in ranges), sum(one.high for one in ranges))


def _difference(ranges: Sequence[Range]) -> Range:
    left, right = ranges[0], ranges[-1]
    return Range(left.low - right.high, left.high - right.low)


def _product(ranges: Sequence[Range]) -> Range:
    found = ranges[0]
    for one in ranges[1:]:
        corners = [
            0.0 if 0 in (a, b) else a * b
            for a in (found.low, found.high)
            for b in (one.low, one.high)
        ]
        found = Range(min(corners), max(corners))
    return found


def _absolute(ranges: Sequence[Range]) -> Range:
    (one,) = ranges
    least = 0.0 if one.low <= 0 <= one.high else min(abs(one.low), abs(one.high))
    return Range(least, max(abs(one.low), abs(one.high)))


def _ratio(node: Node, left: Range, right: Range) -> Range:
    """The range of a quotient; of a series that can be 0, only its sign is known."""
    when_zero = KINDS[node.kind].param("when_zero")
    other = float(param_value(node, when_zero)) if when_zero else 0.0
    if right.low == right.high and right.low != 0:
        ends = left.low / right.low, left.high / right.low
        return Range(min(ends), max(ends))
    if left.low >= 0 and right.low >= 0:
        return Range(min(0.0, other))
    return Range()


_ARITHMETIC: Mapping[str, Callable[[Sequence[Range]], Range]] = {
    "math.add": _sum,
    "math.subtract": _difference,
    "math.multiply": _product,
    "math.absolute": _absolute,
    "math.minimum": lambda ranges: Range(
        min(one.low for one in ranges), min(one.high for one in ranges)
    ),
    "math.maximum": lambda ranges: Range(
        max(one.low for one in ranges), max(one.high for one in ranges)
    ),
    "math.change": lambda ranges: _difference((ranges[0], ranges[0])),
}
