"""The inspector's list of a node's inputs: what each is connected to, changed without a mouse."""

from typing import Any

import ipywidgets

from stratcraft_jupyter.graph import (
    KINDS,
    Kind,
    Port,
    StrategyGraph,
    node_title,
    why_not_connect,
)
from stratcraft_jupyter.widgets import actions
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.look import Look
from stratcraft_jupyter.widgets.state import BuilderState

_NONE = ""


class ConnectionForm:
    """One row an edge, one drop-down an input; every output that fits can be chosen."""

    def __init__(self, state: BuilderState, look: Look, node_id: str, kind: Kind) -> None:
        self._inputs = [_Input(state, look, node_id, port) for port in kind.inputs]
        self.widget: Any = look.box(*(item.widget for item in self._inputs), css="form")

    def show(self, graph: StrategyGraph) -> None:
        """Shows the present edges."""
        for item in self._inputs:
            item.show(graph)


class _Input:
    """One input port: a drop-down for each edge, and an empty one while there is room."""

    def __init__(self, state: BuilderState, look: Look, node_id: str, port: Port) -> None:
        self._state = state
        self._look = look
        self._port = port
        self._target = f"{node_id}.{port.name}"
        self._slots: list[_Slot] = []
        self.widget: Any = look.box(css="inputs")

    def show(self, graph: StrategyGraph) -> None:
        node_id = self._target.partition(".")[0]
        sources = [edge.source for edge in graph.edges_into(node_id, self._port.name)]
        fitting = fitting_outputs(graph, self._target)
        has_room = not sources or (self._port.multiple and bool(fitting))
        wanted = [*sources, _NONE] if has_room else sources
        while len(self._slots) < len(wanted):
            first = not self._slots
            self._slots.append(_Slot(self._state, self._look, self._port, self._target, first))
        for slot, source in zip(self._slots, wanted, strict=False):
            slot.show(graph, source, fitting)
        shown = [slot.widget for slot in self._slots[: len(wanted)]]
        if list(self.widget.children) != shown:
            self.widget.children = shown


class _Slot:
    """A drop-down of outputs with a button to disconnect."""

    def __init__(
        self, state: BuilderState, look: Look, port: Port, target: str, is_first: bool
    ) -> None:
        self._state = state
        self._target = target
        self._source = _NONE
        self._is_showing = False
        optional = "" if port.required else ", optional"
        self._choice: Any = look.make(
            ipywidgets.Dropdown,
            "input",
            description=f"{port.title} ({port.type}{optional})" if is_first else "and",
            options=[("", _NONE)],
            tooltip=f"Connect {port.help or port.title}.",
        )
        self._choice.observe(shows_errors(state)(self._chosen), "value")
        self._cut: Any = look.button("Disconnect", "reset", "icon-only", icon="unlink")
        self._cut.tooltip = f"Disconnect {port.title}"
        self._cut.on_click(shows_errors(state)(self._pressed))
        self.widget: Any = look.box(self._choice, self._cut, css="field")

    def show(self, graph: StrategyGraph, source: str, fitting: list[str]) -> None:
        """Shows the connected output and all that could be."""
        self._source = source
        names = sorted({*fitting, source} - {_NONE}, key=lambda end: end_title(graph, end))
        empty = "not connected" if fitting else "nothing here fits"
        options = [(empty, _NONE), *((end_title(graph, end), end) for end in names)]
        self._is_showing = True
        try:
            with self._choice.hold_sync():
                if list(self._choice.options) != options:
                    self._choice.options = options
                self._choice.value = source
        finally:
            self._is_showing = False
        self._cut.disabled = source == _NONE

    def _chosen(self, change: Any) -> None:
        chosen = change["new"]
        if self._is_showing or chosen == self._source:
            return
        if chosen == _NONE:
            actions.disconnect(self._state, self._source, self._target)
        elif self._source == _NONE:
            actions.connect(self._state, chosen, self._target)
        else:
            actions.reconnect(self._state, self._source, chosen, self._target)

    def _pressed(self, _button: object) -> None:
        actions.disconnect(self._state, self._source, self._target)


def fitting_outputs(graph: StrategyGraph, target: str) -> list[str]:
    """Outputs that the input takes, as ``"node.port"``, leaving out those it has."""
    return [
        f"{node.id}.{port.name}"
        for node in graph.nodes
        if node.kind in KINDS
        for port in KINDS[node.kind].outputs
        if why_not_connect(graph, f"{node.id}.{port.name}", target) is None
    ]


def end_title(graph: StrategyGraph, endpoint: str) -> str:
    """An output in words: the node's name, and the port's where there are several."""
    node_id, _, port_name = endpoint.partition(".")
    node = graph.node(node_id)
    same_name = [other for other in graph.nodes if node_title(other) == node_title(node)]
    name = node_title(node) if len(same_name) == 1 else f"{node_title(node)} [{node.id}]"
    kind = KINDS.get(node.kind)
    port = kind.output(port_name) if kind else None
    if kind is None or port is None or len(kind.outputs) == 1:
        return name
    return f"{name}: {port.title}"
