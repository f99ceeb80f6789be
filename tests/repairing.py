"""Makes a drawn graph valid with small changes, so that any kinds can be drawn together."""

import re
from itertools import count

from stratcraft_jupyter import StrategyGraph, validate
from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.graph import Edge, Node, get_kind

_MOST_ROUNDS = 60


def repaired(graph: StrategyGraph) -> StrategyGraph:
    """The graph without what validation calls an error.

    Raises:
        AssertionError: An error is left for which nothing helps.
    """
    for _ in range(_MOST_ROUNDS):
        errors = [item for item in validate(graph) if item.severity == "error"]
        if not errors:
            return graph
        graph = _without(graph, errors[0])
    raise AssertionError(f"not repaired: {errors[0]}")


def _without(graph: StrategyGraph, error: Diagnostic) -> StrategyGraph:
    if error.code in ("SC108", "SC109", "SC110"):
        return _reconnected(graph, error)
    if error.code in ("SC216", "SC218", "SC219", "SC220"):
        return _made_possible(graph, error)
    match error.code:
        case "SC111":
            return _with_params(graph, error.node_id, value=2.0, extra_edges_off="right")
        case "SC202":
            return _with_exits(graph, error.node_id)
        case "SC203":
            return _dropped(graph, error.node_id)
        case "SC204":
            kept = [edge for edge in graph.edges if error.node_id not in edge.source.split(".")]
            return _dropped(graph.model_copy(update={"edges": tuple(kept)}), error.node_id)
        case "SC208":
            return _loosened(graph, error)
        case "SC209":
            return _without_itself(graph, error.node_id)
        case _:
            return _dropped(graph, error.node_id)


def _rebuilt(
    graph: StrategyGraph, *, nodes: list[Node] | None = None, edges: list[Edge] | None = None
) -> StrategyGraph:
    nodes = list(graph.nodes) if nodes is None else nodes
    known = {node.id for node in nodes}
    edges = list(graph.edges) if edges is None else edges
    edges = [edge for edge in edges if {edge.source_node, edge.target_node} <= known]
    return StrategyGraph(
        name=graph.name, nodes=tuple(nodes), edges=tuple(edges), backtest=graph.backtest
    )


def _edges_without(graph: StrategyGraph, target: str) -> list[Edge]:
    return [edge for edge in graph.edges if edge.target != target]


def _without_itself(graph: StrategyGraph, node_id: str | None) -> StrategyGraph:
    """A condition that holds nothing against itself; an expression gets another text."""
    assert node_id is not None
    if graph.node(node_id).kind == "condition.expression":
        text = {"text": "close > open"}
        nodes = [
            node.model_copy(update={"params": text}) if node.id == node_id else node
            for node in graph.nodes
        ]
        return _rebuilt(graph, nodes=nodes)
    return _rebuilt(graph, edges=_edges_without(graph, f"{node_id}.right"))


def _bars(graph: StrategyGraph) -> str:
    return next(node.id for node in graph.nodes if node.kind == "data.bars")


def _reconnected(graph: StrategyGraph, error: Diagnostic) -> StrategyGraph:
    """Every series and bars input of the node reads the strategy's own bars."""
    bars, edges = _bars(graph), []
    for edge in graph.edges:
        output = edge.source_port
        is_line = edge.target_node == error.node_id and _is_line(graph, edge)
        if is_line:
            source = f"{bars}.bars" if output == "bars" else f"{bars}.close"
            edge = Edge(source=source, target=edge.target)
        edges.append(edge)
    return _rebuilt(graph, edges=list(dict.fromkeys(edges)))


def _is_line(graph: StrategyGraph, edge: Edge) -> bool:
    port = get_kind(graph.node(edge.source_node).kind).output(edge.source_port)
    return port is not None and port.type in ("series", "bars")


def _with_params(
    graph: StrategyGraph, node_id: str | None, *, extra_edges_off: str = "", **params: float
) -> StrategyGraph:
    nodes = [
        node.model_copy(update={"params": {**node.params, **params}})
        if node.id == node_id
        else node
        for node in graph.nodes
    ]
    return _rebuilt(graph, nodes=nodes, edges=_edges_without(graph, f"{node_id}.{extra_edges_off}"))


def _with_exits(graph: StrategyGraph, node_id: str | None) -> StrategyGraph:
    """Exits of the sides that the entry opens, on the entry's own condition."""
    assert node_id is not None
    entry = graph.node(node_id)
    sides = (
        ("long", "short") if entry.kind == "action.reverse" else (entry.kind.rpartition("_")[2],)
    )
    (when,) = graph.edges_into(node_id, "when")
    nodes, edges = list(graph.nodes), list(graph.edges)
    for side in sides:
        taken = {node.id for node in nodes}  # an earlier one stays when others are taken away
        name = next(name for number in count() if (name := f"leave{number}") not in taken)
        nodes.append(Node(id=name, kind=f"action.exit_{side}"))
        edges.append(Edge(source=when.source, target=f"{name}.when"))
    return _rebuilt(graph, nodes=nodes, edges=edges)


def _loosened(graph: StrategyGraph, error: Diagnostic) -> StrategyGraph:
    """An Or in place of an And; an entry without its regime and filter, or without guards."""
    node_id = error.node_id
    assert node_id is not None
    if guards := _guards(graph, error):
        return _dropped(graph, guards[0])
    if graph.node(node_id).kind == "logic.and":
        nodes = [
            node.model_copy(update={"kind": "logic.or"}) if node.id == node_id else node
            for node in graph.nodes
        ]
        return _rebuilt(graph, nodes=nodes)
    off = {f"{node_id}.regime", f"{node_id}.filter"}
    edges = [edge for edge in graph.edges if edge.target not in off]
    if len(edges) == len(graph.edges):
        return _with_plain_when(graph, node_id)
    return _rebuilt(graph, edges=edges)


def _guards(graph: StrategyGraph, error: Diagnostic) -> list[str]:
    """The guards that an error names."""
    named = re.findall(r"\((\w+)\)", error.message)
    risks = {node.id for node in graph.nodes if node.kind.startswith("risk.")}
    return [name for name in named if name in risks]


def _made_possible(graph: StrategyGraph, error: Diagnostic) -> StrategyGraph:
    """What can never be is changed into what can."""
    if error.code == "SC216":
        return _made_plain(graph, error.node_id)
    if error.code == "SC220":
        return _with_params(graph, error.node_id, **{str(error.port): 50.0})
    if guards := _guards(graph, error):
        return _dropped(graph, guards[0])
    return _with_plain_when(graph, error.node_id)


def _plain(graph: StrategyGraph, node_id: str) -> tuple[Node, Edge]:
    """A condition that is true now and then: a price above a number of its own."""
    value = 20.0 + len(graph.nodes) % 20 / 4
    node = Node(id=node_id, kind="condition.compare", params={"operator": ">", "value": value})
    return node, Edge(source=f"{_bars(graph)}.close", target=f"{node_id}.left")


def _made_plain(graph: StrategyGraph, node_id: str | None) -> StrategyGraph:
    """The same graph with a condition that can be true in the place of one that cannot."""
    assert node_id is not None
    node, read = _plain(graph, node_id)
    nodes = [node if other.id == node_id else other for other in graph.nodes]
    edges = [edge for edge in graph.edges if edge.target_node != node_id]
    return _rebuilt(graph, nodes=nodes, edges=[*edges, read])


def _with_plain_when(graph: StrategyGraph, node_id: str | None) -> StrategyGraph:
    """An entry or an exit on a condition that has nothing to do with the position."""
    assert node_id is not None
    node, read = _plain(graph, f"plain{len(graph.nodes)}")
    ports = ("when", "regime", "filter", "confirm")
    off = {f"{node_id}.{port}" for port in ports}
    edges = [edge for edge in graph.edges if edge.target not in off]
    edges += [read, Edge(source=f"{node.id}.signal", target=f"{node_id}.when")]
    return _rebuilt(graph, nodes=[*graph.nodes, node], edges=edges)


def _dropped(graph: StrategyGraph, node_id: str | None) -> StrategyGraph:
    return _rebuilt(graph, nodes=[node for node in graph.nodes if node.id != node_id])
