"""A strategy in plain English: one phrase a node, one sentence an action."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.describe import actions
from stratcraft_jupyter.graph.describe.nodes import (
    SIGNALS,
    NodeReader,
    describe_node,
    describe_nodes,
    node_sentence,
)
from stratcraft_jupyter.graph.describe.phrases import PHRASES
from stratcraft_jupyter.graph.describe.reader import Reader
from stratcraft_jupyter.graph.describe.words import bare, sentence
from stratcraft_jupyter.graph.document import Node, StrategyGraph, active_part
from stratcraft_jupyter.graph.params import param_value

__all__ = [
    "NodeReader",
    "Sentence",
    "describe",
    "describe_node",
    "describe_nodes",
    "node_sentence",
    "sentences_of",
]

_ORDER = {kind: place for place, kind in enumerate(KINDS)}
MOST_MEANINGS = 100
"""How many nodes have a sentence of their own at the end."""


class Sentence(NamedTuple):
    """A sentence about a strategy, and the node it is about; None if about several."""

    text: str
    node_id: str | None


def describe(graph: StrategyGraph) -> tuple[str, ...]:
    """The whole strategy as sentences: entries, exits, stops, limits; nothing disabled.

    What would be too long within a sentence goes by its name there, and has a sentence of its own
    at the end.
    """
    return tuple(item.text for item in sentences_of(graph))


def sentences_of(graph: StrategyGraph) -> tuple[Sentence, ...]:
    """What :func:`describe` says, with the node that each sentence is about."""
    reader = Reader(active_part(graph), PHRASES, is_whole=True)
    acting = sorted(reader.of_kind("action.", "risk."), key=_place)
    sentences = [Sentence(sentence(reader.node(node)), node.id) for node in acting]
    if _needs_order(acting):
        last = max(place for place, node in enumerate(acting) if _is_entry(node))
        sentences.insert(last + 1, Sentence(sentence(actions.FIRST_MATCH), None))
    return (*sentences, *_meanings(reader))


def _place(node: Node) -> tuple[int, int]:
    """Entries in the order in which they are looked at, then the rest as in the catalog."""
    param = KINDS[node.kind].param("priority") if node.kind in KINDS else None
    priority = param_value(node, param) if param else 0
    return _ORDER.get(node.kind, len(_ORDER)), priority if isinstance(priority, int) else 0


def _is_entry(node: Node) -> bool:
    return node.kind in ("action.enter_long", "action.enter_short", "action.reverse")


def _needs_order(acting: Iterable[Node]) -> bool:
    """Whether entries have priorities that no other sentence explains."""
    priorities = {_place(node)[1] for node in acting if _is_entry(node)}
    return len(priorities) > 1 and all(node.kind != "action.choice" for node in acting)


def _meanings(reader: Reader) -> Iterator[Sentence]:
    """A sentence for each node that goes by its name in a sentence before."""
    said: dict[str, None] = {}
    while pending := [node_id for node_id in reader.named if node_id not in said]:
        if len(said) >= MOST_MEANINGS:
            rest = "The rest is too much to be said in sentences; the graph shows it."
            yield Sentence(rest, None)
            return
        said[pending[0]] = None
        node = reader.graph.node(pending[0])
        is_signal = KINDS[node.kind].family in SIGNALS
        said_of_it = f"{reader.name(node)} means {'that ' * is_signal}{bare(reader.node(node))}."
        yield Sentence(said_of_it, node.id)
