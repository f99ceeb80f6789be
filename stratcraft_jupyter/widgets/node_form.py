"""The form of one selected node: name, meaning, parameters, inputs, note."""

from collections.abc import Iterable
from typing import Any

import ipywidgets

from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.graph import (
    KINDS,
    Node,
    StrategyGraph,
    node_sentence,
    node_title,
    semantics_in_words,
)
from stratcraft_jupyter.widgets import actions, preferring
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.connections import ConnectionForm
from stratcraft_jupyter.widgets.fields import Field
from stratcraft_jupyter.widgets.look import Look, paragraphs
from stratcraft_jupyter.widgets.parameters import ParameterForm
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.typed import text


class NodeForm:
    """The form of one node: name, meaning, parameters, inputs, note."""

    def __init__(self, state: BuilderState, look: Look, node: Node) -> None:
        self.shown = (node.id, node.kind)
        kind = KINDS.get(node.kind)
        self._head = look.text("head")
        self._label = Field(
            state,
            look,
            look.make(
                ipywidgets.Text,
                "input",
                description="Name",
                continuous_update=False,
                placeholder=kind.title if kind else node.kind,
            ),
            place=f"nodes.{node.id}.label",
            on_change=lambda label: actions.set_label(state, node.id, label),
            typing=text("The name of a node", most=80),
        )
        self._note = Field(
            state,
            look,
            look.make(ipywidgets.Textarea, "input", description="Note", continuous_update=False),
            place=f"nodes.{node.id}.note",
            on_change=lambda note: actions.set_note(state, node.id, note),
            typing=text("The note of a node", most=2_000),
        )
        self._star = Star(state, look, kind.name, kind.title) if kind else None
        head = look.box(self._head, *([self._star.button] if self._star else []), css="head-row")
        parts = [head, self._label.widget]
        self._params = self._inputs = None
        if kind and kind.params:
            self._params = ParameterForm(state, look, node.id, kind)
        if kind and kind.inputs:
            self._inputs = ConnectionForm(state, look, node.id, kind)
        parts += [form.widget for form in (self._params, self._inputs) if form]
        meaning = paragraphs(semantics_in_words(kind)) if kind else ""
        parts += [self._note.widget, look.text("semantics", value=meaning)]
        self.widget: Any = look.box(*parts, css="form node-form")

    def show(self, graph: StrategyGraph, node: Node, findings: Iterable[Diagnostic]) -> None:
        """Shows the node as it is now."""
        title = paragraphs(node_title(node), tag="h4")
        reading = f'<div role="status">{paragraphs(node_sentence(graph, node.id))}</div>'
        off = "" if node.enabled else paragraphs("Disabled: it has no part in the strategy.")
        self._head.value = title + reading + off
        if self._star:
            self._star.show()
        self._label.show(node.label)
        self._note.show(node.note)
        if self._params:
            self._params.show(graph, node, findings)
        if self._inputs:
            self._inputs.show(graph)

    def focus(self) -> None:
        """Puts the cursor into the first parameter, or the name if there is none."""
        fields = self._params.fields if self._params else []
        usable = [field for field in fields if not field.control.disabled]
        (usable or [self._label])[0].control.focus()

    def lead_to(self, place: str) -> None:
        """Puts the cursor into the field of a place."""
        fields = [self._label, self._note, *(self._params.fields if self._params else ())]
        for field in fields:
            field.lead_to(place)


class Star:
    """A button that makes a kind a favourite of the palette, or no longer."""

    def __init__(self, state: BuilderState, look: Look, kind: str, title: str) -> None:
        self._state = state
        self._kind = kind
        self._title = title
        self.button: Any = look.button("Favourite", "reset", "icon-only", icon="star-o")
        self.button.on_click(shows_errors(state)(self._pressed))

    def show(self) -> None:
        """Shows whether the kind is a favourite."""
        is_one = self._kind in self._state.snapshot.preferences.favourite_kinds
        self.button.icon = "star" if is_one else "star-o"
        self.button.tooltip = (
            f"Take {self._title} off the favourites of the palette"
            if is_one
            else f"Keep {self._title} on top of the palette, as a favourite"
        )

    def _pressed(self, _button: object) -> None:
        is_one = self._kind in self._state.snapshot.preferences.favourite_kinds
        preferring.set_favourite_kind(self._state, self._kind, not is_one)
