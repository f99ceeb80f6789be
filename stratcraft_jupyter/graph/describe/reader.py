"""Reads the nodes of one graph as phrases; what each kind says is in the files beside this one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.catalog.base import Value
from stratcraft_jupyter.graph.connecting import node_title
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
    """Reads nodes of one graph; a sub-graph that is deep or long to say goes by its name."""

    _MAX_DEPTH = 8
    _MAX_LENGTH = 240

    def __init__(self, graph: StrategyGraph, phrases: Phrases) -> None:
        self.graph = graph
        self._phrases = phrases
        self._nodes = {node.id: node for node in graph.nodes}
        self._said: dict[tuple[str, int], str] = {}
        self._depth = 0
        self._expanded: tuple[Reader, Expansion] | None = None

    def node(self, node: Node) -> str:
        """The node as a phrase."""
        if node.kind not in KINDS:
            return node.kind
        if self._depth >= self._MAX_DEPTH:
            return node_title(node)
        key = (node.id, self._depth)
        if key not in self._said:
            self._depth += 1
            phrase = self._phrases.nodes.get(node.kind, indicator)(self, node)
            self._depth -= 1
            too_long = len(phrase) > self._MAX_LENGTH and self._depth > 0
            self._said[key] = node_title(node) if too_long else phrase
        return self._said[key]

    def inputs(self, node: Node, port: str) -> list[str]:
        """Phrases of all outputs connected to an input."""
        return [
            self.output(self._nodes[edge.source_node], edge.source_port)
            for edge in self.graph.edges_into(node.id, port)
        ]

    def input(self, node: Node, port: str) -> str:
        """Phrase of what is connected to an input, or the ellipsis."""
        return next(iter(self.inputs(node, port)), GAP)

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
            return phrase if title == kind.title else f"{title.lower()} of {phrase}"
        return phrase


def number(value: Value) -> str:
    """A parameter value as people write it: 30, 2.5, 10,000."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return f"{value:,.10g}"


def bars(count: Value) -> str:
    """A number of bars in words: one bar, 3 bars."""
    return "one bar" if count == 1 else f"{number(count)} bars"


def indicator(reader: Reader, node: Node) -> str:
    """What most kinds say: ``RSI(14) of close``."""
    kind = KINDS[node.kind]
    name = kind.short or kind.title
    shown = [number(reader.param(node, param.name)) for param in kind.params]
    text = f"{name}({', '.join(shown)})" if shown else name
    ports = [port for port in kind.inputs if port.type == "series"]
    if ports:
        sources = " and ".join(reader.input(node, port.name) for port in ports)
        return f"{text} of {sources}"
    whole = next(iter(reader.inputs(node, "bars")), "bars")
    return text if whole == "bars" else f"{text} of {whole}"
