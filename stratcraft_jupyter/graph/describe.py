"""A strategy in plain English: one phrase a node, one sentence an action."""

from collections.abc import Callable, Mapping

from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.catalog.base import Param, Value
from stratcraft_jupyter.graph.connecting import node_title
from stratcraft_jupyter.graph.document import Node, StrategyGraph
from stratcraft_jupyter.graph.params import has_effect, param_value

_GAP = "…"
"""Stands where an input is not connected."""

_MAX_PARTS = 12


def describe_node(graph: StrategyGraph, node_id: str) -> str:
    """One node as a phrase, such as ``"RSI(14) of close is below 30"``.

    An input that is not connected reads as an ellipsis; the phrase of a node of unknown kind is
    its kind's name.

    Raises:
        UnknownNameError: The node does not exist.
    """
    return _Reader(graph).node(graph.node(node_id))


def describe_nodes(graph: StrategyGraph) -> Mapping[str, str]:
    """Every node as a phrase, by its id; one reading of the graph serves them all."""
    reader = _Reader(graph)
    return {node.id: reader.node(node) for node in graph.nodes}


def describe(graph: StrategyGraph) -> tuple[str, ...]:
    """The whole strategy as sentences: entries, exits, sizes and stops."""
    reader = _Reader(graph)
    actions = [node for node in graph.nodes if node.kind.startswith("action.")]
    order = list(KINDS)
    actions.sort(key=lambda node: order.index(node.kind))
    sentences = [_sentence(reader.node(node)) for node in actions]
    stops = [node for node in graph.nodes if node.kind.startswith("risk.")]
    return (*sentences, *(_sentence(reader.node(node)) for node in stops))


def _sentence(phrase: str) -> str:
    return f"{phrase[:1].upper()}{phrase[1:]}."


class _Reader:
    """Reads nodes of one graph; a sub-graph that is deep or long to say goes by its name."""

    _MAX_DEPTH = 8
    _MAX_LENGTH = 240

    def __init__(self, graph: StrategyGraph) -> None:
        self.graph = graph
        self._nodes = {node.id: node for node in graph.nodes}
        self._said: dict[tuple[str, int], str] = {}
        self._depth = 0

    def node(self, node: Node) -> str:
        """The node as a phrase."""
        if node.kind not in KINDS:
            return node.kind
        if self._depth >= self._MAX_DEPTH:
            return node_title(node)
        key = (node.id, self._depth)
        if key not in self._said:
            self._depth += 1
            phrase = _PHRASES.get(node.kind, _indicator)(self, node)
            self._depth -= 1
            too_long = len(phrase) > self._MAX_LENGTH and self._depth > 0
            self._said[key] = node_title(node) if too_long else phrase
        return self._said[key]

    def inputs(self, node: Node, port: str) -> list[str]:
        """Phrases of all outputs connected to an input."""
        return [
            self._output(edge.source_node, edge.source_port)
            for edge in self.graph.edges_into(node.id, port)
        ]

    def input(self, node: Node, port: str) -> str:
        """Phrase of what is connected to an input, or the ellipsis."""
        return next(iter(self.inputs(node, port)), _GAP)

    def param(self, node: Node, name: str) -> Value:
        """Value of a parameter."""
        param = KINDS[node.kind].param(name)
        return param_value(node, param) if param else _GAP

    def _output(self, node_id: str, port: str) -> str:
        node = self._nodes[node_id]
        if node.kind == "data.bars":
            return port
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


_SHORT = {
    "indicator.sma": "SMA",
    "indicator.ema": "EMA",
    "indicator.wma": "WMA",
    "indicator.rsi": "RSI",
    "indicator.macd": "MACD",
    "indicator.atr": "ATR",
}


def _indicator(reader: _Reader, node: Node) -> str:
    kind = KINDS[node.kind]
    name = _SHORT.get(node.kind, kind.title)
    shown = [number(reader.param(node, param.name)) for param in kind.params]
    text = f"{name}({', '.join(shown)})" if shown else name
    if kind.input("source"):
        return f"{text} of {reader.input(node, 'source')}"
    return text


def _bars(reader: _Reader, node: Node) -> str:
    return "the bars"


def _constant(reader: _Reader, node: Node) -> str:
    return number(reader.param(node, "value"))


def _shift(reader: _Reader, node: Node) -> str:
    bars = reader.param(node, "bars")
    ago = "one bar ago" if bars == 1 else f"{number(bars)} bars ago"
    return f"{reader.input(node, 'source')} {ago}"


def _right(reader: _Reader, node: Node) -> str:
    value = KINDS[node.kind].param("value")
    if value and has_effect(reader.graph, node, value):
        return number(reader.param(node, "value"))
    return reader.input(node, "right")


def _compare(reader: _Reader, node: Node) -> str:
    words = {">": "is above", ">=": "is at or above", "<": "is below", "<=": "is at or below"}
    operator = words.get(str(reader.param(node, "operator")), "is")
    return f"{reader.input(node, 'left')} {operator} {_right(reader, node)}"


def _crosses(direction: str) -> Callable[[_Reader, Node], str]:
    def phrase(reader: _Reader, node: Node) -> str:
        return f"{reader.input(node, 'left')} crosses {direction} {_right(reader, node)}"

    return phrase


def _joined(word: str) -> Callable[[_Reader, Node], str]:
    def phrase(reader: _Reader, node: Node) -> str:
        parts = reader.inputs(node, "signals") or [_GAP]
        if len(parts) > _MAX_PARTS:
            parts = [*parts[:_MAX_PARTS], f"{len(parts) - _MAX_PARTS} more"]
        if len(parts) == 1:
            return parts[0]
        return f"({f' {word} '.join(parts)})"

    return phrase


def _not(reader: _Reader, node: Node) -> str:
    return f"not ({reader.input(node, 'signal')})"


def _enter(side: str) -> Callable[[_Reader, Node], str]:
    def phrase(reader: _Reader, node: Node) -> str:
        size = reader.inputs(node, "size")
        amount = size[0] if size else _default_size(reader.graph)
        return f"enter {side} when {reader.input(node, 'when')}, with {amount}"

    return phrase


def _default_size(graph: StrategyGraph) -> str:
    return f"{number(graph.backtest.sizing_percent)} % of equity"


def _exit(side: str) -> Callable[[_Reader, Node], str]:
    return lambda reader, node: f"exit {side} when {reader.input(node, 'when')}"


def _size(text: str) -> Callable[[_Reader, Node], str]:
    def phrase(reader: _Reader, node: Node) -> str:
        values = {param.name: number(reader.param(node, param.name)) for param in _params(node)}
        return text.format(**values)

    return phrase


def _params(node: Node) -> tuple[Param, ...]:
    return KINDS[node.kind].params


def _stop(what: str) -> Callable[[_Reader, Node], str]:
    def phrase(reader: _Reader, node: Node) -> str:
        if reader.graph.edges_into(node.id, "distance"):
            multiple = number(reader.param(node, "multiple"))
            distance = f"{multiple} x {reader.input(node, 'distance')}"
        else:
            distance = f"{number(reader.param(node, 'percent'))} %"
        owners = [edge.source_node for edge in reader.graph.edges_into(node.id, "entry")]
        sides = sorted({_side(reader.graph.node(owner)) for owner in owners})
        who = f"{' and '.join(sides)} positions" if sides else _GAP
        return f"protect {who} with a {what} {distance} away"

    return phrase


def _side(node: Node) -> str:
    return node.kind.rpartition("_")[2]


_PHRASES: Mapping[str, Callable[[_Reader, Node], str]] = {
    "data.bars": _bars,
    "math.constant": _constant,
    "math.shift": _shift,
    "condition.compare": _compare,
    "condition.crosses_above": _crosses("above"),
    "condition.crosses_below": _crosses("below"),
    "logic.and": _joined("and"),
    "logic.or": _joined("or"),
    "logic.not": _not,
    "action.enter_long": _enter("long"),
    "action.enter_short": _enter("short"),
    "action.exit_long": _exit("long"),
    "action.exit_short": _exit("short"),
    "sizing.fixed_shares": _size("{shares} shares"),
    "sizing.fixed_cash": _size("{cash} in cash"),
    "sizing.percent_of_equity": _size("{percent} % of equity"),
    "sizing.risk": _size("{percent} % of equity at risk (at most {max_percent} % invested)"),
    "risk.stop_loss": _stop("stop loss"),
    "risk.trailing_stop": _stop("trailing stop"),
}
