"""The inspector: what is selected, in words and as a form."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import ipywidgets

from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.graph import KINDS, Node, StrategyGraph, describe, describe_node, node_title
from stratcraft_jupyter.widgets import actions
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.connections import ConnectionForm
from stratcraft_jupyter.widgets.fields import Field
from stratcraft_jupyter.widgets.look import Look, paragraphs, with_code
from stratcraft_jupyter.widgets.parameters import ParameterForm
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.typed import text


class Inspector:
    """Shows the selected node's form; without one, the strategy in plain English."""

    def __init__(self, state: BuilderState, look: Look) -> None:
        self._state = state
        self._look = look
        self._form: _NodeForm | None = None
        self._chooser = _NodeChooser(state, look)
        self._summary = look.text("summary")
        self._buttons = _SelectionButtons(state, look)
        self.widget: Any = look.box(self._chooser.widget, self._summary, css="inspector")
        state.subscribe(self._show)

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if changed(new, old, "history", "selected_nodes", "selected_edges"):
            self._show_selection(new)
        if self._form and new is not old and changed(new, old, "pointed_at") and new.pointed_at:
            self._form.lead_to(new.pointed_at.place)

    def _show_selection(self, new: Snapshot) -> None:
        self._chooser.show(new)
        if len(new.selected_nodes) == 1 and not new.selected_edges:
            self._show_node(new, new.graph.node(new.selected_nodes[0]))
            return
        self._forget_form()
        self._summary.value = _summary(new)
        selected = new.selected_nodes or new.selected_edges
        self._fill(self._summary, *([self._buttons.widget] if selected else []))
        self._buttons.show(new)

    def _show_node(self, new: Snapshot, node: Node) -> None:
        if self._form is None or self._form.shown != (node.id, node.kind):
            self._forget_form()
            self._form = _NodeForm(self._state, self._look, node)
        self._form.show(new.graph, node, new.findings)
        self._buttons.show(self._state.snapshot)
        self._fill(self._form.widget, self._buttons.widget)

    def _fill(self, *parts: Any) -> None:
        children = (self._chooser.widget, *parts)
        if self.widget.children != children:
            self.widget.children = children

    def _forget_form(self) -> None:
        if self._form is not None:
            form, self._form = self._form, None
            self._fill(self._summary)
            close_all(form.widget)


class _NodeForm:
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
        parts = [self._head, self._label.widget]
        self._params = self._inputs = None
        if kind and kind.params:
            self._params = ParameterForm(state, look, node.id, kind)
        if kind and kind.inputs:
            self._inputs = ConnectionForm(state, look, node.id, kind)
        parts += [form.widget for form in (self._params, self._inputs) if form]
        meaning = with_code(kind.semantics) if kind else ""
        parts += [self._note.widget, look.text("semantics", value=meaning)]
        self.widget: Any = look.box(*parts, css="form node-form")

    def show(self, graph: StrategyGraph, node: Node, findings: Iterable[Diagnostic]) -> None:
        """Shows the node as it is now."""
        reading = describe_node(graph, node.id)
        title = paragraphs(node_title(node), tag="h4")
        stop = "" if reading.endswith("…") else "."  # an ellipsis stands for a missing input
        self._head.value = title + paragraphs(f"{reading[:1].upper()}{reading[1:]}{stop}")
        self._label.show(node.label)
        self._note.show(node.note)
        if self._params:
            self._params.show(graph, node, findings)
        if self._inputs:
            self._inputs.show(graph)

    def lead_to(self, place: str) -> None:
        """Puts the cursor into the field of a place."""
        fields = [self._label, self._note, *(self._params.fields if self._params else ())]
        for field in fields:
            field.lead_to(place)


class _NodeChooser:
    """A drop-down of all nodes: the way to select one without a mouse or a canvas."""

    def __init__(self, state: BuilderState, look: Look) -> None:
        self._state = state
        self._is_showing = False
        self.widget: Any = look.make(
            ipywidgets.Dropdown, "input", "chooser", description="Selected", options=()
        )
        self.widget.observe(shows_errors(state)(self._chosen), "value")

    def show(self, new: Snapshot) -> None:
        """Shows the selection among all nodes."""
        count = len(new.selected_nodes)
        one = count == 1 and not new.selected_edges
        none = "the whole strategy" if not (count or new.selected_edges) else "several"
        options = [(none, ""), *_named_nodes(new.graph)]
        self._is_showing = True  # new options select the first one for a moment
        try:
            with self.widget.hold_sync():
                if list(self.widget.options) != options:
                    self.widget.options = options
                self.widget.value = new.selected_nodes[0] if one else ""
        finally:
            self._is_showing = False

    def _chosen(self, change: Any) -> None:
        if not self._is_showing:
            self._state.select([change["new"]] if change["new"] else [])


class _SelectionButtons:
    """Duplicate and delete, for what is selected."""

    def __init__(self, state: BuilderState, look: Look) -> None:
        self._state = state
        boundary = shows_errors(state)
        self._copy = look.button("Duplicate", icon="copy")
        self._copy.on_click(boundary(self._duplicate))
        self._delete = look.button("Delete", icon="trash")
        self._delete.on_click(boundary(self._remove))
        self.widget: Any = look.box(self._copy, self._delete, css="row")

    def show(self, new: Snapshot) -> None:
        """Offers what can be done with the selection."""
        self._copy.disabled = not new.selected_nodes

    def _duplicate(self, _button: object) -> None:
        actions.duplicate(self._state, self._state.snapshot.selected_nodes)

    def _remove(self, _button: object) -> None:
        snapshot = self._state.snapshot
        actions.delete(self._state, snapshot.selected_nodes, snapshot.selected_edges)


def _summary(snapshot: Snapshot) -> str:
    """What is selected, or the whole strategy in words."""
    counts = []
    for ids, word in ((snapshot.selected_nodes, "node"), (snapshot.selected_edges, "connection")):
        if ids:
            counts.append(f"{len(ids)} {word}{'s' if len(ids) > 1 else ''}")
    if counts:
        return paragraphs(f"{' and '.join(counts)} selected", tag="h4")
    sentences = describe(snapshot.graph)
    told = f"<ol>{paragraphs(*sentences, tag='li')}</ol>" if sentences else ""
    hint = "Select a node to change it, or add one from the list on the left."
    return paragraphs("In plain English", tag="h4") + told + paragraphs(hint)


def _named_nodes(graph: StrategyGraph) -> list[tuple[str, str]]:
    """Every node by name, with its id where the name is not enough."""
    names = Counter(node_title(node) for node in graph.nodes)
    named = [
        (title if names[title] == 1 else f"{title} [{node.id}]", node.id)
        for node in graph.nodes
        for title in [node_title(node)]
    ]
    return sorted(named, key=lambda item: item[0].lower())


def close_all(widget: Any) -> None:
    """Ends a widget and all it holds, so that forms do not pile up in the kernel and the page."""
    for child in getattr(widget, "children", ()):
        close_all(child)
    widget.close()
