"""The inspector's form of a node's parameters, made from the catalog."""

from typing import Any

import ipywidgets

from stratcraft_jupyter.graph import Kind, Node, Param, StrategyGraph, has_effect, param_value
from stratcraft_jupyter.widgets import actions
from stratcraft_jupyter.widgets.fields import Field
from stratcraft_jupyter.widgets.look import Look
from stratcraft_jupyter.widgets.state import BuilderState


class ParameterForm:
    """One field a parameter; greyed where the value has no effect."""

    def __init__(self, state: BuilderState, look: Look, node_id: str, kind: Kind) -> None:
        self._node_id = node_id
        self._fields = [(param, _field(state, look, node_id, param)) for param in kind.params]
        self.widget: Any = look.box(*(field.widget for _, field in self._fields), css="form")

    def show(self, graph: StrategyGraph, node: Node) -> None:
        """Shows the node's present values."""
        for param, field in self._fields:
            enabled = has_effect(graph, node, param)
            field.show(param_value(node, param), enabled=enabled)
            field.control.tooltip = _tooltip(param) if enabled else _why_grey(param)


def _field(state: BuilderState, look: Look, node_id: str, param: Param) -> Field:
    def change(value: actions.Value) -> None:
        actions.set_param(state, node_id, param.name, value)

    return Field(state, look, _control(look, param), on_change=change, default=param.default)


def _control(look: Look, param: Param) -> Any:  # noqa: ANN401 - ipywidgets ships no types
    """The input that fits the parameter's type."""
    unit = f" ({param.unit})" if param.unit else ""
    traits: dict[str, Any] = {"description": f"{param.title}{unit}", "value": param.default}
    match param.type:
        case "bool":
            return look.make(ipywidgets.Checkbox, "check", indent=False, **traits)
        case "choice":
            return look.make(ipywidgets.Dropdown, "input", options=param.choices, **traits)
        case "int":
            kind: type = ipywidgets.IntText
        case "float":
            kind = ipywidgets.FloatText
        case "text":
            kind = ipywidgets.Text
    return look.make(kind, "input", continuous_update=False, **traits)


def _tooltip(param: Param) -> str:
    return " ".join(part for part in (_sentence(param.help), _range(param)) if part)


def _range(param: Param) -> str:
    if param.minimum is None or param.maximum is None:
        return f"Default {param.default}."
    unit = f" {param.unit}" if param.unit else ""
    return f"{param.minimum:,.10g} to {param.maximum:,.10g}{unit}; default {param.default}."


def _why_grey(param: Param) -> str:
    if param.unless_connected:
        return f"Not used: the input '{param.unless_connected}' is connected and takes its place."
    return f"Not used until the input '{param.when_connected}' is connected."


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""
