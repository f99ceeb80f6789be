"""Mutants with an edge left out, beginning elsewhere, or one bar late."""

from collections.abc import Iterator, Sequence
from functools import partial

from stratcraft_jupyter.errors import GraphEditError
from stratcraft_jupyter.graph import (
    Edge,
    Node,
    StrategyGraph,
    add_node,
    connect,
    disconnect,
    get_kind,
    node_title,
)
from stratcraft_jupyter.verify.mutation import Mutation, rewired, titled

_PRICES = ("close", "open", "high", "low")
_MOST_OUTPUTS = 5


def change_edges(graph: StrategyGraph, node: Node) -> Iterator[Mutation]:
    """The node with each edge into it left out or changed."""
    for edge in graph.edges_into(node.id):
        yield from _left_out(graph, node, edge)
        yield from _from_elsewhere(graph, node, edge)
    yield from _swapped(graph, node)
    if node.kind.partition(".")[0] in ("condition", "regime"):
        yield from _late(graph, node)


def _left_out(graph: StrategyGraph, node: Node, edge: Edge) -> Iterator[Mutation]:
    port = get_kind(node.kind).input(edge.target_port)
    if port is None or port.type == "series":
        return
    alone = len(graph.edges_into(node.id, edge.target_port)) == 1
    if port.required and alone:
        return
    source, title = titled(graph, edge.source_node), node_title(node)
    kind = "filter dropped" if port.type == "signal" else "edge dropped"
    if port.type == "size":
        kind = "size"
    words = f"{title} did not read {source} as its {port.title.lower()}"
    if port.type == "order":
        kind = "stop missing" if node.kind.startswith("risk.") else "edge dropped"
        words = f"{title} did not belong to {source}"
    yield Mutation(node.id, kind, words, partial(disconnect, graph, edge.source, edge.target))


def _from_elsewhere(graph: StrategyGraph, node: Node, edge: Edge) -> Iterator[Mutation]:
    """The same kind of value from another output of the node that an edge begins at."""
    giver = graph.node(edge.source_node)
    outputs = [port.name for port in get_kind(giver.kind).outputs if port.type == "series"]
    if giver.kind in ("data.bars", "data.symbol", "data.timeframe"):
        outputs = [name for name in _PRICES if edge.source_port in _PRICES]
    declared = get_kind(giver.kind).output(edge.source_port)
    if declared is None or declared.type != "series":
        return
    for other in outputs[:_MOST_OUTPUTS]:
        if other == edge.source_port:
            continue
        source = f"{giver.id}.{other}"
        before = get_kind(giver.kind).output(edge.source_port)
        after = get_kind(giver.kind).output(other)
        if before is None or after is None:
            continue
        words = (
            f"{node_title(node)} read the {after.title.lower()} of {node_title(giver)} "
            f"instead of its {before.title.lower()}"
        )
        yield Mutation(node.id, "source", words, partial(rewired, graph, edge, source))


def _swapped(graph: StrategyGraph, node: Node) -> Iterator[Mutation]:
    """The two sides of a comparison or a difference the other way round."""
    left, right = (graph.edges_into(node.id, name) for name in ("left", "right"))
    if len(left) != 1 or len(right) != 1 or node.kind == "condition.crosses":
        return

    def swap() -> StrategyGraph:
        bare = disconnect(disconnect(graph, left[0].source, left[0].target), *_ends(right[0]))
        half = connect(bare, right[0].source, left[0].target)
        return connect(half, left[0].source, right[0].target)

    words = f"the two sides of {node_title(node)} were swapped"
    yield Mutation(node.id, "operator", words, swap)


def _ends(edge: Edge) -> tuple[str, str]:
    return edge.source, edge.target


def _late(graph: StrategyGraph, node: Node) -> Iterator[Mutation]:
    """A condition that is decided with the values of the bar before."""
    series = _series_into(graph, node)
    words = f"{node_title(node)} were seen one bar late"
    if series:
        yield Mutation(node.id, "one bar late", words, partial(_delayed, graph, series))
    elif graph.edges_from(node.id, "signal"):
        build = partial(_signal_delayed, graph, node)
        yield Mutation(node.id, "one bar late", words, build)


def _signal_delayed(graph: StrategyGraph, node: Node) -> StrategyGraph:
    """A signal that is made of bars, such as a candle, as it was on the bar before."""
    bars = next((item for item in graph.nodes if item.kind == "data.bars"), None)
    if bars is None:
        raise GraphEditError("There are no bars to count.")
    always, late = "always_true", "one_bar_late"
    found = add_node(graph, "condition.compare", node_id=always, params={"operator": ">"})
    found = connect(found, f"{bars.id}.close", f"{always}.left")
    found = add_node(found, "logic.sequence", node_id=late, params={"bars": 1})
    for edge in graph.edges_from(node.id, "signal"):
        found = disconnect(found, edge.source, edge.target)
        found = connect(found, f"{late}.signal", edge.target)
    found = connect(found, f"{node.id}.signal", f"{late}.first")
    return connect(found, f"{always}.signal", f"{late}.second")


def all_late(graph: StrategyGraph, conditions: Sequence[Node]) -> Mutation | None:
    """Every condition decided with the values of the bar before; None if there is one at most."""
    if len(conditions) < 2:
        return None
    series = [edge for node in conditions for edge in _series_into(graph, node)]
    words = "every signal were seen one bar late"
    return Mutation(conditions[0].id, "one bar late", words, partial(_delayed, graph, series))


def _series_into(graph: StrategyGraph, node: Node) -> list[Edge]:
    return [
        edge
        for edge in graph.edges_into(node.id)
        if (port := get_kind(node.kind).input(edge.target_port)) and port.type == "series"
    ]


def _delayed(graph: StrategyGraph, series: Sequence[Edge]) -> StrategyGraph:
    found = graph
    for place, edge in enumerate(series):
        name = f"one_bar_late_{place}"
        found = add_node(found, "math.shift", node_id=name, params={"bars": 1})
        found = disconnect(found, edge.source, edge.target)
        found = connect(found, edge.source, f"{name}.source")
        found = connect(found, f"{name}.value", edge.target)
    return found
