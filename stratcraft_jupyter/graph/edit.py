"""Edits of a strategy: pure functions from a document to the next; refused ones change nothing."""

import re
from collections.abc import Callable, Container, Iterable, Mapping

from pydantic import ValidationError

from stratcraft_jupyter.errors import GraphEditError, did_you_mean
from stratcraft_jupyter.graph.catalog import KINDS, get_kind
from stratcraft_jupyter.graph.catalog.base import Value
from stratcraft_jupyter.graph.connecting import node_title, why_not_connect
from stratcraft_jupyter.graph.document import (
    BacktestSettings,
    Edge,
    Node,
    Position,
    StrategyGraph,
)
from stratcraft_jupyter.graph.params import why_not_value
from stratcraft_jupyter.graph.reading import problem_text
from stratcraft_jupyter.graph.structure import node_of

_DUPLICATE_OFFSET = 40.0


def new_node_id(graph: StrategyGraph, kind: str) -> str:
    """A free node id made from the kind's name, such as ``"sma"`` or ``"sma_2"``."""
    return free_id(kind.partition(".")[2], {node.id for node in graph.nodes})


def free_id(stem: str, taken: Container[str]) -> str:
    """A node id that is not taken, made from a stem."""
    stem = re.sub(r"_\d+$", "", stem)[:34]
    number, found = 1, stem
    while found in taken:
        number += 1
        found = f"{stem}_{number}"
    return found


def add_node(
    graph: StrategyGraph,
    kind: str,
    *,
    node_id: str | None = None,
    params: Mapping[str, Value] | None = None,
    label: str | None = None,
    position: tuple[float, float] | None = None,
) -> StrategyGraph:
    """The document with one more node; its parameters are written out, defaults included.

    Raises:
        UnknownNameError: The kind does not exist.
        GraphEditError: The id is taken, or a parameter, label or position is not allowed.
    """
    entry = get_kind(kind)
    node_id = node_id or new_node_id(graph, kind)
    for name, value in (params or {}).items():
        _check_param(kind, entry.title, name, value)
    values = {**entry.defaults(), **(params or {})}
    places = dict(graph.layout)

    def build() -> StrategyGraph:
        node = Node(id=node_id, kind=kind, params=values, label=label or None)
        if position is not None:
            places[node_id] = _position(position)
        return _rebuilt(graph, nodes=(*graph.nodes, node), layout=places)

    return _checked(build)


def remove_nodes(graph: StrategyGraph, node_ids: Iterable[str]) -> StrategyGraph:
    """The document without these nodes, their edges and positions.

    Raises:
        UnknownNameError: A node does not exist.
    """
    gone = {graph.node(node_id).id for node_id in node_ids}
    return _rebuilt(
        graph,
        nodes=tuple(node for node in graph.nodes if node.id not in gone),
        edges=tuple(e for e in graph.edges if not {e.source_node, e.target_node} & gone),
        layout={node_id: place for node_id, place in graph.layout.items() if node_id not in gone},
    )


def connect(graph: StrategyGraph, source: str, target: str) -> StrategyGraph:
    """The document with an edge; an input that takes one edge only gets the new one instead.

    Raises:
        GraphEditError: The ports do not fit, or there are too many edges; says why.
    """
    if reason := why_not_connect(graph, source, target):
        raise GraphEditError(reason)
    taker = graph.node(node_of(target))
    wanted = KINDS[taker.kind].input(target.partition(".")[2])
    kept = graph.edges
    if wanted is not None and not wanted.multiple:
        kept = tuple(edge for edge in kept if edge.target != target)
    return _checked(lambda: _rebuilt(graph, edges=(*kept, Edge(source=source, target=target))))


def disconnect(graph: StrategyGraph, source: str, target: str) -> StrategyGraph:
    """The document without this edge.

    Raises:
        GraphEditError: There is no such edge.
    """
    kept = tuple(e for e in graph.edges if (e.source, e.target) != (source, target))
    if len(kept) == len(graph.edges):
        raise GraphEditError(f"There is no edge {source}->{target}.")
    return _rebuilt(graph, edges=kept)


def set_param(graph: StrategyGraph, node_id: str, name: str, value: Value) -> StrategyGraph:
    """The document with one parameter changed.

    Raises:
        UnknownNameError: The node does not exist.
        GraphEditError: The parameter does not exist, or the value is not allowed.
    """
    node = graph.node(node_id)
    _check_param(node.kind, node_title(node), name, value)
    return _with_node(graph, node_id, params={**node.params, name: value})


def _check_param(kind: str, title: str, name: str, value: Value) -> None:
    entry = get_kind(kind)
    param = entry.param(name)
    if param is None:
        known = [item.name for item in entry.params]
        raise GraphEditError(f"{title} has no parameter {name!r}.", hint=did_you_mean(name, known))
    if reason := why_not_value(param, value):
        raise GraphEditError(f"{param.title} of {title}: {reason}")


def set_label(graph: StrategyGraph, node_id: str, label: str | None) -> StrategyGraph:
    """The document with a node renamed on screen; None or an empty text gives the kind's title."""
    return _with_node(graph, node_id, label=label or None)


def set_note(graph: StrategyGraph, node_id: str, note: str | None) -> StrategyGraph:
    """The document with a node's note changed; None or an empty text removes it."""
    return _with_node(graph, node_id, note=note or None)


def rename_node(graph: StrategyGraph, node_id: str, new_id: str) -> StrategyGraph:
    """The document with a node's id changed, in its edges and position too.

    Raises:
        UnknownNameError: The node does not exist.
        GraphEditError: The new id is taken or not allowed.
    """
    graph.node(node_id)

    def moved(endpoint: str) -> str:
        owner, _, port = endpoint.partition(".")
        return f"{new_id}.{port}" if owner == node_id else endpoint

    def build() -> StrategyGraph:
        return StrategyGraph.model_validate(
            {
                **_parts(graph),
                "nodes": tuple(
                    _replaced(node, id=new_id) if node.id == node_id else node
                    for node in graph.nodes
                ),
                "edges": tuple(
                    Edge(source=moved(edge.source), target=moved(edge.target))
                    for edge in graph.edges
                ),
                "layout": {
                    (new_id if owner == node_id else owner): place
                    for owner, place in graph.layout.items()
                },
            }
        )

    if new_id != node_id and any(node.id == new_id for node in graph.nodes):
        raise GraphEditError(f"There is a node with the id {new_id!r} already.")
    return _checked(build)


def move_nodes(graph: StrategyGraph, positions: Mapping[str, tuple[float, float]]) -> StrategyGraph:
    """The document with nodes drawn elsewhere.

    Args:
        graph: The document.
        positions: Centre of each moved node, in pixels at zoom 1.

    Raises:
        UnknownNameError: A node does not exist.
        GraphEditError: A position is no finite number within a million pixels.
    """
    for node_id in positions:
        graph.node(node_id)

    def build() -> StrategyGraph:
        moved = {node_id: _position(place) for node_id, place in positions.items()}
        return _rebuilt(graph, layout={**graph.layout, **moved})

    return _checked(build)


def set_backtest(graph: StrategyGraph, **changes: object) -> StrategyGraph:
    """The document with backtest settings changed.

    Raises:
        GraphEditError: A setting does not exist or its value is not allowed.
    """
    known = list(BacktestSettings.model_fields)
    for name in changes:
        if name not in known:
            raise GraphEditError(
                f"There is no backtest setting {name!r}.", hint=did_you_mean(name, known)
            )
    current = {name: getattr(graph.backtest, name) for name in known}
    return _checked(
        lambda: _rebuilt(graph, backtest=BacktestSettings.model_validate({**current, **changes}))
    )


def set_name(graph: StrategyGraph, name: str) -> StrategyGraph:
    """The document with another name."""
    return _checked(lambda: _rebuilt(graph, name=name))


def set_description(graph: StrategyGraph, description: str) -> StrategyGraph:
    """The document with another description."""
    return _checked(lambda: _rebuilt(graph, description=description))


def duplicate_nodes(graph: StrategyGraph, node_ids: Iterable[str]) -> StrategyGraph:
    """The document with copies of these nodes and of the edges among them, a little lower right.

    Raises:
        UnknownNameError: A node does not exist.
        GraphEditError: There would be too many nodes or edges, or a copy off the canvas.
    """
    chosen = [graph.node(node_id) for node_id in dict.fromkeys(node_ids)]
    taken = {node.id for node in graph.nodes}
    new_ids: dict[str, str] = {}
    for node in chosen:
        new_ids[node.id] = free_id(node.id, taken)
        taken.add(new_ids[node.id])
    copies = tuple(_replaced(node, id=new_ids[node.id]) for node in chosen)
    inner = [e for e in graph.edges if {e.source_node, e.target_node} <= new_ids.keys()]
    edges = tuple(
        Edge(
            source=f"{new_ids[edge.source_node]}.{edge.source_port}",
            target=f"{new_ids[edge.target_node]}.{edge.target_port}",
        )
        for edge in inner
    )

    def build() -> StrategyGraph:
        places = {
            new_ids[node_id]: _position((place.x + _DUPLICATE_OFFSET, place.y + _DUPLICATE_OFFSET))
            for node_id, place in graph.layout.items()
            if node_id in new_ids
        }
        return _rebuilt(
            graph,
            nodes=(*graph.nodes, *copies),
            edges=(*graph.edges, *edges),
            layout={**graph.layout, **places},
        )

    return _checked(build)


def _position(place: tuple[float, float]) -> Position:
    try:
        x, y = (float(number) for number in place)
    except (TypeError, ValueError, OverflowError):
        raise GraphEditError("A position is a pair of numbers: x and y in pixels.") from None
    return Position(x=x, y=y)


def _with_node(graph: StrategyGraph, node_id: str, **changes: object) -> StrategyGraph:
    graph.node(node_id)
    return _checked(
        lambda: _rebuilt(
            graph,
            nodes=tuple(
                _replaced(node, **changes) if node.id == node_id else node for node in graph.nodes
            ),
        )
    )


def _replaced(node: Node, **changes: object) -> Node:
    current = {name: getattr(node, name) for name in Node.model_fields}
    return Node.model_validate({**current, **changes})


def _parts(graph: StrategyGraph) -> dict[str, object]:
    return {name: getattr(graph, name) for name in StrategyGraph.model_fields}


def _rebuilt(graph: StrategyGraph, **changes: object) -> StrategyGraph:
    return StrategyGraph.model_validate({**_parts(graph), **changes})


def _checked(build: Callable[[], StrategyGraph]) -> StrategyGraph:
    """The built document; a refusal by the document model becomes an edit error."""
    try:
        return build()
    except ValidationError as error:
        first = error.errors()[0]
        raise GraphEditError(f"{problem_text(first, {})}.") from None
