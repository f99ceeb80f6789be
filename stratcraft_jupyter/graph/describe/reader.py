"""Reads the nodes of one graph as phrases; what each kind says is in the files beside this one."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.catalog.base import Value
from stratcraft_jupyter.graph.connecting import node_title
from stratcraft_jupyter.graph.describe.words import line_name, lowered, number, quoted, visible
from stratcraft_jupyter.graph.document import Node, StrategyGraph
from stratcraft_jupyter.graph.expressions import Expansion, expansion
from stratcraft_jupyter.graph.params import has_effect, param_value

GAP = "…"
"""Stands where an input is not connected."""

Phrase = Callable[["Reader", Node], str]
"""Says a node."""

OutputPhrase = Callable[["Reader", Node, str], str]
"""Says one output of a node."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """What kinds say.

    Attributes:
        nodes: By kind; a kind that is not here is said as an indicator is.
        outputs: By kind, for kinds whose outputs have phrases of their own.
    """

    nodes: Mapping[str, Phrase] = field(default_factory=dict)
    outputs: Mapping[str, OutputPhrase] = field(default_factory=dict)


class Reader:
    """Reads nodes of one graph; a sub-graph that is deep or long to say goes by its name.

    Attributes:
        graph: The graph.
        is_whole: Whether the whole strategy is read, so that entries are told apart.
        most_parts: How many of the signals that one node joins are said.
        named: Ids of the nodes that went by their names since it was last emptied.
    """

    _MAX_DEPTH = 8
    _MAX_LENGTH = 240

    def __init__(
        self,
        graph: StrategyGraph,
        phrases: Phrases,
        *,
        is_whole: bool = False,
        named_in: StrategyGraph | None = None,
    ) -> None:
        self.graph = graph
        self.is_whole = is_whole
        self.most_parts = 100 if is_whole else 12
        self.named: dict[str, None] = {}
        self._phrases = phrases
        self._nodes = {node.id: node for node in graph.nodes}
        titled = graph if named_in is None else named_in
        self._titles = Counter(visible(node_title(node)) for node in titled.nodes)
        self._said: dict[tuple[str, int], tuple[str, dict[str, None]]] = {}
        self._depth = 0
        self._expanded: tuple[Reader, Expansion] | None = None

    def node(self, node: Node) -> str:
        """The node as a phrase."""
        if node.kind not in KINDS:
            return visible(node.kind)
        key = (node.id, self._depth)
        if key not in self._said:
            self._said[key] = self._read(node)
        phrase, named = self._said[key]
        self.named |= named
        return phrase

    def _read(self, node: Node) -> tuple[str, dict[str, None]]:
        """The node as a phrase, and the nodes that go by their names in it."""
        shortened = self._called(node), {node.id: None}
        if self._depth >= self._MAX_DEPTH:
            return shortened
        outside, self.named = self.named, {}
        self._depth += 1
        found = self._phrases.nodes.get(node.kind, indicator)(self, node), self.named
        self._depth -= 1
        self.named = outside
        too_long = len(found[0]) > self._MAX_LENGTH and self._depth > 0
        return shortened if too_long else found

    def _called(self, node: Node) -> str:
        """The name of a node in the place of its phrase."""
        is_signal = any(port.type == "signal" for port in KINDS[node.kind].outputs)
        return f"{self.name(node)}{' is true' if is_signal else ''}"

    def goes_by_name(self, node: Node) -> bool:
        """Whether the node is too long to be said here."""
        return node.kind in KINDS and self.node(node) == self._called(node)

    def name(self, node: Node) -> str:
        """What the node is called on screen, in quotes; with its id where others are called so."""
        return quoted(self.title(node))

    def title(self, node: Node) -> str:
        """The name without the quotes."""
        title = visible(node_title(node))
        return title if self._titles[title] == 1 else f"{title} [{node.id}]"

    def of_kind(self, *starts: str) -> Iterator[Node]:
        """The nodes whose kinds start so."""
        return (node for node in self.graph.nodes if node.kind.startswith(starts))

    def inputs(self, node: Node, port: str) -> list[str]:
        """Phrases of all outputs connected to an input."""
        return [
            self.output(self._nodes[edge.source_node], edge.source_port)
            for edge in self.graph.edges_into(node.id, port)
        ]

    def input(self, node: Node, port: str) -> str:
        """Phrase of what is connected to an input, or the ellipsis."""
        return next(iter(self.inputs(node, port)), GAP)

    def sources(self, node: Node, port: str) -> list[tuple[Node, str]]:
        """The nodes and outputs connected to an input."""
        edges = self.graph.edges_into(node.id, port)
        return [(self._nodes[edge.source_node], edge.source_port) for edge in edges]

    def of_bars(self, node: Node, word: str = "of") -> str:
        """Which bars the node reads, such as " of weekly bars"; nothing for the strategy's own."""
        whole = next(iter(self.inputs(node, "bars")), "bars")
        return "" if whole == "bars" else f" {word} {whole}"

    def param(self, node: Node, name: str) -> Value:
        """Value of a parameter."""
        param = KINDS[node.kind].param(name)
        return param_value(node, param) if param else GAP

    def number(self, node: Node, name: str) -> str:
        """A parameter as people write it."""
        return number(self.param(node, name))

    def input_or_number(self, node: Node, port: str, name: str = "value") -> str:
        """Phrase of what is connected to an input, or the parameter that stands for it."""
        param = KINDS[node.kind].param(name)
        if param and has_effect(self.graph, node, param):
            return number(param_value(node, param))
        return self.input(node, port)

    def expanded(self) -> tuple["Reader", Expansion]:
        """The same for the graph without expressions."""
        if self._expanded is None:
            found = expansion(self.graph)
            self._expanded = Reader(found.graph, self._phrases), found
        return self._expanded

    def output(self, node: Node, port: str) -> str:
        """One output of a node as a phrase."""
        if node.kind in self._phrases.outputs:
            return self._phrases.outputs[node.kind](self, node, port)
        phrase = self.node(node)
        kind = KINDS.get(node.kind)
        if kind and len(kind.outputs) > 1:
            output = kind.output(port)
            title = output.title if output else port
            return phrase if title == kind.title else f"{line_name(title)} of {phrase}"
        return phrase


def indicator(reader: Reader, node: Node) -> str:
    """What most kinds say: ``RSI(14) of close``."""
    kind = KINDS[node.kind]
    shown = []
    for param in kind.params:
        value = reader.param(node, param.name)
        if isinstance(value, bool):
            shown.append(f"{lowered(param.title)}: {'yes' if value else 'no'}")
        else:
            shown.append(number(value))
    text = f"{kind.short or kind.title}({', '.join(shown)})" if shown else kind.short or kind.title
    ports = [port for port in kind.inputs if port.type == "series"]
    if ports:
        sources = ", ".join(reader.input(node, port.name) for port in ports)
        return f"{text} of {f'({sources})' if len(ports) > 1 else sources}"
    return text + reader.of_bars(node)
