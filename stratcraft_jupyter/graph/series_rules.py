"""Rules about series: which of them have a history, a value on every bar, and one clock."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter

from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.catalog.base import Port
from stratcraft_jupyter.graph.connecting import node_title
from stratcraft_jupyter.graph.document import Edge, Node, StrategyGraph
from stratcraft_jupyter.graph.params import has_effect, param_value


@dataclass(frozen=True, slots=True)
class Quality:
    """What a series is like.

    Attributes:
        momentary: Known only now, without a history.
        gaps: Without a value on some bars.
        clocks: The bars it moves with: the strategy's (empty), or a timeframe, with the symbol
            if it is another one's. Several if it mixes them; none for a number.
        number: The number it is on every bar, if it is one.
    """

    momentary: bool = False
    gaps: bool = False
    clocks: frozenset[str] = frozenset({""})
    number: float | None = None


def series_qualities(graph: StrategyGraph) -> Mapping[str, Quality]:
    """The quality of every output of series or bars, by ``"node.port"``; of a sound graph."""
    nodes = {node.id: node for node in graph.nodes}
    before: dict[str, set[str]] = {node_id: set() for node_id in nodes}
    for edge in graph.edges:
        before[edge.target_node].add(edge.source_node)
    found: dict[str, Quality] = {}
    for node_id in TopologicalSorter(before).static_order():
        node = nodes[node_id]
        quality = _quality(graph, node, found)
        for port in KINDS[node.kind].outputs:
            if port.type in ("series", "bars"):
                gaps = port.gaps or quality.gaps
                found[f"{node_id}.{port.name}"] = replace(quality, gaps=gaps)
    return found


def _quality(graph: StrategyGraph, node: Node, found: Mapping[str, Quality]) -> Quality:
    kind = KINDS[node.kind]
    if kind.name == "data.position":
        return Quality(momentary=True)
    if kind.name == "data.timeframe":
        return Quality(clocks=frozenset({_clock_of_timeframe(graph, node)}))
    if kind.name == "math.constant":
        return Quality(clocks=frozenset(), number=_param(node, "value"))
    inputs = [found[edge.source] for _, edge in _series_inputs(graph, node)]
    clocks: frozenset[str] = frozenset().union(*(quality.clocks for quality in inputs))
    if kind.family != "math":
        return Quality(clocks=clocks or frozenset({""}))
    return Quality(
        any(quality.momentary for quality in inputs),
        any(quality.gaps for quality in inputs),
        clocks,
        _folded(graph, node, inputs),
    )


def _clock_of_timeframe(graph: StrategyGraph, node: Node) -> str:
    givers = [graph.node(edge.source_node) for edge in graph.edges_into(node.id, "bars")]
    symbols = [_text(giver, "symbol") for giver in givers]
    return " ".join([*symbols, _text(node, "timeframe")]).strip()


def _text(node: Node, name: str) -> str:
    param = KINDS[node.kind].param(name)
    return str(param_value(node, param)).strip() if param else ""


def _series_inputs(graph: StrategyGraph, node: Node) -> list[tuple[Port, Edge]]:
    return [
        (port, edge)
        for port in KINDS[node.kind].inputs
        if port.type in ("series", "bars")
        for edge in graph.edges_into(node.id, port.name)
    ]


def _param(node: Node, name: str) -> float | None:
    param = KINDS[node.kind].param(name)
    value = param_value(node, param) if param else None
    return float(value) if isinstance(value, int | float) else None


_FOLDS: Mapping[str, Callable[[Sequence[float]], float]] = {
    "math.shift": lambda numbers: numbers[0],
    "math.add": sum,
    "math.subtract": lambda numbers: numbers[0] - numbers[1],
    "math.multiply": lambda numbers: _product(numbers),
    "math.divide": lambda numbers: numbers[0] / numbers[1] if numbers[1] else 0.0,
    "math.absolute": lambda numbers: abs(numbers[0]),
    "math.minimum": min,
    "math.maximum": max,
    "math.change": lambda numbers: 0.0,
}


def _product(numbers: Sequence[float]) -> float:
    found = 1.0
    for number in numbers:
        found *= number
    return found


def _folded(graph: StrategyGraph, node: Node, inputs: Sequence[Quality]) -> float | None:
    """The number that arithmetic on numbers alone comes to."""
    numbers = [quality.number for quality in inputs]
    value = KINDS[node.kind].param("value")
    if value and has_effect(graph, node, value):
        numbers.append(_param(node, "value"))
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers) or node.kind not in _FOLDS:
        return None
    return _FOLDS[node.kind](known)


def _looks_back(node: Node, port: Port) -> bool:
    return port.type == "series" and (port.history or KINDS[node.kind].family == "indicator")


def no_history(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC108: what looks back over bars cannot read a series that is known only now."""
    qualities = series_qualities(graph)
    for node in graph.nodes:
        for port, edge in _series_inputs(graph, node):
            if _looks_back(node, port) and qualities[edge.source].momentary:
                yield Diagnostic(
                    "SC108",
                    "error",
                    f"{port.title} of {node_title(node)} looks back over bars, and "
                    f"{_said(graph, edge)} is known only now.",
                    "Use Compare or Between there, or a series that does not depend on the "
                    "position.",
                    node.id,
                    port.name,
                    str(edge),
                )


def missing_values(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC109: an input that needs a value on every bar cannot read a series with gaps."""
    qualities = series_qualities(graph)
    for node in graph.nodes:
        for port, edge in _series_inputs(graph, node):
            if port.type == "series" and not port.gaps and qualities[edge.source].gaps:
                yield Diagnostic(
                    "SC109",
                    "error",
                    f"{port.title} of {node_title(node)} needs a value on every bar, and "
                    f"{_said(graph, edge)} is missing on some.",
                    "Read it in Compare, Between or a cross, or connect a series that has a "
                    "value on every bar.",
                    node.id,
                    port.name,
                    str(edge),
                )


def mixed_bars(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC110: what looks back over bars cannot read series that move with different bars."""
    qualities = series_qualities(graph)
    for node in graph.nodes:
        inputs = _series_inputs(graph, node)
        clocks = frozenset().union(*(qualities[edge.source].clocks for _, edge in inputs))
        looking = [port for port, _ in inputs if _looks_back(node, port) and not port.gaps]
        if len(clocks) > 1 and looking:
            names = " and ".join(_bars_named(clock) for clock in sorted(clocks))
            coarse = next(_bars_named(clock) for clock in sorted(clocks, reverse=True))
            yield Diagnostic(
                "SC110",
                "error",
                f"{node_title(node)} looks back over bars, and what it reads moves with {names}.",
                f"Put the whole calculation on {coarse}, or on the strategy's own.",
                node.id,
                looking[0].name,
            )


def division_by_zero(graph: StrategyGraph) -> Iterator[Diagnostic]:
    """SC111: a division by the number 0 has no result on any bar."""
    qualities = series_qualities(graph)
    for node in graph.nodes:
        if node.kind == "math.divide":
            edges = graph.edges_into(node.id, "right")
            divisor = qualities[edges[0].source].number if edges else _param(node, "value")
            if divisor == 0:
                yield Diagnostic(
                    "SC111",
                    "error",
                    f"{node_title(node)} divides by 0 on every bar.",
                    "Connect another series to Right, or give another Value.",
                    node.id,
                    "right" if edges else "value",
                )


def _bars_named(clock: str) -> str:
    return f"the {clock} bars" if clock else "the strategy's bars"


def _said(graph: StrategyGraph, edge: Edge) -> str:
    giver = graph.node(edge.source_node)
    outputs = KINDS[giver.kind].outputs
    port = KINDS[giver.kind].output(edge.source_port)
    if len(outputs) == 1 or port is None:
        return node_title(giver)
    return f"{port.title} of {node_title(giver)}"


RULES: tuple[Callable[[StrategyGraph], Iterator[Diagnostic]], ...] = (
    no_history,
    missing_values,
    mixed_bars,
    division_by_zero,
)
