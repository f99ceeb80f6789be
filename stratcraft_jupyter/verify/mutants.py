"""Mutants of a strategy: the same graph with one thing changed, each said in words."""

import ast
import itertools
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from stratcraft_jupyter.codegen import compile_unchecked
from stratcraft_jupyter.errors import GraphEditError
from stratcraft_jupyter.graph import FAMILIES, Node, StrategyGraph, expansion, validate
from stratcraft_jupyter.graph.expressions import Expansion
from stratcraft_jupyter.graph.trading_rules import used_nodes
from stratcraft_jupyter.python_source import parse_python
from stratcraft_jupyter.verify.mutate_added import change_actions
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
        part: The node that was changed, of the document with its expressions expanded.
        graph: The changed strategy, its expressions expanded.
        is_extra: Whether it has one rule more, which may follow from the others.
    """

    node_id: str
    kind: str
    words: str
    source: str
    near: bool
    part: str
    graph: StrategyGraph
    is_extra: bool = False


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
    mutations = _mutations(expanded.graph, used, families, wide=wide)
    yield from make_mutants(expanded, mutations, same=same)


def make_mutants(
    expanded: Expansion, mutations: Iterable[Mutation], *, same: list[str] | None = None
) -> Iterator[Mutant]:
    """The mutants that come of changes, those left out that cannot be or mean nothing new.

    Args:
        expanded: The strategy, its expressions expanded.
        mutations: The changes.
        same: Takes the words of the changes that mean nothing.
    """
    seen = {shape_of(compile_unchecked(expanded.graph))}
    for mutation in mutations:
        changed = _built(mutation.graph)
        if changed is None:
            continue
        source = compile_unchecked(changed)
        shape = shape_of(source)
        if shape not in seen:
            seen.add(shape)
            owner = expanded.owner(mutation.node_id)
            words, near, part = mutation.words, mutation.near, mutation.node_id
            extra = mutation.is_extra
            yield Mutant(owner, mutation.kind, words, source, near, part, changed, extra)
        elif same is not None:
            same.append(mutation.words)


class _Kept:
    """Mutants that are made once, as far as they were asked for."""

    def __init__(self, graph: StrategyGraph, *, wide: bool, families: tuple[str, ...]) -> None:
        self._left = find_mutants(graph, wide=wide, families=families)
        self._made: list[Mutant] = []
        self._lock = threading.Lock()

    def __iter__(self) -> Iterator[Mutant]:
        for place in itertools.count():
            with self._lock:
                while len(self._made) <= place:
                    try:
                        self._made.append(next(self._left))
                    except StopIteration:
                        return
            yield self._made[place]


@lru_cache(maxsize=4)
def _kept(text: str, wide: bool, families: tuple[str, ...]) -> _Kept:
    return _Kept(StrategyGraph.from_json(text), wide=wide, families=families)


def kept_mutants(
    graph: StrategyGraph, *, wide: bool = False, families: Sequence[str] = _ALL
) -> Iterator[Mutant]:
    """As ``find_mutants``; those of the strategies looked at last are made once."""
    return iter(_kept(graph.to_json(), wide, tuple(families)))


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
        change_actions,
    )
    for change in changes:
        for node in nodes:
            yield from change(graph, node)
    if late := all_late(graph, [node for node in nodes if node.kind.startswith("condition.")]):
        yield late


def _built(build: Callable[[], StrategyGraph]) -> StrategyGraph | None:
    """A changed strategy; None if such a strategy cannot be."""
    try:
        graph = build()
    except GraphEditError:
        return None
    errors = {item.code for item in validate(graph) if item.severity == "error"}
    return None if errors - _BEARABLE else graph


def shape_of(source: str) -> str:
    """What code says, without comments, texts and layout."""
    tree = parse_python(source)
    tree.body = tree.body[1:]  # the docstring says what was changed
    return ast.dump(tree)
