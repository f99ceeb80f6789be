"""Which nodes of two documents are the same node, by id and then by what they do."""

from collections.abc import Callable, Hashable, Mapping

from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.document import Node, StrategyGraph
from stratcraft_jupyter.graph.params import param_value


def matching_nodes(before: StrategyGraph, after: StrategyGraph) -> dict[str, str]:
    """The nodes of ``before`` that are in ``after`` too, each with its id there.

    A node is looked for by id and kind first, then by what it does with what it reads, then by
    its kind and parameters, and last by its kind alone where just one is left on each side.
    """
    kinds_after = {node.id: node.kind for node in after.nodes}
    found = {node.id: node.id for node in before.nodes if kinds_after.get(node.id) == node.kind}
    meanings = _meanings(before), _meanings(after)
    rules: tuple[tuple[_Mark, _Mark], ...] = (
        (lambda node: meanings[0][node.id], lambda node: meanings[1][node.id]),
        (lambda node: (node.kind, values_of(node)), lambda node: (node.kind, values_of(node))),
        (lambda node: node.kind, lambda node: node.kind),
    )
    for mark_before, mark_after in rules:
        left = [node for node in before.nodes if node.id not in found]
        right = [node for node in after.nodes if node.id not in found.values()]
        there = _only_ones(right, mark_after)
        for mark, node in _only_ones(left, mark_before).items():
            if mark in there:
                found[node.id] = there[mark].id
    return found


_Mark = Callable[[Node], Hashable]


def _only_ones(nodes: list[Node], mark_of: _Mark) -> dict[Hashable, Node]:
    """The nodes whose mark no other one has."""
    marked: dict[Hashable, list[Node]] = {}
    for node in nodes:
        marked.setdefault(mark_of(node), []).append(node)
    return {mark: alike[0] for mark, alike in marked.items() if len(alike) == 1}


def values_of(node: Node) -> tuple[tuple[str, tuple[str, object]], ...]:
    """The parameters of a node with their defaults, comparable and sorted."""
    values: dict[str, object] = dict(node.params)
    if node.kind in KINDS:
        values |= {param.name: param_value(node, param) for param in KINDS[node.kind].params}
    return tuple(sorted((name, _typed(value)) for name, value in values.items()))


def _typed(value: object) -> tuple[str, object]:
    """True is no 1 here; 2.0 is 2."""
    return ("bool" if isinstance(value, bool) else "", value)


def _meanings(graph: StrategyGraph) -> Mapping[str, Hashable]:
    """For each node a value that says what it computes, with all that it reads."""
    found: dict[str, Hashable] = {}
    pending = [node.id for node in graph.nodes]
    while pending:  # a stack: chains may be longer than Python recurses
        node_id = pending[-1]
        unread = [e.source_node for e in graph.edges_into(node_id) if e.source_node not in found]
        if node_id not in found and unread:
            pending += unread
            continue
        pending.pop()
        if node_id not in found:
            node = graph.node(node_id)
            reads = sorted(
                (edge.target_port, edge.source_port, hash(found[edge.source_node]))
                for edge in graph.edges_into(node_id)
            )
            # hashed, or the value of a long chain would be as long as the chain
            found[node_id] = hash((node.kind, values_of(node), tuple(reads)))
    return found
