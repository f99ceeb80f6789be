"""Mutants with the indicators that code names, in the place of those of the graph."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from stratcraft_jupyter.errors import GraphEditError
from stratcraft_jupyter.graph import (
    Edge,
    Node,
    StrategyGraph,
    add_node,
    connect,
    get_kind,
    node_title,
    param_value,
)
from stratcraft_jupyter.graph.catalog.base import Kind
from stratcraft_jupyter.verify.mutation import Mutation, rebuilt

_AVERAGES: Mapping[str, tuple[str, ...]] = {
    "sma": ("sma", "simplemovingaverage", "movingaveragesimple"),
    "ema": ("ema", "exponentialmovingaverage", "movingaverageexponential"),
    "wma": ("wma", "weightedmovingaverage", "movingaverageweighted"),
    "smma": ("smma", "smoothedmovingaverage", "movingaveragesmoothed", "wilderma"),
    "dema": ("dema", "doubleexponentialmovingaverage"),
    "tema": ("tema", "tripleexponentialmovingaverage"),
    "hma": ("hma", "hullma", "hullmovingaverage"),
    "zlema": ("zlema", "zerolagema"),
    "kama": ("kama", "adaptivemovingaverage"),
}
_OTHERS: Mapping[str, tuple[str, ...]] = {
    "rsi": ("rsi", "rsi_smma", "rsi_wilder", "rsi_safe", "relativestrengthindex"),
    "rsi_sma": ("rsi_sma", "rsi_cutler"),
    "rsi_ema": ("rsi_ema",),
    "cmo": ("cmo",),
    "williams_r": ("williamsr",),
    "roc": ("roc", "rateofchange"),
    "momentum_oscillator": ("momentumosc", "momentumoscillator"),
    "cci": ("cci", "commoditychannelindex"),
    "adx": ("adx", "averagedirectionalmovementindex"),
    "adxr": ("adxr", "averagedirectionalmovementindexrating"),
    "directional_indicator.plus": ("plusdi", "plus_di", "plusdirectionalindicator"),
    "directional_indicator.minus": ("minusdi", "minus_di", "minusdirectionalindicator"),
    "atr": ("atr", "averagetruerange"),
    "true_range": ("truerange", "trange"),
    "standard_deviation": ("stddev", "standarddeviation"),
    "highest": ("highest", "maxn"),
    "lowest": ("lowest", "minn"),
}
_NAMED = {
    name: kind for table in (_AVERAGES, _OTHERS) for kind, names in table.items() for name in names
}
_UNLIKE_OTHERS = ("rsi_sma", "rsi_ema", "cmo", "williams_r", "roc", "cci", "adxr")
"""Kinds that no other indicator of the catalog is made of."""
_OTHER, _RANGE = "in_its_place", "true_range_of_a_mutant"
_Wiring = tuple[str, str]
"""The input and the output of a node that takes the place of another."""


def said_indicators(
    graph: StrategyGraph, nodes: Sequence[Node], names: frozenset[str]
) -> Iterator[Mutation]:
    """Each indicator that the code names and the strategy has not, in the place of one it has.

    Args:
        graph: The strategy, its expressions expanded.
        nodes: The nodes to change.
        names: What the code calls or reads by name.
    """
    said = dict.fromkeys(_NAMED[low] for name in sorted(names) if (low := name.lower()) in _NAMED)
    ours = {node.kind.partition(".")[2] for node in graph.nodes}
    for node in nodes:
        if not node.kind.startswith("indicator."):
            continue
        for name in said:
            kind, _, output = name.partition(".")
            if kind not in ours:
                yield from _replacements(graph, node, get_kind(f"indicator.{kind}"), output)
            if name in _AVERAGES:
                yield from _smoothed(graph, node, get_kind(f"indicator.{name}"))


def unknown_indicators(graph: StrategyGraph, names: frozenset[str]) -> str:
    """Oscillators and the like that the code names and the strategy has not; empty if none."""
    ours = {node.kind.partition(".")[2] for node in graph.nodes}
    found = {
        get_kind(f"indicator.{kind}").title
        for name in names
        if (kind := _NAMED.get(name.lower(), "").partition(".")[0]) in _UNLIKE_OTHERS
        and kind not in ours
    }
    return " and ".join(sorted(found))


def _replacements(graph: StrategyGraph, node: Node, kind: Kind, output: str) -> Iterator[Mutation]:
    outputs = [port for port in kind.outputs if port.name == output or not output]
    own = get_kind(node.kind)
    if len(outputs) != 1 or len(own.inputs) != 1 or len(kind.inputs) != 1 or len(own.outputs) > 1:
        return
    what = f"the {kind.title}" if not output else f"the {outputs[0].title} of {kind.title}"
    period = _period(node, "period")
    for edges in _readers(graph, node, own.outputs[0].name):
        words = f"{node_title(node)} were {what}{_where(graph, node, edges)}"
        wiring = (kind.inputs[0].name, outputs[0].name)
        build = partial(_replaced, graph, node, kind, wiring, period, edges)
        yield Mutation(node.id, "indicator", words, build)


def _smoothed(graph: StrategyGraph, node: Node, average: Kind) -> Iterator[Mutation]:
    """An average inside an indicator, by another one."""
    wiring = ("source", "value")
    title = average.title.lower()
    what = f"an {title}" if title[0] in "aeiou" else f"a {title}"
    if node.kind == "indicator.atr":
        words = f"{node_title(node)} were averaged by {what}"
        period = _period(node, "period")
        for edges in _readers(graph, node, "value"):
            build = partial(_average_range, graph, node, average, period, edges)
            yield Mutation(node.id, "indicator", f"{words}{_where(graph, node, edges)}", build)
    elif node.kind in ("indicator.macd", "indicator.ppo"):
        words = f"the signal line of {node_title(node)} were {what}"
        line = f"{node.id}.{node.kind.partition('.')[2]}"
        period = _period(node, "signal_period")
        for edges in _readers(graph, node, "signal"):
            build = partial(_replaced, graph, node, average, wiring, period, edges, line)
            yield Mutation(node.id, "indicator", f"{words}{_where(graph, node, edges)}", build)
    elif node.kind == "indicator.bollinger_bands":
        words = f"the middle of {node_title(node)} were {what}"
        for edges in _readers(graph, node, "middle"):
            build = partial(_replaced, graph, node, average, wiring, _period(node, "period"), edges)
            yield Mutation(node.id, "indicator", f"{words}{_where(graph, node, edges)}", build)


def _period(node: Node, name: str) -> int | None:
    param = get_kind(node.kind).param(name)
    value = param_value(node, param) if param else None
    return value if isinstance(value, int) else None


def _readers(graph: StrategyGraph, node: Node, port: str) -> list[tuple[Edge, ...]]:
    """All edges out of an output, and each of them if there are several."""
    edges = tuple(graph.edges_from(node.id, port))
    if not edges:
        return []
    return [edges] if len(edges) == 1 else [edges, *((edge,) for edge in edges)]


def _where(graph: StrategyGraph, node: Node, edges: Sequence[Edge]) -> str:
    """Which reader it is about; empty if there is no other."""
    if len(edges) == len(graph.edges_from(node.id, edges[0].source_port)):
        return ""
    return f" where {node_title(graph.node(edges[0].target_node))} reads it"


def _replaced(
    graph: StrategyGraph,
    node: Node,
    kind: Kind,
    wiring: _Wiring,
    period: int | None,
    edges: Sequence[Edge],
    source: str = "",
) -> StrategyGraph:
    """The strategy where some edges begin at a new node, which reads what the old one does."""
    params = {"period": period} if period is not None and kind.param("period") else {}
    found = add_node(graph, kind.name, node_id=_OTHER, params=params)
    into, output = wiring
    found = connect(found, source or _source(graph, node, into), f"{_OTHER}.{into}")
    moved = tuple(
        Edge(source=f"{_OTHER}.{output}", target=edge.target) if edge in edges else edge
        for edge in found.edges
    )
    return rebuilt(found, edges=moved)


def _source(graph: StrategyGraph, node: Node, into: str) -> str:
    """What a node in the place of another reads: the same, or the bars and closes of it."""
    (edge,) = graph.edges_into(node.id)
    giver = graph.node(edge.source_node)
    if edge.target_port == into:
        return edge.source
    if not giver.kind.startswith("data."):
        raise GraphEditError("There are no bars to read.")
    return f"{giver.id}.{'close' if into == 'source' else 'bars'}"


def _average_range(
    graph: StrategyGraph, node: Node, average: Kind, period: int | None, edges: Sequence[Edge]
) -> StrategyGraph:
    found = add_node(graph, "indicator.true_range", node_id=_RANGE)
    found = connect(found, _source(graph, node, "bars"), f"{_RANGE}.bars")
    wiring = ("source", "value")
    return _replaced(found, node, average, wiring, period, edges, f"{_RANGE}.value")
