"""Dragging and wheeling the charts with the mouse."""

from collections.abc import Callable

import bqplot
from bqplot import LinearScale

from stratcraft_jupyter.widgets.charts.state import scale_state, set_traits
from stratcraft_jupyter.widgets.charts.window import Window


class Hand:
    """Turns drags and wheel turns over a figure into windows.

    bqplot's own pan and zoom redraws every mark at every mouse event, which blocks the page. So it
    is given a scale that nothing is drawn on, and we follow that scale at our own pace.

    Args:
        window: Where to start.
        on_drag: Called with each new window.

    Attributes:
        widget: The interaction for the figure.
    """

    def __init__(self, window: Window, on_drag: Callable[[Window], None]) -> None:
        self._on_drag = on_drag
        self._is_moving = False
        self._scale = LinearScale(allow_padding=False, **scale_state(window))
        self._scale.observe(self._dragged, names=["min", "max"])
        self.widget = bqplot.PanZoom(scales={"x": [self._scale]})

    def move(self, window: Window) -> None:
        """Start the next drag at ``window``."""
        self._is_moving = True
        try:
            set_traits(self._scale, scale_state(window))
        finally:
            self._is_moving = False

    def _dragged(self, _change: object) -> None:
        if not self._is_moving:
            self._on_drag(Window(self._scale.min, self._scale.max))
