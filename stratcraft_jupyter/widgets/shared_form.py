"""The form of several selected nodes: the parameters that all of them have."""

from collections.abc import Sequence
from typing import Any

import ipywidgets

from stratcraft_jupyter.graph import KINDS, Node, Param, StrategyGraph, has_effect, param_value
from stratcraft_jupyter.widgets import actions
from stratcraft_jupyter.widgets.fields import Field
from stratcraft_jupyter.widgets.look import Look
from stratcraft_jupyter.widgets.parameters import labelled
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.typed import AS_IS, Typing, number_text, read_number, read_whole

_MIXED = "several values"


class SharedForm:
    """One field a parameter that all nodes have; a change is one edit of them all.

    Attributes:
        shown: The nodes it is for, with their kinds.
        widget: The form.
    """

    def __init__(self, state: BuilderState, look: Look, nodes: Sequence[Node]) -> None:
        self.shown = tuple((node.id, node.kind) for node in nodes)
        node_ids = [node.id for node in nodes]
        self._fields = [
            (param, _field(state, look, node_ids, param)) for param in shared_params(nodes)
        ]
        self.widget: Any = look.box(*(field.widget for _, field in self._fields), css="form")

    def show(self, graph: StrategyGraph) -> None:
        """Shows the present values; where they differ, none."""
        nodes = [graph.node(node_id) for node_id, _ in self.shown]
        for param, field in self._fields:
            values = {param_value(node, param) for node in nodes}
            counts = any(has_effect(graph, node, param) for node in nodes)
            field.show(values.pop() if len(values) == 1 else None, enabled=counts)


def shared_params(nodes: Sequence[Node]) -> list[Param]:
    """The parameters that all nodes have, of the same type and with the same choices."""
    kinds = [KINDS.get(node.kind) for node in nodes]
    first, *others = kinds
    found = []
    for param in first.params if first else ():
        same = [kind.param(param.name) if kind else None for kind in others]
        if all(p and (p.type, p.choices) == (param.type, param.choices) for p in same):
            found.append(param)
    return found


def _field(state: BuilderState, look: Look, node_ids: Sequence[str], param: Param) -> Field:
    def change(value: actions.Value | None) -> None:
        if value is not None:
            actions.set_shared_param(state, node_ids, param.name, value)

    return Field(
        state,
        look,
        _control(look, param),
        place=f"nodes.{node_ids[0]}.params.{param.name}",
        on_change=change,
        typing=_typing(param),
    )


def _typing(param: Param) -> Typing:
    if param.type not in ("int", "float"):
        return AS_IS
    name = f"{param.title} of the selected nodes"

    def read(typed: object) -> object:
        if typed == "":
            return None  # nothing typed: each keeps its own
        text = str(typed)
        return read_whole(text, name) if param.type == "int" else read_number(text, name)

    return Typing(read, lambda value: "" if value is None else number_text(value))


def _control(look: Look, param: Param) -> Any:
    """The input that fits the type, with a place for values that differ."""
    words = {"description": labelled(param)}
    if param.type in ("bool", "choice"):
        values = [("on", True), ("off", False)] if param.type == "bool" else []
        options = [*values, *((choice, choice) for choice in param.choices), (_MIXED, None)]
        return look.make(ipywidgets.Dropdown, "input", options=options, value=None, **words)
    return look.make(ipywidgets.Text, "input", continuous_update=False, placeholder=_MIXED, **words)
