"""Edits of nodes and settings: pure functions; refused ones change nothing."""

from collections.abc import Iterable, Mapping

from stratcraft_jupyter.errors import GraphEditError, did_you_mean
from stratcraft_jupyter.graph.catalog import get_kind
from stratcraft_jupyter.graph.catalog.base import Value
from stratcraft_jupyter.graph.connecting import node_title
from stratcraft_jupyter.graph.document import (
    BacktestSettings,
    Edge,
    Frame,
    Layout,
    Node,
    StrategyGraph,
    without_nodes,
)
from stratcraft_jupyter.graph.params import why_not_value
from stratcraft_jupyter.graph.rebuilding import (
    as_position,
    checked,
    free_id,
    rebuilt,
    replaced,
    with_nodes,
)
from stratcraft_jupyter.graph.structure import KEPT_IDS


def new_node_id(graph: StrategyGraph, kind: str) -> str:
    """A free node id made from the kind's name, such as ``"sma"`` or ``"sma_2"``."""
    return free_id(kind.partition(".")[2], {node.id for node in graph.nodes})


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

    def build() -> StrategyGraph:
        node = Node(id=node_id, kind=kind, params=values, label=label or None)
        layout = graph.layout
        if position is not None:
            layout = layout.with_places({node_id: as_position(position)})
        return rebuilt(graph, nodes=(*graph.nodes, node), layout=layout)

    return checked(build)


def remove_nodes(graph: StrategyGraph, node_ids: Iterable[str]) -> StrategyGraph:
    """The document without these nodes, their edges and positions.

    Raises:
        UnknownNameError: A node does not exist.
    """
    return without_nodes(graph, {graph.node(node_id).id for node_id in node_ids})


def set_param(graph: StrategyGraph, node_id: str, name: str, value: Value) -> StrategyGraph:
    """The document with one parameter changed.

    Raises:
        UnknownNameError: The node does not exist.
        GraphEditError: The parameter does not exist, or the value is not allowed.
    """
    node = graph.node(node_id)
    _check_param(node.kind, node_title(node), name, value)
    return with_nodes(graph, {node_id}, lambda n: replaced(n, params={**n.params, name: value}))


def set_params(
    graph: StrategyGraph, node_ids: Iterable[str], name: str, value: Value
) -> StrategyGraph:
    """The document with a parameter of the same name changed in several nodes.

    Raises:
        UnknownNameError: A node does not exist.
        GraphEditError: A node has no such parameter, or does not allow the value.
    """
    for node_id in node_ids:
        graph = set_param(graph, node_id, name, value)
    return graph


def set_enabled(graph: StrategyGraph, node_ids: Iterable[str], is_enabled: bool) -> StrategyGraph:
    """The document with nodes switched on or off; what is off is as if absent, and stays.

    Raises:
        UnknownNameError: A node does not exist.
    """
    chosen = {graph.node(node_id).id for node_id in node_ids}
    return with_nodes(graph, chosen, lambda node: replaced(node, enabled=is_enabled))


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
    graph.node(node_id)
    return with_nodes(graph, {node_id}, lambda node: replaced(node, label=label or None))


def set_note(graph: StrategyGraph, node_id: str, note: str | None) -> StrategyGraph:
    """The document with a node's note changed; None or an empty text removes it."""
    graph.node(node_id)
    return with_nodes(graph, {node_id}, lambda node: replaced(node, note=note or None))


def rename_node(graph: StrategyGraph, node_id: str, new_id: str) -> StrategyGraph:
    """The document with a node's id changed, in its edges and position too.

    Raises:
        UnknownNameError: The node does not exist.
        GraphEditError: The new id is taken or not allowed.
    """
    graph.node(node_id)

    def named(owner: str) -> str:
        return new_id if owner == node_id else owner

    def moved(endpoint: str) -> str:
        owner, _, port = endpoint.partition(".")
        return f"{named(owner)}.{port}"

    def build() -> StrategyGraph:
        nodes = (replaced(n, id=new_id) if n.id == node_id else n for n in graph.nodes)
        edges = (Edge(source=moved(e.source), target=moved(e.target)) for e in graph.edges)
        old = graph.layout
        frames = (
            Frame.model_validate({**dict(frame), "nodes": tuple(map(named, frame.nodes))})
            for frame in old.frames
        )
        places = {named(owner): place for owner, place in old.items()}
        layout = Layout(places, frames=tuple(frames), comments=old.comments)
        return rebuilt(graph, nodes=tuple(nodes), edges=tuple(edges), layout=layout)

    if new_id in KEPT_IDS:
        raise GraphEditError(f"A node cannot be called {new_id!r}.", hint="Choose another id.")
    if new_id != node_id and any(node.id == new_id for node in graph.nodes):
        raise GraphEditError(f"There is a node with the id {new_id!r} already.")
    return checked(build)


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
    return checked(
        lambda: rebuilt(graph, backtest=BacktestSettings.model_validate({**current, **changes}))
    )


def set_name(graph: StrategyGraph, name: str) -> StrategyGraph:
    """The document with another name."""
    return checked(lambda: rebuilt(graph, name=name))


def set_description(graph: StrategyGraph, description: str) -> StrategyGraph:
    """The document with another description."""
    return checked(lambda: rebuilt(graph, description=description))
