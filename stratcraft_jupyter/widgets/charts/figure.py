"""The main figure: price with markers, volume, equity and drawdown over one bar axis."""

from collections.abc import Callable

import bqplot
import ipywidgets
from bqplot import LinearScale

from stratcraft_jupyter.widgets.charts import parts
from stratcraft_jupyter.widgets.charts.frame import Frame
from stratcraft_jupyter.widgets.charts.hand import Hand
from stratcraft_jupyter.widgets.charts.state import frame_state, scale_state, set_ticks, set_traits
from stratcraft_jupyter.widgets.charts.window import Window

MARGIN = {"top": 30, "bottom": 24, "left": 8, "right": 58}
"""Pixels around the plot; the navigator has the same at its sides."""


class MainFigure:
    """A figure that shows one frame after another.

    Args:
        frame: What to show first.
        title: Title of the figure.
        on_point: Called with the place on the bar axis that the mouse comes to.
        on_drag: Called with the window that the mouse drags or wheels to.

    Attributes:
        widget: The figure to display.
    """

    def __init__(
        self,
        frame: Frame,
        title: str,
        on_point: Callable[[float], None],
        on_drag: Callable[[Window], None],
    ) -> None:
        state = frame_state(frame)
        self._on_point = on_point
        self._on_drag = on_drag
        self._tooltip = ipywidgets.HTML()
        self._x_scale = LinearScale(allow_padding=False, **scale_state(frame.window))
        unit = LinearScale(min=0.0, max=1.0, allow_padding=False)
        scales = parts.make_scales(state)
        axes = parts.make_axes(self._x_scale, scales, state)
        names = bqplot.Tooltip(fields=["name"], show_labels=False)
        marks = parts.make_marks(self._x_scale, scales, state, names)
        strips = parts.strips(unit, self._tooltip)
        strips.on_hover(self._point)
        markers = [mark for mark in marks.values() if isinstance(mark, bqplot.Scatter)]
        drawn = [mark for mark in marks.values() if mark not in markers]
        self._parts: dict[str, ipywidgets.Widget] = {**scales, **axes, **marks}
        self.widget = bqplot.Figure(
            title=title,
            title_style={"font-size": "13px", "fill": "var(--jp-content-font-color1)"},
            marks=[parts.separators(unit), parts.captions(unit), *drawn, strips, *markers],
            axes=list(axes.values()),
            scale_x=unit,
            scale_y=unit,
            fig_margin=MARGIN,
            padding_y=0.0,
            display_toolbar=False,
            layout=ipywidgets.Layout(width="100%", height="600px", min_width="320px"),
        )
        self.widget.add_class("jp-StratCraft-Chart")
        self._hand: Hand | None = None

    def show(self, frame: Frame) -> None:
        """Draw ``frame``; the bar axis stays where it is."""
        for name, traits in frame_state(frame).items():
            change = set_ticks if "tick_values" in traits else set_traits
            change(self._parts[name], traits)

    def move(self, window: Window) -> None:
        """Put the bar axis at ``window``."""
        set_traits(self._x_scale, scale_state(window))

    def release(self, window: Window) -> None:
        """Have the next drag start at ``window``."""
        if self._hand is not None:
            self._hand.move(window)

    def set_drag(self, on: bool, window: Window) -> None:
        """Let the mouse drag the charts and its wheel zoom them, or feel for bars instead."""
        if on and self._hand is None:
            self._hand = Hand(window, self._on_drag)
        self.widget.interaction = self._hand.widget if on and self._hand else None

    def tell(self, html: str) -> None:
        """Have the tooltip say ``html``."""
        self._tooltip.value = html

    def _point(self, _name: str, message: dict[str, dict[str, float]]) -> None:
        part = (message["data"]["index"] + 0.5) / parts.STRIPS
        first, last = self._x_scale.min, self._x_scale.max
        self._on_point(first + part * (last - first))
