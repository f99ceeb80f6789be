"""What a user can do to the strategy: each action is one named step of the history. No widgets."""

from collections.abc import Iterable, Mapping

from stratcraft_jupyter import graph as g
from stratcraft_jupyter.graph import StrategyGraph
from stratcraft_jupyter.widgets.placement import free_place
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


def add_node(state: BuilderState, kind: str, position: tuple[float, float] | None = None) -> str:
    """Adds a node, at a free place unless told where, and selects it; the result is its id."""
    node_id = g.new_node_id(state.graph, kind)

    def change(graph: StrategyGraph) -> StrategyGraph:
        place = position or free_place(graph, state.snapshot.selected_nodes)
        return g.add_node(graph, kind, node_id=node_id, position=place)

    state.edit(f"add {g.get_kind(kind).title}", change, select=[node_id])
    return node_id


def delete(state: BuilderState, nodes: Iterable[str] = (), edges: Iterable[str] = ()) -> None:
    """Deletes nodes with their edges, and edges written ``"a.x->b.y"``."""
    node_ids, edge_ids = tuple(nodes), tuple(edges)
    if not node_ids and not edge_ids:
        return

    def change(graph: StrategyGraph) -> StrategyGraph:
        for edge in edge_ids:
            source, _, target = edge.partition("->")
            graph = g.disconnect(graph, source, target)
        return g.remove_nodes(graph, node_ids)

    parts = [_counted(node_ids, "node", state.graph), _counted(edge_ids, "connection", None)]
    state.edit(f"delete {' and '.join(part for part in parts if part)}", change)


def _counted(ids: tuple[str, ...], word: str, graph: StrategyGraph | None) -> str:
    if len(ids) == 1:
        return g.node_title(graph.node(ids[0])) if graph else word
    return f"{len(ids)} {word}s" if ids else ""


def duplicate(state: BuilderState, nodes: Iterable[str]) -> None:
    """Copies nodes with the edges among them, and selects the copies."""
    node_ids = tuple(nodes)
    before = {node.id for node in state.graph.nodes}
    after = g.duplicate_nodes(state.graph, node_ids)
    copies = [node.id for node in after.nodes if node.id not in before]
    name = f"duplicate {_counted(node_ids, 'node', state.graph)}"
    state.edit(name, lambda graph: g.duplicate_nodes(graph, node_ids), select=copies)


def connect(state: BuilderState, source: str, target: str) -> None:
    """Draws an edge; an input that takes one edge only gets the new one instead."""
    name = f"connect {_titles(state.graph, source, target)}"
    state.edit(name, lambda graph: g.connect(graph, source, target))


def disconnect(state: BuilderState, source: str, target: str) -> None:
    """Removes an edge."""
    name = f"disconnect {_titles(state.graph, source, target)}"
    state.edit(name, lambda graph: g.disconnect(graph, source, target))


def reconnect(state: BuilderState, old: str, new: str, target: str) -> None:
    """Connects an input to another output in place of the one it has, in one step."""

    def change(graph: StrategyGraph) -> StrategyGraph:
        return g.connect(g.disconnect(graph, old, target), new, target)

    state.edit(f"connect {_titles(state.graph, new, target)}", change)


def _titles(graph: StrategyGraph, source: str, target: str) -> str:
    titles = {node.id: g.node_title(node) for node in graph.nodes}
    ends = [endpoint.partition(".")[0] for endpoint in (source, target)]
    return " → ".join(titles.get(end, end) for end in ends)


def move(state: BuilderState, positions: Mapping[str, tuple[float, float]]) -> None:
    """Moves nodes to new centres."""
    name = f"move {_counted(tuple(positions), 'node', state.graph)}"
    state.edit(name, lambda graph: g.move_nodes(graph, positions))


def set_param(state: BuilderState, node_id: str, name: str, value: Value) -> None:
    """Sets a parameter of a node."""
    node = state.graph.node(node_id)
    param = g.get_kind(node.kind).param(name)
    title = param.title.lower() if param else name
    old = g.param_value(node, param) if param else ""
    step = f"set {title} {_shown(old)} → {_shown(value)}"
    state.edit(step, lambda graph: g.set_param(graph, node_id, name, value))


def set_label(state: BuilderState, node_id: str, label: str) -> None:
    """Renames a node on screen; an empty text gives it its kind's title again."""
    state.edit("rename node", lambda graph: g.set_label(graph, node_id, label.strip()))


def set_note(state: BuilderState, node_id: str, note: str) -> None:
    """Changes the note of a node."""
    state.edit("change note", lambda graph: g.set_note(graph, node_id, note))


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
    replace_graph(state, g.load_template(template), name="start from a template")


def replace_graph(
    state: BuilderState, graph: StrategyGraph, *, name: str = "replace strategy"
) -> None:
    """Replaces the strategy; undo brings the old one back."""
    state.edit(name, lambda _: graph, select=())


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return value if isinstance(value, str) else f"{value:,.10g}"
