"""The inspector's form of a node's parameters, made from the catalog."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import ipywidgets

from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.graph import (
    Kind,
    Node,
    Param,
    StrategyGraph,
    has_effect,
    node_title,
    param_value,
)
from stratcraft_jupyter.widgets import actions
from stratcraft_jupyter.widgets.fields import Field
from stratcraft_jupyter.widgets.look import Look, paragraphs, show_only_if
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.typed import AS_IS, Typing, number_text, read_number, read_whole

_ENDLESS = 1_000_000
"""Limits from here on only keep nonsense out."""


class ParameterForm:
    """One field a parameter that counts; a line says how many more there are, and when."""

    def __init__(self, state: BuilderState, look: Look, node_id: str, kind: Kind) -> None:
        self._kind = kind
        self._fields = [(param, _field(state, look, node_id, param)) for param in kind.params]
        self._more = look.text("hint", "hidden")
        fields = (field.widget for _, field in self._fields)
        self.widget: Any = look.box(*fields, self._more, css="form")

    @property
    def fields(self) -> list[Field]:
        """The fields, in the order of the catalog."""
        return [field for _, field in self._fields]

    def show(self, graph: StrategyGraph, node: Node, findings: Iterable[Diagnostic] = ()) -> None:
        """Shows the node's present values, and what is wrong with them."""
        told = {item.port: item for item in findings if item.node_id == node.id}
        idle = []
        for param, field in self._fields:
            enabled = has_effect(graph, node, param)
            finding = told.get(param.name)
            said = f"{finding.message} {finding.hint}" if finding else ""
            field.show(param_value(node, param), enabled=enabled, finding=said)
            show_only_if(field.widget, enabled)
            if not enabled:
                idle.append(param)
        self._more.value = paragraphs(_more_settings(self._kind, idle)) if idle else ""
        show_only_if(self._more, bool(idle))


def _field(state: BuilderState, look: Look, node_id: str, param: Param) -> Field:
    def change(value: actions.Value) -> None:
        actions.set_param(state, node_id, param.name, value)

    def named() -> str:
        return f"{param.title} of {node_title(state.graph.node(node_id))}"

    typing = AS_IS
    if param.type == "int":
        typing = Typing(lambda typed: read_whole(typed, named()), number_text)
    elif param.type == "float":
        typing = Typing(lambda typed: read_number(typed, named()), number_text)
    return Field(
        state,
        look,
        _control(look, param),
        place=f"nodes.{node_id}.params.{param.name}",
        on_change=change,
        default=param.default,
        typing=typing,
    )


def _control(look: Look, param: Param) -> Any:
    """The input that fits the parameter's type."""
    words = {"description": labelled(param), "tooltip": _tooltip(param)}
    if param.type == "bool":
        return look.make(ipywidgets.Checkbox, "check", indent=False, **words)
    if param.type == "choice":
        return look.make(
            ipywidgets.Dropdown, "input", options=param.choices, value=param.default, **words
        )
    # ipywidgets' number inputs drop characters: 2.5 would become 25
    return look.make(ipywidgets.Text, "input", continuous_update=False, **words)


def labelled(param: Param) -> str:
    """A parameter's title with its range and unit, such as ``"Period (1 to 5,000 bars)"``."""
    facts = " ".join(part for part in (_limits(param), param.unit) if part)
    return f"{param.title} ({facts})" if facts else param.title


def _limits(param: Param) -> str:
    """The range; a limit that nobody meets is left out."""
    low, high = param.minimum, param.maximum
    if low is None or high is None or low <= -_ENDLESS:
        return ""
    if high >= _ENDLESS:
        return f"{low:,.10g} or more"
    return f"{low:,.10g} to {high:,.10g}"


def _tooltip(param: Param) -> str:
    return " ".join(part for part in (_sentence(param.help), _range(param)) if part)


def _range(param: Param) -> str:
    if param.minimum is None or param.maximum is None:
        return f"Default {param.default}."
    unit = f" {param.unit}" if param.unit else ""
    return f"{param.minimum:,.10g} to {param.maximum:,.10g}{unit}; default {param.default}."


def _more_settings(kind: Kind, idle: Sequence[Param]) -> str:
    """How many parameters have no effect, and with what they would have one."""
    reasons = dict.fromkeys(reason for param in idle for reason in _uses(kind, param))
    count = f"{len(idle)} more setting{'s' if len(idle) > 1 else ''}"
    return f"{count}, used {' or '.join(reasons)}."


def _uses(kind: Kind, param: Param) -> Iterator[str]:
    """What a parameter waits for, in words."""
    if param.when_choice and (decides := kind.param(param.when_choice[0])):
        yield f"with another choice in {decides.title}"
    if param.when_connected and (port := kind.input(param.when_connected)):
        yield f"when {port.title} is connected"
    elif param.unless_connected and not param.when_choice:
        port = kind.input(param.unless_connected)
        yield f"when {port.title if port else param.unless_connected} is not connected"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""
