"""Tells which outputs of a graph are equal on every bar, though they are of different nodes."""

from collections.abc import Hashable, Mapping, Sequence
from graphlib import TopologicalSorter

from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.document import Node, StrategyGraph
from stratcraft_jupyter.graph.params import has_effect, param_value
from stratcraft_jupyter.graph.series_rules import series_qualities

_MIRRORED = {
    "condition.crosses_below": "condition.crosses_above",
    "condition.crosses_above": "condition.crosses_above",
}
_UNORDERED = ("logic.and", "logic.or", "math.minimum", "math.maximum")
_SWAPPED = ("math.add", "math.multiply", "condition.crosses")
_TYPES = ("series", "signal", "bars")


class Identities:
    """A number for every output and every constant: equal outputs have the same number.

    Attributes:
        of: The number of each ``"node.port"``.
        constants: The value of each number that stands for a constant.
        shown: For each number, the first output in document order that has it.
    """

    def __init__(self, graph: StrategyGraph) -> None:
        self._graph = graph
        self._known: dict[Hashable, int] = {}
        self._inner_of_not: dict[int, int] = {}
        self.of: dict[str, int] = {}
        self.constants: dict[int, float] = {}
        numbers = {name: quality.number for name, quality in series_qualities(graph).items()}
        before = {
            node.id: {e.source_node for e in graph.edges_into(node.id)} for node in graph.nodes
        }
        for node_id in TopologicalSorter(before).static_order():
            self._add(graph.node(node_id), numbers)
        self.shown: dict[int, str] = {}
        for node in graph.nodes:
            for port in KINDS[node.kind].outputs:
                endpoint = f"{node.id}.{port.name}"
                if endpoint in self.of:
                    self.shown.setdefault(self.of[endpoint], endpoint)

    def number(self, value: float) -> int:
        """The number of a constant."""
        found = self.named("number", value + 0.0)  # -0.0 is 0.0
        self.constants[found] = value
        return found

    def named(self, *what: Hashable) -> int:
        """The number of what is not an output, such as a step from bar to bar."""
        return self._known.setdefault(what, len(self._known))

    def operand(self, node: Node, port: str, param: str) -> int:
        """What an input reads, or the number that the parameter gives in its place."""
        edges = self._graph.edges_into(node.id, port)
        if edges:
            return self.of[edges[0].source]
        declared = KINDS[node.kind].param(param)
        return self.number(float(param_value(node, declared)) if declared else 0.0)

    def inputs(self, node: Node, port: str) -> list[int]:
        """What an input reads, in the order of the document."""
        return [self.of[edge.source] for edge in self._graph.edges_into(node.id, port)]

    def _add(self, node: Node, numbers: Mapping[str, float | None]) -> None:
        outputs = [port for port in KINDS[node.kind].outputs if port.type in _TYPES]
        for port in outputs:
            endpoint = f"{node.id}.{port.name}"
            constant = numbers.get(endpoint)
            if constant is not None:
                self.of[endpoint] = self.number(constant)
            elif port.type == "signal" and len(outputs) == 1:
                self.of[endpoint] = self._signal(node)
            else:
                self.of[endpoint] = self.named(self._made(node), port.name)

    def _signal(self, node: Node) -> int:
        """A condition, with the ways of writing the same condition told apart from others."""
        if node.kind == "regime.custom":
            return self.inputs(node, "signal")[0]
        if node.kind in ("logic.and", "logic.or"):
            distinct = set(self.inputs(node, "signals"))
            if len(distinct) == 1:
                return distinct.pop()
        if node.kind == "logic.not":
            (inner,) = self.inputs(node, "signal")
            if inner in self._inner_of_not:
                return self._inner_of_not[inner]
            found = self.named("logic.not", inner)
            self._inner_of_not[found] = inner
            return found
        if node.kind == "condition.compare":
            return self._comparison(node)
        if node.kind in _MIRRORED:
            pair = self.operand(node, "left", "value"), self.operand(node, "right", "value")
            sides = pair if node.kind == "condition.crosses_above" else pair[::-1]
            return self.named(_MIRRORED[node.kind], *sides)
        return self.named(self._made(node))

    def _comparison(self, node: Node) -> int:
        operator = KINDS[node.kind].param("operator")
        sign = str(param_value(node, operator)) if operator else ">"
        sides = self.operand(node, "left", "value"), self.operand(node, "right", "value")
        if sign.startswith("<"):
            sides, sign = sides[::-1], sign.replace("<", ">")
        return self.named(node.kind, sign, *sides)

    def _made(self, node: Node) -> Hashable:
        """Kind, parameters that count, and inputs of a node."""
        kind = KINDS[node.kind]
        params = [
            (param.name, param_value(node, param))
            for param in kind.params
            if has_effect(self._graph, node, param) and param.unless_connected is None
        ]
        given: list[tuple[str, Sequence[int]]] = []
        for port in kind.inputs:
            if port.type in _TYPES:
                given.append((port.name, self.inputs(node, port.name)))
        for param in kind.params:
            if param.unless_connected and has_effect(self._graph, node, param):
                value = param_value(node, param)
                given.append((param.unless_connected, [self.number(float(value))]))
        return kind.name, tuple(params), self._ordered(kind.name, given)

    def _ordered(self, kind: str, given: list[tuple[str, Sequence[int]]]) -> Hashable:
        """The inputs, without an order or repetitions where neither means anything."""
        numbers = [number for _, found in given for number in found]
        if kind in _UNORDERED:
            return tuple(sorted(set(numbers)))
        if kind == "logic.vote" or (kind in _SWAPPED and len(numbers) == 2):
            return tuple(sorted(numbers))
        return tuple((name, tuple(found)) for name, found in given)
