"""The inspector: what is selected, in words and as a form."""

from collections import Counter
from typing import Any

import ipywidgets

from stratcraft_jupyter.graph import Node, StrategyGraph, describe, node_title
from stratcraft_jupyter.widgets import actions, canvas_actions
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.look import Look, close_tree, paragraphs
from stratcraft_jupyter.widgets.node_form import NodeForm
from stratcraft_jupyter.widgets.shared_form import SharedForm, shared_params
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState


class Inspector:
    """Shows the selected node's form; without one, the strategy in plain English."""

    def __init__(self, state: BuilderState, look: Look) -> None:
        self._state = state
        self._look = look
        self._form: NodeForm | SharedForm | None = None
        self._form_before: NodeForm | SharedForm | None = None
        self._chooser = _NodeChooser(state, look)
        self._summary = look.text("summary")
        self._buttons = _SelectionButtons(state, look)
        self.widget: Any = look.box(self._chooser.widget, self._summary, css="inspector")
        state.subscribe(self._show)

    def focus(self) -> None:
        """Puts the cursor into the form of the selected node."""
        if isinstance(self._form, NodeForm):
            self._form.focus()

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if changed(new, old, "history", "selected_nodes", "selected_edges", "preferences"):
            self._show_selection(new)
        is_led = new is not old and changed(new, old, "pointed_at")
        if isinstance(self._form, NodeForm) and is_led and new.pointed_at:
            self._form.lead_to(new.pointed_at.place)

    def _show_selection(self, new: Snapshot) -> None:
        self._chooser.show(new)
        if len(new.selected_nodes) == 1 and not new.selected_edges:
            self._show_node(new, new.graph.node(new.selected_nodes[0]))
            return
        shared = self._shared_form(new)
        self._summary.value = _summary(new)
        selected = new.selected_nodes or new.selected_edges
        buttons = [self._buttons.widget] if selected else []
        self._fill(self._summary, *([shared.widget] if shared else []), *buttons)
        self._buttons.show(new)

    def _shared_form(self, new: Snapshot) -> SharedForm | None:
        """The form of several nodes, if that many are selected."""
        nodes = [new.graph.node(node_id) for node_id in new.selected_nodes]
        chosen = tuple((node.id, node.kind) for node in nodes)
        if not isinstance(self._form, SharedForm) or self._form.shown != chosen:
            self._forget_form()
            self._form = SharedForm(self._state, self._look, nodes) if len(nodes) > 1 else None
        if isinstance(self._form, SharedForm):
            self._form.show(new.graph)
            return self._form
        return None

    def _show_node(self, new: Snapshot, node: Node) -> None:
        form = self._form
        if not isinstance(form, NodeForm) or form.shown != (node.id, node.kind):
            self._forget_form()
            self._form = form = NodeForm(self._state, self._look, node)
        form.show(new.graph, node, new.findings)
        self._buttons.show(self._state.snapshot)
        self._fill(form.widget, self._buttons.widget)

    def _fill(self, *parts: Any) -> None:
        children = (self._chooser.widget, *parts)
        if self.widget.children != children:
            self.widget.children = children

    def _forget_form(self) -> None:
        """Takes the form away; it lives on for a while, as what was typed may be on its way."""
        if self._form is not None:
            if self._form_before is not None:
                close_tree(self._form_before.widget)
            self._form_before, self._form = self._form, None
            self._fill(self._summary)


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
        if not count and len(new.selected_edges) == 1:
            none = "a connection"
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
    """Duplicate, disable and delete, for what is selected."""

    def __init__(self, state: BuilderState, look: Look) -> None:
        self._state = state
        boundary = shows_errors(state)
        self._copy = look.button("Duplicate", icon="copy")
        self._copy.on_click(boundary(self._duplicate))
        self._switch = look.button("Disable", icon="power-off")
        self._switch.on_click(boundary(self._turn))
        self._delete = look.button("Delete", icon="trash")
        self._delete.on_click(boundary(self._remove))
        self.widget: Any = look.box(self._copy, self._switch, self._delete, css="row")

    def show(self, new: Snapshot) -> None:
        """Offers what can be done with the selection."""
        self._copy.disabled = self._switch.disabled = not new.selected_nodes
        is_any = any(new.graph.node(node_id).enabled for node_id in new.selected_nodes)
        self._switch.description = "Disable" if is_any or not new.selected_nodes else "Enable"

    def _turn(self, _button: object) -> None:
        snapshot = self._state.snapshot
        nodes = snapshot.selected_nodes
        is_any = any(snapshot.graph.node(node_id).enabled for node_id in nodes)
        actions.enable(self._state, nodes, not is_any)

    def _duplicate(self, _button: object) -> None:
        canvas_actions.duplicate(self._state, self._state.snapshot.selected_nodes)

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
        head = paragraphs(f"{' and '.join(counts)} selected", tag="h4")
        nodes = [snapshot.graph.node(node_id) for node_id in snapshot.selected_nodes]
        if len(nodes) > 1 and not shared_params(nodes):
            return head + paragraphs("They have no settings in common.")
        return head
    sentences = describe(snapshot.graph)
    told = f"<ol>{paragraphs(*sentences, tag='li')}</ol>" if sentences else ""
    hint = (
        "Select a node to change it. To add one, use the list beside the canvas, "
        "or the buttons with a plus in the table."
    )
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
