"""What a user can do to the strategy: each action is one named step of the history. No widgets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stratcraft_jupyter import graph as g
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.widgets.state import BuilderState

Value = int | float | bool | str

_SETTING_TITLES = {
    "symbol": "symbol",
    "start": "start",
    "end": "end",
    "cash": "cash",
    "commission": "commission",
    "slippage": "slippage",
    "sizing_percent": "default size",
}


@dataclass(frozen=True)
class Port:
    """A port of a node on the canvas, as ``"node.port"``."""

    endpoint: str
    is_output: bool


def add_node(
    state: BuilderState,
    kind: str,
    position: tuple[float, float] | None = None,
    *,
    join: Port | None = None,
    into: str | None = None,
) -> str:
    """Adds a node and selects it; the result is its id.

    Args:
        state: The builder's state.
        kind: What to add.
        position: Centre of its box, unless it would cover another one; None for a free place.
        join: A port to connect it to, by the first of its own ports that fits.
        into: An edge, written ``"a.x->b.y"``, to put it into.

    Raises:
        StratCraftError: The kind does not exist, or has no port that fits.
    """
    node_id = g.new_node_id(state.graph, kind)

    def change(graph: StrategyGraph) -> StrategyGraph:
        graph = g.add_node(graph, kind, node_id=node_id, position=position)
        if join is not None:
            graph = g.join(graph, node_id, join.endpoint, is_output=join.is_output)
        if into is not None:
            graph = g.insert_node(graph, node_id, into)
            if position is not None:
                return g.make_way(graph, node_id, into)
        if position is not None:
            return g.make_room(graph, node_id)
        return g.place_node(graph, node_id, state.snapshot.selected_nodes)

    name = f"add {g.get_kind(kind).title}"
    if into is not None:
        name = f"{name} into {edge_titles(state.graph, into)}"
    elif join is not None:
        name = f"{name} to {_title_of(state.graph, join.endpoint)}"
    state.edit(name, change, select=[node_id])
    return node_id


def delete(
    state: BuilderState,
    nodes: Iterable[str] = (),
    edges: Iterable[str] = (),
    areas: Iterable[str] = (),
    *,
    word: str = "delete",
) -> None:
    """Deletes nodes with their edges, edges written ``"a.x->b.y"``, frames and comments."""
    node_ids, edge_ids, area_ids = tuple(nodes), tuple(edges), tuple(areas)
    if not node_ids and not edge_ids and not area_ids:
        return

    def change(graph: StrategyGraph) -> StrategyGraph:
        for edge in edge_ids:
            source, _, target = edge.partition("->")
            graph = g.disconnect(graph, source, target)
        return g.remove_nodes(g.remove_areas(graph, area_ids), node_ids)

    parts = [
        counted(node_ids, "node", state.graph),
        counted(edge_ids, "connection"),
        counted_areas(state.graph, area_ids),
    ]
    state.edit(f"{word} {' and '.join(part for part in parts if part)}", change)


def delete_and_reconnect(state: BuilderState, nodes: Iterable[str]) -> None:
    """Deletes nodes and connects what they read to what read them, where the types fit."""
    node_ids = tuple(nodes)
    name = f"delete {counted(node_ids, 'node', state.graph)} and reconnect"
    state.edit(name, lambda graph: g.remove_and_bridge(graph, node_ids), select=())


def enable(state: BuilderState, nodes: Iterable[str], is_enabled: bool) -> None:
    """Switches nodes on or off."""
    node_ids = tuple(nodes)
    word = "enable" if is_enabled else "disable"
    name = f"{word} {counted(node_ids, 'node', state.graph)}"
    state.edit(name, lambda graph: g.set_enabled(graph, node_ids, is_enabled))


def counted(ids: Sequence[str], word: str, graph: StrategyGraph | None = None) -> str:
    """How many there are, in words; a single node by its name."""
    if len(ids) == 1:
        return g.node_title(graph.node(ids[0])) if graph else word
    return f"{len(ids)} {word}s" if ids else ""


def counted_areas(graph: StrategyGraph, ids: Sequence[str]) -> str:
    """How many frames and comments there are, in words."""
    frames = {frame.id for frame in graph.layout.frames}
    parts = [
        counted([item for item in ids if item in frames], "frame"),
        counted([item for item in ids if item not in frames], "comment"),
    ]
    return " and ".join(part for part in parts if part)


def connect(state: BuilderState, source: str, target: str) -> None:
    """Draws an edge; an input that takes one edge only gets the new one instead."""
    name = f"connect {_titles(state.graph, source, target)}"
    after = g.connect(state.graph, source, target)
    state.edit(f"{name}{_instead(state.graph, after, target)}", lambda _: after)


def disconnect(state: BuilderState, source: str, target: str) -> None:
    """Removes an edge."""
    name = f"disconnect {_titles(state.graph, source, target)}"
    state.edit(name, lambda graph: g.disconnect(graph, source, target))


def reconnect(state: BuilderState, old: str, new: str, target: str) -> None:
    """Connects an input to another output in place of the one it has, in one step."""

    def change(graph: StrategyGraph) -> StrategyGraph:
        return g.connect(g.disconnect(graph, old, target), new, target)

    state.edit(f"connect {_titles(state.graph, new, target)}", change)


def move_end(state: BuilderState, edge: str, source: str, target: str) -> None:
    """Draws an edge, written ``"a.x->b.y"``, between other ports."""
    if edge == f"{source}->{target}":
        return
    name = f"reconnect {_titles(state.graph, source, target)}"
    after = g.move_end(state.graph, edge, source=source, target=target)
    kept = "" if edge.endswith(f"->{target}") else _instead(state.graph, after, target)
    state.edit(f"{name}{kept}", lambda _: after)


def edge_titles(graph: StrategyGraph, edge: str) -> str:
    """An edge written ``"a.x->b.y"``, by the names of its nodes."""
    source, _, target = edge.partition("->")
    return _titles(graph, source, target)


def _title_of(graph: StrategyGraph, endpoint: str) -> str:
    return g.node_title(graph.node(endpoint.partition(".")[0]))


def _titles(graph: StrategyGraph, source: str, target: str) -> str:
    titles = {node.id: g.node_title(node) for node in graph.nodes}
    ends = [endpoint.partition(".")[0] for endpoint in (source, target)]
    return " → ".join(titles.get(end, end) for end in ends)


def _instead(before: StrategyGraph, after: StrategyGraph, target: str) -> str:
    """What no longer leads to an input, as the end of an edit's name."""
    gone = [edge for edge in before.edges if edge.target == target and edge not in after.edges]
    return f" in place of {_output_title(before, gone[0])}" if gone else ""


def _output_title(graph: StrategyGraph, edge: g.Edge) -> str:
    """A node by its name, or where it has several outputs, the output by its own."""
    kind = g.KINDS.get(graph.node(edge.source_node).kind)
    outputs = kind.outputs if kind else ()
    title = next((port.title for port in outputs if port.name == edge.source_port), "")
    return title if len(outputs) > 1 and title else _title_of(graph, edge.source)


def set_param(state: BuilderState, node_id: str, name: str, value: Value) -> None:
    """Sets a parameter of a node."""
    node = state.graph.node(node_id)
    param = g.get_kind(node.kind).param(name)
    title = param.title.lower() if param else name
    old = g.param_value(node, param) if param else ""
    step = f"set {title} of {g.node_title(node)} {_shown(old)} → {_shown(value)}"
    state.edit(step, lambda graph: g.set_param(graph, node_id, name, value))


def set_shared_param(state: BuilderState, nodes: Iterable[str], name: str, value: Value) -> None:
    """Sets a parameter that several nodes have."""
    node_ids = tuple(nodes)
    param = g.get_kind(state.graph.node(node_ids[0]).kind).param(name)
    title = param.title.lower() if param else name
    step = f"set {title} of {counted(node_ids, 'node', state.graph)} → {_shown(value)}"
    state.edit(step, lambda graph: g.set_params(graph, node_ids, name, value))


def set_label(state: BuilderState, node_id: str, label: str) -> None:
    """Renames a node on screen; an empty text gives it its kind's title again."""
    before = g.node_title(state.graph.node(node_id))
    state.edit(f"rename {before}", lambda graph: g.set_label(graph, node_id, label.strip()))


def set_note(state: BuilderState, node_id: str, note: str) -> None:
    """Changes the note of a node."""
    title = g.node_title(state.graph.node(node_id))
    state.edit(f"change note of {title}", lambda graph: g.set_note(graph, node_id, note))


def set_backtest(state: BuilderState, **changes: object) -> None:
    """Changes settings of the backtest."""
    before = state.graph.backtest
    titles = [
        title
        for name, title in _SETTING_TITLES.items()
        if name in changes and changes[name] != getattr(before, name)
    ]
    step = f"set {' and '.join(titles) or 'backtest settings'}"
    state.edit(step, lambda graph: g.set_backtest(graph, **changes))


def set_name(state: BuilderState, name: str) -> None:
    """Renames the strategy."""
    state.edit("rename strategy", lambda graph: g.set_name(graph, name.strip()))


def start_from(state: BuilderState, template: str) -> None:
    """Replaces the strategy by a template; undo brings the old one back."""
    graph = g.load_template(template)
    replace_graph(state, graph, name=f"start from {graph.name}")


def replace_graph(
    state: BuilderState, graph: StrategyGraph, *, name: str = "replace strategy"
) -> None:
    """Replaces the strategy; undo brings the old one back."""
    with state.lock:
        state.edit(name, lambda _: graph, select=())
        state.update(refused=())  # what was typed for another strategy


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return value if isinstance(value, str) else f"{value:,.10g}"
