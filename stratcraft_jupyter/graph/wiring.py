"""Edits of connections: draw, remove, move an end, put a node between, bridge what is removed."""

from collections.abc import Iterable

from stratcraft_jupyter.errors import GraphEditError
from stratcraft_jupyter.graph.catalog import KINDS, Port
from stratcraft_jupyter.graph.connecting import node_title, why_not_connect
from stratcraft_jupyter.graph.document import Edge, StrategyGraph, without_nodes
from stratcraft_jupyter.graph.rebuilding import checked, rebuilt
from stratcraft_jupyter.graph.structure import node_of, port_of


def connect(graph: StrategyGraph, source: str, target: str) -> StrategyGraph:
    """The document with an edge; an input that takes one edge only gets the new one instead.

    Raises:
        GraphEditError: The ports do not fit, or there are too many edges; says why.
    """
    if reason := why_not_connect(graph, source, target):
        raise GraphEditError(reason)
    taker = graph.node(node_of(target))
    wanted = KINDS[taker.kind].input(port_of(target))
    kept = graph.edges
    if wanted is not None and not wanted.multiple:
        kept = tuple(edge for edge in kept if edge.target != target)
    return checked(lambda: rebuilt(graph, edges=(*kept, Edge(source=source, target=target))))


def disconnect(graph: StrategyGraph, source: str, target: str) -> StrategyGraph:
    """The document without this edge.

    Raises:
        GraphEditError: There is no such edge.
    """
    kept = tuple(e for e in graph.edges if (e.source, e.target) != (source, target))
    if len(kept) == len(graph.edges):
        raise GraphEditError(f"There is no edge {source}->{target}.")
    return rebuilt(graph, edges=kept)


def move_end(graph: StrategyGraph, edge: str, *, source: str, target: str) -> StrategyGraph:
    """The document with an edge, written ``"a.x->b.y"``, between other ports.

    Raises:
        GraphEditError: There is no such edge, or the ports do not fit.
    """
    old_source, _, old_target = edge.partition("->")
    return connect(disconnect(graph, old_source, old_target), source, target)


def insert_node(graph: StrategyGraph, node_id: str, edge: str) -> StrategyGraph:
    """The document with a node put into an edge: the edge now leads through it.

    Raises:
        UnknownNameError: The node does not exist.
        GraphEditError: There is no such edge, or the node has no input and output that fit.
    """
    source, _, target = edge.partition("->")
    without = disconnect(graph, source, target)
    node = graph.node(node_id)
    wanted = _output_type(graph, source)
    kind = KINDS.get(node.kind)
    inputs = [
        port
        for port in (kind.inputs if kind else ())
        if port.type == wanted and (port.multiple or not graph.edges_into(node_id, port.name))
    ]
    outputs = [port for port in kind.outputs if port.type == wanted] if kind else []
    if not inputs or not outputs:
        raise GraphEditError(
            f"{node_title(node)} does not fit into this connection.",
            hint=f"It needs a free input and an output for {wanted or 'what flows there'}.",
        )
    entry = first_free(without, node_id, inputs)
    return connect(
        connect(without, source, f"{node_id}.{entry.name}"), f"{node_id}.{outputs[0].name}", target
    )


def join(graph: StrategyGraph, node_id: str, endpoint: str, *, is_output: bool) -> StrategyGraph:
    """The document with a node connected to a port, by the first of its own ports that fits.

    Args:
        graph: The document.
        node_id: The node to connect.
        endpoint: A port of another node, as ``"node.port"``.
        is_output: Whether that port is an output.

    Raises:
        UnknownNameError: A node does not exist.
        GraphEditError: The node has no port that fits.
    """
    node, kind = graph.node(node_id), KINDS.get(graph.node(node_id).kind)
    wanted = _output_type(graph, endpoint) if is_output else _input_type(graph, endpoint)
    ports = (kind.inputs if is_output else kind.outputs) if kind else ()
    fitting = [port for port in ports if port.type == wanted]
    if not fitting:
        side = "input" if is_output else "output"
        raise GraphEditError(f"{node_title(node)} has no {side} for {wanted or 'that'}.")
    if is_output:
        entry = first_free(graph, node_id, fitting)
        return connect(graph, endpoint, f"{node_id}.{entry.name}")
    return connect(graph, f"{node_id}.{fitting[0].name}", endpoint)


def remove_and_bridge(graph: StrategyGraph, node_ids: Iterable[str]) -> StrategyGraph:
    """The document without these nodes; what they passed on is connected straight through.

    An output that another node read is replaced by the first thing of the same type that the
    removed nodes read; where nothing fits, the connection goes.

    Raises:
        UnknownNameError: A node does not exist.
    """
    gone = {graph.node(node_id).id for node_id in node_ids}
    result = without_nodes(graph, gone)
    for edge in graph.edges:
        if edge.source_node in gone and edge.target_node not in gone:
            for source in _behind(graph, edge.source_node, _output_type(graph, edge.source), gone):
                if why_not_connect(result, source, edge.target) is None:
                    result = connect(result, source, edge.target)
                    break
    return result


def first_free(graph: StrategyGraph, node_id: str, ports: list[Port]) -> Port:
    """The first of some inputs without an edge, required ones first; else the first."""
    free = [port for port in ports if not graph.edges_into(node_id, port.name)]
    return next((port for port in free if port.required), (free or ports)[0])


def _behind(graph: StrategyGraph, node_id: str, wanted: str | None, gone: set[str]) -> list[str]:
    """Outputs of a type that removed nodes read, nearest first, in the order of the inputs."""
    found: list[str] = []
    kind = KINDS.get(graph.node(node_id).kind)
    for port in kind.inputs if kind and wanted else ():
        for edge in graph.edges_into(node_id, port.name):
            if port.type != wanted:
                continue
            inner = edge.source_node in gone
            found += _behind(graph, edge.source_node, wanted, gone) if inner else [edge.source]
    return found


def _output_type(graph: StrategyGraph, endpoint: str) -> str | None:
    kind = KINDS.get(graph.node(node_of(endpoint)).kind)
    port = kind.output(port_of(endpoint)) if kind else None
    return port.type if port else None


def _input_type(graph: StrategyGraph, endpoint: str) -> str | None:
    kind = KINDS.get(graph.node(node_of(endpoint)).kind)
    port = kind.input(port_of(endpoint)) if kind else None
    return port.type if port else None
