"""Mutants of a strategy: the same graph with one thing changed, each said in words."""

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from stratcraft_jupyter.codegen import compile_unchecked
from stratcraft_jupyter.errors import GraphEditError
from stratcraft_jupyter.graph import FAMILIES, Node, StrategyGraph, expansion, validate
from stratcraft_jupyter.graph.trading_rules import used_nodes
from stratcraft_jupyter.verify.mutate_edges import all_late, change_edges
from stratcraft_jupyter.verify.mutate_kinds import change_kinds
from stratcraft_jupyter.verify.mutate_numbers import change_numbers
from stratcraft_jupyter.verify.mutation import Mutation

# a mutant may leave a position without an end, or a stop that a size asks for: it still runs
_BEARABLE = {"SC202", "SC204"}
_ALL = tuple(family.name for family in FAMILIES)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A strategy with one thing changed.

    Attributes:
        node_id: The node of the document that was changed.
        kind: What kind of change, such as ``"threshold"`` or ``"period"``.
        words: What the strategy does instead, to follow "behaves as if".
        source: Its code.
        near: Whether the change is the smallest of its kind; the others only help to explain.
    """

    node_id: str
    kind: str
    words: str
    source: str
    near: bool = True


def list_mutants(graph: StrategyGraph) -> tuple[list[Mutant], list[str]]:
    """The mutants of a valid strategy, and the words of those that mean the same as it does."""
    same: list[str] = []
    return list(find_mutants(graph, same=same)), same


def find_mutants(
    graph: StrategyGraph,
    *,
    wide: bool = False,
    families: Sequence[str] = _ALL,
    same: list[str] | None = None,
) -> Iterator[Mutant]:
    """The mutants of a valid strategy, one after the other.

    Of expressions it is the nodes that they stand for which are changed.

    Args:
        graph: The strategy.
        wide: Also try numbers far from those of the strategy, as for an explanation.
        families: Change nodes of these families only, in this order.
        same: Takes the words of the changes that mean nothing.
    """
    expanded = expansion(graph)
    used = frozenset(
        node_id
        for node_id in used_nodes(expanded.graph)
        if expanded.graph.node(node_id).kind.partition(".")[0] in families
    )
    seen = {shape_of(compile_unchecked(expanded.graph))}
    for mutation in _mutations(expanded.graph, used, families, wide=wide):
        source = _code(mutation.graph)
        if source is None:
            continue
        shape = shape_of(source)
        if shape not in seen:
            seen.add(shape)
            owner = expanded.owner(mutation.node_id)
            yield Mutant(owner, mutation.kind, mutation.words, source, mutation.near)
        elif same is not None:
            same.append(mutation.words)


def _mutations(
    graph: StrategyGraph, used: frozenset[str], families: Sequence[str], *, wide: bool
) -> Iterator[Mutation]:
    rank = {family: place for place, family in enumerate(families)}
    nodes = [node for node in graph.nodes if node.id in used]
    nodes.sort(key=lambda node: rank[node.kind.partition(".")[0]])
    changes: tuple[Callable[[StrategyGraph, Node], Iterator[Mutation]], ...] = (
        lambda graph, node: change_numbers(graph, node, wide=wide),
        change_kinds,
        change_edges,
    )
    for change in changes:
        for node in nodes:
            yield from change(graph, node)
    if late := all_late(graph, [node for node in nodes if node.kind.startswith("condition.")]):
        yield late


def _code(build: Callable[[], StrategyGraph]) -> str | None:
    """The code of a mutant; None if such a strategy cannot be."""
    try:
        graph = build()
    except GraphEditError:
        return None
    errors = {item.code for item in validate(graph) if item.severity == "error"}
    return None if errors - _BEARABLE else compile_unchecked(graph)


def shape_of(source: str) -> str:
    """What code says, without comments, texts and layout."""
    tree = ast.parse(source)
    tree.body = tree.body[1:]  # the docstring says what was changed
    return ast.dump(tree)
