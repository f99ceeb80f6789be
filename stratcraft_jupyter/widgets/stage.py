"""Where the graph is shown: our editor once the page says it has one, else a plain picture."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.notebook import messages
from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.canvas_edits import make_edit
from stratcraft_jupyter.widgets.drawing import captions_json, kinds_json
from stratcraft_jupyter.widgets.look import Look, paragraphs
from stratcraft_jupyter.widgets.snapshot import Snapshot, changed
from stratcraft_jupyter.widgets.state import BuilderState

if TYPE_CHECKING:
    from stratcraft_jupyter.widgets.canvas import PlainPicture

_MISSING = (
    "To edit on the canvas, install stratcraft-jupyter where JupyterLab or Notebook 7 runs and "
    "reload this page. Until then the list, the form and the buttons here do it all."
)


class Stage:
    """Shows the strategy as a graph and takes the edits made on it.

    A widget of ours in a page without the labextension is a red error box, so it is made only
    after that page has said hello. If it does not in time, ipycytoscape draws the graph.
    """

    def __init__(self, state: BuilderState, look: Look) -> None:
        self._state = state
        self._note = look.text("hint", value=paragraphs(_MISSING))
        self._canvas: Any = None
        self._picture: PlainPicture | None = None
        self._is_from_page = False
        self.widget: Any = look.box(css="stage")
        state.subscribe(self._show)

    def _show(self, new: Snapshot, old: Snapshot) -> None:
        if new.has_front_end:
            self._show_canvas(new, old)
        elif new.has_front_end is False and changed(new, old, "history", "has_front_end"):
            self._show_picture(new)

    def _show_picture(self, new: Snapshot) -> None:
        if self._picture is not None and self._picture.show(new.graph):
            return
        from stratcraft_jupyter.widgets.canvas import PlainPicture  # see preload_canvas

        before, self._picture = self._picture, PlainPicture(new.graph)
        self.widget.children = (self._picture.widget, self._note)
        if before is not None:
            before.close()

    def _show_canvas(self, new: Snapshot, old: Snapshot) -> None:
        if self._canvas is None:
            self._open_canvas(new)
            return
        drawn = ("history", "diagnostics", "run_findings", "selected_nodes", "selected_edges")
        if changed(new, old, *drawn, "preferences"):
            with self._canvas.hold_sync():  # one message: the page never sees half a change
                for name, value in _traits(new, old).items():
                    setattr(self._canvas, name, value)
        self._lead(new, old)

    def _lead(self, new: Snapshot, old: Snapshot) -> None:
        """Shows the user what was selected or asked for elsewhere."""
        if changed(new, old, "gone_to") and new.gone_to is not None:
            finding = new.gone_to
            self._canvas.send({"type": "go_to", "node": finding.node_id, "edge": finding.edge})
        elif changed(new, old, "selected_nodes") and new.selected_nodes and not self._is_from_page:
            self._canvas.send({"type": "reveal", "nodes": list(new.selected_nodes)})

    def _open_canvas(self, new: Snapshot) -> None:
        from stratcraft_jupyter.widgets.canvas import StrategyCanvas  # see preload_canvas

        self._canvas = StrategyCanvas(kinds=kinds_json(), **_traits(new, new))
        self._canvas.on_msg(shows_errors(self._state)(self._receive))
        self.widget.children = (self._canvas,)
        if self._picture is not None:
            self._picture.close()
            self._picture = None

    def _receive(self, _widget: object, content: Any, _buffers: object) -> None:
        message = messages.parse_canvas_message(content)
        if isinstance(message, messages.SelectMessage):
            self._select(message)
            return
        try:
            with self._asked_by_page():
                make_edit(self._state, message.edit)
        except StratCraftError as error:
            refusal = {"type": "refused", "reason": str(error), "edit": content["edit"]}
            self._canvas.send(refusal)

    def _select(self, message: messages.SelectMessage) -> None:
        with self._asked_by_page(), self._canvas.hold_sync():  # the answer comes with what it did
            self._canvas.selected_by = message.request_id
            self._state.select(message.nodes, message.edges)

    @contextmanager
    def _asked_by_page(self) -> Iterator[None]:
        """Marks that what happens now began on the page, which needs no pointing to it."""
        before, self._is_from_page = self._is_from_page, True
        try:
            yield
        finally:
            self._is_from_page = before


def preload_canvas() -> None:
    """Imports what draws the graph: ipycytoscape brings pandas, which the first look can spare."""
    import_module("stratcraft_jupyter.widgets.canvas")


def _traits(new: Snapshot, old: Snapshot) -> dict[str, Any]:
    """The canvas traits that changed."""
    traits: dict[str, Any] = {}
    if changed(new, old, "history"):
        traits["document"] = new.graph.model_dump(mode="json")
        traits["captions"] = captions_json(new.graph)
        traits["undo_name"] = new.history.undo_name
        traits["redo_name"] = new.history.redo_name
    if changed(new, old, "diagnostics", "run_findings"):
        traits["diagnostics"] = [item.to_dict() for item in new.findings]
    if changed(new, old, "preferences"):
        traits["favourite_kinds"] = list(new.preferences.favourite_kinds)
        traits["recent_kinds"] = list(new.preferences.recent_kinds)
    traits["selected_nodes"] = list(new.selected_nodes)
    traits["selected_edges"] = list(new.selected_edges)
    return traits
