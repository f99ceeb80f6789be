"""Makes a drawn graph valid with small changes, so that any kinds can be drawn together."""

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
    match error.code:
        case "SC108" | "SC109" | "SC110":
            return _reconnected(graph, error)
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
            return _loosened(graph, error.node_id)
        case "SC209":
            return _rebuilt(graph, edges=_edges_without(graph, f"{error.node_id}.right"))
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
    graph: StrategyGraph, node_id: str | None, *, extra_edges_off: str, **params: float
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
        name = f"leave{len(nodes)}"
        nodes.append(Node(id=name, kind=f"action.exit_{side}"))
        edges.append(Edge(source=when.source, target=f"{name}.when"))
    return _rebuilt(graph, nodes=nodes, edges=edges)


def _loosened(graph: StrategyGraph, node_id: str | None) -> StrategyGraph:
    """An Or in place of an And; an entry without its regime and filter."""
    assert node_id is not None
    if graph.node(node_id).kind == "logic.and":
        nodes = [
            node.model_copy(update={"kind": "logic.or"}) if node.id == node_id else node
            for node in graph.nodes
        ]
        return _rebuilt(graph, nodes=nodes)
    off = {f"{node_id}.regime", f"{node_id}.filter"}
    edges = [edge for edge in graph.edges if edge.target not in off]
    if len(edges) == len(graph.edges):
        (when,) = graph.edges_into(node_id, "when")
        inner = when.source_node
        return _loosened(graph, inner)
    return _rebuilt(graph, edges=edges)


def _dropped(graph: StrategyGraph, node_id: str | None) -> StrategyGraph:
    return _rebuilt(graph, nodes=[node for node in graph.nodes if node.id != node_id])
