"""What is so of the values of a graph on every bar: their ranges, and their order."""

import math
from collections.abc import Iterator, Mapping, Sequence

from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.contradictions.order import Relation
from stratcraft_jupyter.graph.contradictions.sameness import Identities
from stratcraft_jupyter.graph.contradictions.value_ranges import value_ranges
from stratcraft_jupyter.graph.document import Node, StrategyGraph


def always_so(graph: StrategyGraph, same: Identities) -> Mapping[int, Sequence[Relation]]:
    """For each value, by its number, how it stands to others on every bar by its definition."""
    found: dict[int, list[Relation]] = {}
    for own, relation in (*_of_ranges(graph, same), *_of_outputs(graph, same)):
        found.setdefault(own, []).append(relation)
    return found


def _of_ranges(graph: StrategyGraph, same: Identities) -> Iterator[tuple[int, Relation]]:
    for own, limits in value_ranges(graph, same).items():
        if own in same.constants:
            continue
        if limits.low > -math.inf:
            yield own, Relation(same.number(limits.low), own)
        if limits.high < math.inf:
            yield own, Relation(own, same.number(limits.high))


def _of_outputs(graph: StrategyGraph, same: Identities) -> Iterator[tuple[int, Relation]]:
    for node in graph.nodes:
        for port in KINDS[node.kind].outputs:
            own = same.of.get(f"{node.id}.{port.name}")
            if own is None:
                continue
            for name in port.never_below:
                yield from ((own, Relation(it, own)) for it in _named(graph, same, node, name))
            for name in port.never_above:
                yield from ((own, Relation(own, it)) for it in _named(graph, same, node, name))


def _named(graph: StrategyGraph, same: Identities, node: Node, name: str) -> list[int]:
    """An output of the node, what an input reads, or a line of the bars that it reads."""
    if f"{node.id}.{name}" in same.of:
        return [same.of[f"{node.id}.{name}"]]
    port, _, line = name.partition(".")
    sources = [edge.source for edge in graph.edges_into(node.id, port)]
    if line:
        sources = [f"{source.partition('.')[0]}.{line}" for source in sources]
    return [same.of[source] for source in sources if source in same.of]
