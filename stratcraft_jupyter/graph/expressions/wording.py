"""Says nodes of a strategy as an expression."""

from collections.abc import Mapping, Sequence
from functools import reduce

from stratcraft_jupyter.errors import GraphEditError
from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.catalog.base import Kind, Param, Port, Value
from stratcraft_jupyter.graph.connecting import node_title
from stratcraft_jupyter.graph.document import Node, StrategyGraph
from stratcraft_jupyter.graph.expressions.arguments import params_of, ports_of
from stratcraft_jupyter.graph.expressions.kinds import INPUTS, PRICES
from stratcraft_jupyter.graph.expressions.names import default_output, function_name
from stratcraft_jupyter.graph.expressions.parser import MAX_DEPTH
from stratcraft_jupyter.graph.expressions.resolver import COMMUTING
from stratcraft_jupyter.graph.expressions.tree import (
    Arithmetic,
    ArithmeticSign,
    Call,
    Comparison,
    ComparisonSign,
    Earlier,
    Expression,
    Joined,
    JoiningWord,
    Name,
    Negative,
    Not,
    Number,
    Words,
)
from stratcraft_jupyter.graph.params import param_value

SIGNS: Mapping[str, ArithmeticSign] = {
    "math.add": "+",
    "math.subtract": "-",
    "math.multiply": "*",
    "math.divide": "/",
}
COMPARISONS: Mapping[str, ComparisonSign] = {">": ">", ">=": ">=", "<": "<", "<=": "<="}
WORDS: Mapping[str, JoiningWord] = {"logic.and": "and", "logic.or": "or"}
_OPERATORS = {*SIGNS, *WORDS, "condition.compare", "logic.not"}


def can_say(node: Node) -> bool:
    """Whether the language has a word for a node; it has none for a disabled one."""
    kind = KINDS.get(node.kind)
    return (
        node.enabled
        and kind is not None
        and (kind.name in _OPERATORS or function_name(kind) is not None)
    )


class Wording:
    """Says outputs of chosen nodes; what is not among them becomes an input.

    Attributes:
        bars: The node whose prices have names.
        said: The nodes that were said.
        outside: The outputs that became the inputs a, b, c and d.
    """

    def __init__(self, graph: StrategyGraph, inside: set[str], bars: str) -> None:
        self._graph = graph
        self._inside = {node_id for node_id in inside if self._reads_bars(graph, node_id, bars)}
        self._depth = 0
        self.bars = bars
        self.said: set[str] = set()
        self.outside: list[str] = []

    @staticmethod
    def _reads_bars(graph: StrategyGraph, node_id: str, bars: str) -> bool:
        """Whether the whole bars that a node reads, if any, are those of the expression."""
        kind = KINDS[graph.node(node_id).kind]
        ports = [port.name for port in kind.inputs if port.type == "bars"]
        edges = [edge for port in ports for edge in graph.edges_into(node_id, port)]
        return all(edge.source == f"{bars}.bars" for edge in edges)

    def output(self, endpoint: str) -> Expression:
        """An output as an expression.

        Raises:
            GraphEditError: It cannot be said.
        """
        node_id, _, port = endpoint.partition(".")
        if node_id == self.bars and port in PRICES:
            return Name(port)
        node = self._graph.node(node_id)
        if node_id not in self._inside:
            return self._input(node, port)
        if self._depth >= MAX_DEPTH:
            raise GraphEditError(
                f"{node_title(node)} is more than {MAX_DEPTH} levels deep.",
                hint="Fold a part of it.",
            )
        self.said.add(node_id)
        self._depth += 1
        found = self._said(node, KINDS[node.kind], port)
        self._depth -= 1
        return found

    def _input(self, node: Node, port: str) -> Name:
        output = KINDS[node.kind].output(port) if node.kind in KINDS else None
        if output is None or output.type != "series":
            raise GraphEditError(
                f"An expression cannot say {node_title(node)}, nor take it as an input.",
                hint="Its inputs are series.",
            )
        endpoint = f"{node.id}.{port}"
        if endpoint not in self.outside:
            self.outside.append(endpoint)
        if len(self.outside) > len(INPUTS):
            raise GraphEditError(
                f"An expression has {len(INPUTS)} inputs, and this needs more.",
                hint="Fold a part of it.",
            )
        return Name(INPUTS[self.outside.index(endpoint)])

    def _said(self, node: Node, kind: Kind, port: str) -> Expression:
        match kind.name:
            case "logic.not":
                return Not(self._from(node, "signal")[0])
            case "logic.and" | "logic.or":
                parts = self._from(node, "signals")
                return parts[0] if len(parts) == 1 else Joined(WORDS[kind.name], tuple(parts))
            case "condition.compare":
                left, right = self._from(node, "left")[0], self._right(node, kind)
                return Comparison(COMPARISONS[str(_value(node, kind, "operator"))], left, right[0])
            case "math.shift":
                return Earlier(self._from(node, "source")[0], int(_value(node, kind, "bars")))
            case "math.constant":
                return Call("constant", (_literal(_value(node, kind, "value")),))
        if kind.name in SIGNS and not self._keeps_when_zero(node, kind):
            return self._arithmetic(node, kind)
        return self._call(node, kind, port)

    def _keeps_when_zero(self, node: Node, kind: Kind) -> bool:
        """Whether a division has a result for 0 of its own, which no operator can say."""
        param = kind.param("when_zero")
        return param is not None and param_value(node, param) != param.default

    def _arithmetic(self, node: Node, kind: Kind) -> Expression:
        sign = SIGNS[kind.name]
        left = self._from(node, "left")[0]
        right = self._right(node, kind)
        changes_sides = sign in COMMUTING and bool(self._graph.edges_into(node.id, "right"))
        if isinstance(left, Call) and left.function == "constant" and not changes_sides:
            left = left.arguments[0]  # read as a constant there without saying so
        return reduce(lambda found, other: Arithmetic(sign, found, other), right, left)

    def _from(self, node: Node, port: str) -> list[Expression]:
        """What is connected to an input, at least one thing."""
        found = [self.output(edge.source) for edge in self._graph.edges_into(node.id, port)]
        if not found:
            declared = KINDS[node.kind].input(port)
            title = declared.title if declared else port
            raise GraphEditError(f"{title} of {node_title(node)} is not connected.")
        return found

    def _right(self, node: Node, kind: Kind) -> list[Expression]:
        """The right side: what is connected, or the number that stands for it."""
        if self._graph.edges_into(node.id, "right"):
            return self._from(node, "right")
        return [_literal(_value(node, kind, "value"))]

    def _call(self, node: Node, kind: Kind, port: str) -> Call:
        arguments: list[Expression] = []
        for wanted in ports_of(kind):
            arguments += self._argument(node, kind, wanted)
        params = [(param, param_value(node, param)) for param in params_of(kind)]
        changed = [(param, value) for param, value in params if value != param.default]
        takes_many = any(wanted.multiple for wanted in kind.inputs)
        keywords: list[tuple[str, Expression]] = []
        if changed == params[: len(changed)] and _are_clear(changed) and not takes_many:
            arguments += [_literal(value) for _, value in changed]
        else:
            keywords = [(param.name, _literal(value)) for param, value in changed]
        name = function_name(kind) or kind.name  # all that is inside has a name
        return Call(name, tuple(arguments), tuple(keywords), _output(kind, port))

    def _argument(self, node: Node, kind: Kind, wanted: Port) -> list[Expression]:
        if self._graph.edges_into(node.id, wanted.name):
            return self._from(node, wanted.name)
        stand_in = [param for param in kind.params if param.unless_connected == wanted.name]
        if stand_in:
            return [_literal(param_value(node, stand_in[0]))]
        return self._from(node, wanted.name)


def _value(node: Node, kind: Kind, name: str) -> Value:
    return param_value(node, next(param for param in kind.params if param.name == name))


def _output(kind: Kind, port: str) -> str:
    """What is written for an output: nothing for the one that a call without a dot means."""
    return "" if default_output(kind) == port else port


def _are_clear(params: Sequence[tuple[Param, Value]]) -> bool:
    """Whether values are clear without the names of their parameters."""
    return len(params) <= 3 and not any(isinstance(value, bool | str) for _, value in params)


def _literal(value: Value) -> Expression:
    if isinstance(value, bool):
        return Name(str(value).lower())
    if isinstance(value, str):
        return Words(value)
    number = int(value) if float(value).is_integer() else value
    return Negative(Number(-number)) if number < 0 else Number(number)
