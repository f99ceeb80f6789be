"""A strategy in plain English: one phrase a node, one sentence an action."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.catalog.base import Kind
from stratcraft_jupyter.graph.describe import (
    actions,
    candles,
    conditions,
    data,
    expressions,
    limits,
    logic,
    math,
    protection,
    regimes,
    sizing,
    times,
)
from stratcraft_jupyter.graph.describe.reader import Phrases, Reader
from stratcraft_jupyter.graph.describe.words import bare, listed, lowered, sentence, visible
from stratcraft_jupyter.graph.document import Node, StrategyGraph, active_part
from stratcraft_jupyter.graph.params import param_value

__all__ = [
    "Sentence",
    "describe",
    "describe_node",
    "describe_nodes",
    "node_sentence",
    "sentences_of",
]

_FAMILIES = (
    data.PHRASES,
    math.PHRASES,
    conditions.PHRASES,
    expressions.PHRASES,
    times.PHRASES,
    candles.PHRASES,
    logic.PHRASES,
    regimes.PHRASES,
    actions.PHRASES,
    sizing.PHRASES,
    protection.PHRASES,
    limits.PHRASES,
)

_PHRASES = Phrases(
    {kind: phrase for family in _FAMILIES for kind, phrase in family.nodes.items()},
    {kind: phrase for family in _FAMILIES for kind, phrase in family.outputs.items()},
)

_ORDER = {kind: place for place, kind in enumerate(KINDS)}
_SIGNALS = ("condition", "logic", "regime")
MOST_MEANINGS = 100
"""How many nodes have a sentence of their own at the end."""


def describe_node(graph: StrategyGraph, node_id: str) -> str:
    """One node as a phrase, such as ``"RSI(14) of close is below 30"``.

    An input that is not connected reads as an ellipsis, and what would be too long as its name in
    quotes; the phrase of a node of unknown kind is its kind's name.

    Raises:
        UnknownNameError: The node does not exist.
    """
    node = graph.node(node_id)
    return _reader_for(graph, node).node(node)


def _reader_for(graph: StrategyGraph, node: Node) -> Reader:
    """Reads the active strategy; a disabled node as if all were active."""
    return Reader(active_part(graph) if node.enabled else graph, _PHRASES)


def describe_nodes(graph: StrategyGraph) -> Mapping[str, str]:
    """Every node as a phrase, by its id; one reading of the graph serves them all."""
    reader = Reader(active_part(graph), _PHRASES)
    return {
        node.id: reader.node(node) if node.enabled else describe_node(graph, node.id)
        for node in graph.nodes
    }


def node_sentence(graph: StrategyGraph, node_id: str) -> str:
    """One node as a sentence, such as ``"True when RSI(14) of close is below 30."``.

    Raises:
        UnknownNameError: The node does not exist.
    """
    node = graph.node(node_id)
    kind = KINDS.get(node.kind)
    if kind is None:
        return f"{visible(node.kind)} is a kind of node that this version does not know."
    phrase = bare(_reader_for(graph, node).node(node))
    if kind.family in _SIGNALS:
        return sentence(f"true when {phrase}")
    if kind.family == "sizing":
        return sentence(f"an entry with {phrase}")
    return sentence(f"{phrase}{_lines(kind)}")


def _lines(kind: Kind) -> str:
    """The outputs of a kind that computes several."""
    if len(kind.outputs) < 2 or kind.family == "data":
        return ""
    return f": {listed([lowered(port.title) for port in kind.outputs])}"


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
    reader = Reader(active_part(graph), _PHRASES, is_whole=True)
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
        is_signal = KINDS[node.kind].family in _SIGNALS
        said_of_it = f"{reader.name(node)} means {'that ' * is_signal}{bare(reader.node(node))}."
        yield Sentence(said_of_it, node.id)
