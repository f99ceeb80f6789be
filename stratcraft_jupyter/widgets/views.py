"""Canvas, table, plain English: three views of the one strategy, one in sight at a time."""

from collections.abc import Callable
from typing import Any

import ipywidgets

from stratcraft_jupyter.widgets.boundary import shows_errors
from stratcraft_jupyter.widgets.look import Look, css, show_only_if
from stratcraft_jupyter.widgets.reading import ReadingView
from stratcraft_jupyter.widgets.stage import Stage
from stratcraft_jupyter.widgets.state import BuilderState
from stratcraft_jupyter.widgets.table import TableView

_CANVAS, _TABLE, _READING = "Canvas", "Table", "Plain English"
_HELP = (
    "Nodes and edges",
    "A row an entry: built without a canvas",
    "The strategy in numbered sentences, to read",
)


class Views:
    """The middle of the builder.

    Attributes:
        toggle: The buttons that choose the view.
        widget: The views, of which one is in sight.

    Args:
        state: The builder's state.
        look: Makes the widgets.
        on_ready: Called when something added in the table is ready for its form.
    """

    def __init__(self, state: BuilderState, look: Look, on_ready: Callable[[], None]) -> None:
        self._makers: dict[str, Callable[[], TableView | ReadingView]] = {
            _TABLE: lambda: TableView(state, look, on_ready),
            _READING: lambda: ReadingView(state, look),
        }
        self._made: dict[str, TableView | ReadingView] = {}
        self.toggle: Any = look.make(
            ipywidgets.ToggleButtons,
            "views-toggle",
            "quiet",
            description="View",
            options=(_CANVAS, _TABLE, _READING),
            tooltips=_HELP,
        )
        self.toggle.observe(shows_errors(state)(lambda _: self._choose()), "value")
        self._stage: Any = Stage(state, look).widget
        self.widget: Any = look.box(self._stage, css="views")
        self._desk: Any = None

    def attach_to(self, desk: Any) -> None:
        """Tells the box around, whose columns depend on the view."""
        self._desk = desk

    def _choose(self) -> None:
        chosen = self.toggle.value
        if chosen in self._makers and chosen not in self._made:  # most sessions never ask
            self._made[chosen] = self._makers[chosen]()
            views = (view.widget for view in self._made.values())
            self.widget.children = (self._stage, *views)
        show_only_if(self._stage, chosen == _CANVAS)
        for name, view in self._made.items():
            show_only_if(view.widget, name == chosen)
            view.open(name == chosen)
        if self._desk is not None:
            wide = css("no-palette")[0]
            (self._desk.remove_class if chosen == _CANVAS else self._desk.add_class)(wide)
