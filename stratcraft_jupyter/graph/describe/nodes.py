"""One node in words: as a phrase, as a sentence, and as it reads in a row of the table."""

from collections.abc import Mapping
from functools import cached_property

from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.catalog.base import Kind
from stratcraft_jupyter.graph.describe import actions
from stratcraft_jupyter.graph.describe.phrases import PHRASES
from stratcraft_jupyter.graph.describe.reader import GAP, Reader
from stratcraft_jupyter.graph.describe.words import bare, listed, lowered, sentence, visible
from stratcraft_jupyter.graph.document import Node, StrategyGraph, active_part
from stratcraft_jupyter.graph.edit import set_enabled

SIGNALS = ("condition", "logic", "regime")
"""Families whose nodes are true or false."""


class NodeReader:
    """Reads nodes of one strategy: what is enabled as it runs, the rest as if all were enabled.

    A node goes by one name in all phrases, also where another of its title is disabled.

    Attributes:
        graph: The strategy.
    """

    def __init__(self, graph: StrategyGraph) -> None:
        self.graph = graph

    @cached_property
    def _active(self) -> Reader:
        return Reader(active_part(self.graph), PHRASES, named_in=self.graph)

    @cached_property
    def _whole(self) -> Reader:
        return Reader(_enabled(self.graph), PHRASES)

    def _reader_for(self, node: Node) -> Reader:
        return self._active if node.enabled else self._whole

    def phrase(self, node_id: str, output: str = "") -> str:
        """A node, or one of its outputs, as a phrase; one that says nothing yet by its name."""
        node = self.graph.node(node_id)
        reader = self._reader_for(node)
        said = reader.output(node, output) if output else reader.node(node)
        if said != GAP:
            return said
        is_fed = bool(self.graph.edges_into(node_id))
        return f"{reader.title(node)}{f' of {GAP}' if is_fed else ', without inputs'}"

    def sentence(self, node_id: str) -> str:
        """A node as a sentence."""
        node = self.graph.node(node_id)
        return _sentence(self._reader_for(node), node)

    def entry(self, node_id: str) -> str:
        """An entry without what is connected to it: ``"Buy dip: enter long, priority 2"``."""
        node = self.graph.node(node_id)
        return actions.entry_words(self._reader_for(node), node)

    def confirmation(self, entry_id: str, phrase: str) -> str:
        """What confirms an entry, with the bars in which it may."""
        entry = self.graph.node(entry_id)
        return actions.confirmation(self._reader_for(entry), entry, phrase)

    def default_size(self) -> str:
        """What an entry buys that has no size of its own."""
        return actions.default_size(self._active)

    def name(self, node_id: str) -> str:
        """What a node is called; with its id where others are called so."""
        node = self.graph.node(node_id)
        return self._reader_for(node).title(node)


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
    return Reader(active_part(graph) if node.enabled else _enabled(graph), PHRASES)


def _enabled(graph: StrategyGraph) -> StrategyGraph:
    """The strategy as if nothing in it were disabled."""
    return set_enabled(graph, [node.id for node in graph.nodes if not node.enabled], True)


def describe_nodes(graph: StrategyGraph) -> Mapping[str, str]:
    """Every node as a phrase, by its id; one reading of the graph serves them all."""
    active = Reader(active_part(graph), PHRASES)
    whole = Reader(_enabled(graph), PHRASES)
    return {node.id: (active if node.enabled else whole).node(node) for node in graph.nodes}


def node_sentence(graph: StrategyGraph, node_id: str) -> str:
    """One node as a sentence, such as ``"True when RSI(14) of close is below 30."``.

    Raises:
        UnknownNameError: The node does not exist.
    """
    node = graph.node(node_id)
    return _sentence(_reader_for(graph, node), node)


def _sentence(reader: Reader, node: Node) -> str:
    kind = KINDS.get(node.kind)
    if kind is None:
        return f"{visible(node.kind)} is a kind of node that this version does not know."
    phrase = bare(reader.node(node))
    if kind.family in SIGNALS:
        return sentence(f"true when {phrase}")
    if kind.family == "sizing":
        return sentence(f"an entry with {phrase}")
    return sentence(f"{phrase}{_lines(kind)}")


def _lines(kind: Kind) -> str:
    """The outputs of a kind that computes several."""
    if len(kind.outputs) < 2 or kind.family == "data":
        return ""
    return f": {listed([lowered(port.title) for port in kind.outputs])}"
