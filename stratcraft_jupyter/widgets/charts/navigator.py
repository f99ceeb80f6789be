"""The strip below the charts: all bars at a glance, and a brush over the part in view."""

from collections.abc import Callable
from typing import Any

import bqplot
import ipywidgets
import numpy as np
from bqplot import LinearScale

from stratcraft_jupyter.backtest import colors
from stratcraft_jupyter.widgets.charts.aggregate import extremes
from stratcraft_jupyter.widgets.charts.data import ChartData
from stratcraft_jupyter.widgets.charts.figure import MARGIN
from stratcraft_jupyter.widgets.charts.state import Traits, set_ticks, set_traits, tick_state
from stratcraft_jupyter.widgets.charts.window import Window, bucket_size, full_window


class Navigator:
    """The closes of all bars, with a brush that can be drawn, moved and resized.

    Args:
        data: What to show.
        on_brush: Called with the window under the brush while it moves.
        on_done: Called when the mouse lets go of the brush, or clears it with a click.

    Attributes:
        widget: The figure to display.
    """

    def __init__(
        self,
        data: ChartData,
        on_brush: Callable[[Window], None],
        on_done: Callable[[], None],
    ) -> None:
        self._on_brush = on_brush
        self._on_done = on_done
        state = _state(data)
        self._scales = {name: LinearScale(allow_padding=False, **state[name]) for name in "xy"}
        self._line = bqplot.Lines(
            scales=self._scales,
            colors=[colors.QUIET],
            stroke_width=1,
            fill="bottom",
            fill_colors=[colors.QUIET],
            fill_opacities=[0.15],
            preserve_domain={"x": True, "y": True},
            enable_hover=False,
            **state["line"],
        )
        self._axis = bqplot.Axis(
            scale=self._scales["x"],
            side="bottom",
            grid_lines="none",
            tick_style={"font-size": "10px"},
            **state["axis"],
        )
        full = full_window(len(data))
        self._brush = bqplot.interacts.BrushIntervalSelector(
            scale=self._scales["x"],
            color=colors.EQUITY,
            selected=np.array([full.first, full.last]),
        )
        self._brush.observe(self._brushed, names=["selected", "brushing"])
        self._moving = False
        self.widget = bqplot.Figure(
            marks=[self._line],
            axes=[self._axis],
            interaction=self._brush,
            fig_margin=MARGIN | {"top": 4, "bottom": 20},
            padding_y=0.0,
            display_toolbar=False,
            layout=ipywidgets.Layout(width="100%", height="76px", min_width="320px"),
        )
        self.widget.add_class("jp-StratCraft-Navigator")

    @property
    def is_held(self) -> bool:
        """Whether the mouse holds the brush now."""
        return bool(self._brush.brushing)

    def show(self, data: ChartData) -> None:
        """Show other data."""
        state = _state(data)
        set_traits(self._scales["x"], state["x"])
        set_traits(self._scales["y"], state["y"])
        set_traits(self._line, state["line"])
        set_ticks(self._axis, state["axis"])

    def move(self, window: Window) -> None:
        """Put the brush over ``window``."""
        self._moving = True
        try:
            self._brush.selected = np.array([window.first, window.last])
        finally:
            self._moving = False

    def _brushed(self, change: dict[str, Any]) -> None:
        if self._moving:
            return
        selected = self._brush.selected
        if selected is not None and len(selected) == 2 and change["name"] == "selected":
            self._on_brush(Window(float(selected[0]), float(selected[1])))
        if not self._brush.brushing:
            self._on_done()


def _state(data: ChartData) -> dict[str, Traits]:
    count, close = len(data), data.bars.close
    full = full_window(count)
    x, y = extremes(close, 0, count, bucket_size(count))
    low, high = float(close.min()), float(close.max())
    room = 0.1 * (high - low) or 0.01 * high
    return {
        "x": {"min": full.first, "max": full.last},
        "y": {"min": low - room, "max": high + room},
        "line": {"x": x.astype(np.float64), "y": y},
        "axis": tick_state(data.ticks.in_window(full)),
    }
