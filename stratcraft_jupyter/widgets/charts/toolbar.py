"""The row of buttons above the charts and the lines that say what is in view."""

from collections.abc import Callable
from functools import partial
from html import escape
from typing import TypeVar

import ipywidgets
import numpy as np

from stratcraft_jupyter.backtest import colors
from stratcraft_jupyter.backtest.actions import MARKS
from stratcraft_jupyter.widgets.look import Look

_DAY = ("1D", "1W", "1M", "3M")
_YEARS = ("1Y", "3Y", "5Y", "10Y")
_PRESETS = {"1d": ("1M", "3M", "6M", "1Y", "5Y"), "1w": _YEARS, "1M": _YEARS}

_PERIODS = {
    "1D": np.timedelta64(1, "D"),
    "1W": np.timedelta64(7, "D"),
    "1M": np.timedelta64(31, "D"),
    "3M": np.timedelta64(92, "D"),
    "6M": np.timedelta64(183, "D"),
    "1Y": np.timedelta64(365, "D"),
    "3Y": np.timedelta64(1096, "D"),
    "5Y": np.timedelta64(1826, "D"),
    "10Y": np.timedelta64(3652, "D"),
}

_STEPS = (
    ("all", "All", "", "Show all bars"),
    ("left", "", "chevron-left", "Earlier"),
    ("right", "", "chevron-right", "Later"),
    ("in", "", "search-plus", "Zoom in"),
    ("out", "", "search-minus", "Zoom out"),
)

_LEGEND = (
    *((mark.symbol, mark.color, mark.title) for mark in MARKS.values()),
    ("▮", colors.UP, "Up"),
    ("▮", colors.DOWN, "Down"),
    ("━", colors.EQUITY, "Equity"),
    ("┅", colors.QUIET, "Buy and hold"),
)


T = TypeVar("T")


class Toolbar:
    """Buttons that move the window.

    Args:
        look: Makes the widgets.
        timeframe: Length of a bar; decides which periods are offered.
        on_period: Called with a period to show.
        on_step: Called with what a button does: ``"left"``, ``"right"``, ``"in"``, ``"out"``,
            ``"all"``.
        on_drag: Called with whether the mouse shall drag the charts.

    Attributes:
        widget: The row to display.
        legend: The legend and the notes, to display below it.
    """

    def __init__(
        self,
        look: Look,
        timeframe: str,
        on_period: Callable[[np.timedelta64], None],
        on_step: Callable[[str], None],
        on_drag: Callable[[bool], None],
    ) -> None:
        self._on_period = on_period
        self._look = look
        steps = [
            self._button(text, icon, hint, partial(_call, on_step, step))
            for step, text, icon, hint in _STEPS
        ]
        self._drag = look.make(
            ipywidgets.ToggleButton,
            "button",
            description="Drag",
            icon="arrows",
            tooltip="Drag the charts with the mouse and zoom with its wheel; "
            "off, the mouse shows the numbers of a bar",
        )
        self._drag.observe(lambda change: on_drag(change["new"]), names="value")
        self._range = look.text("range")
        self._fixed = [*steps, self._drag, self._range]
        self._timeframe = ""
        self.widget = look.box(css="result-row")
        self.legend = look.text()
        self.offer(timeframe)

    def offer(self, timeframe: str) -> None:
        """Offer the periods that suit bars of ``timeframe``."""
        if timeframe == self._timeframe:
            return
        self._timeframe = timeframe
        names = _PRESETS.get(timeframe, _DAY)
        self.widget.children = [*(self._period(name) for name in names), *self._fixed]

    def tell(self, range_text: str, note: str) -> None:
        """Say which bars are in view, and what is not drawn one by one."""
        self._range.value = escape(range_text)
        self.legend.value = legend_html(note)

    def _period(self, name: str) -> ipywidgets.Button:
        hint = f"Show {name} up to the right edge"
        return self._button(name, "", hint, partial(_call, self._on_period, _PERIODS[name]))

    def _button(
        self, text: str, icon: str, hint: str, action: Callable[[ipywidgets.Button], None]
    ) -> ipywidgets.Button:
        button = self._look.button(text, icon=icon, tooltip=hint)
        button.on_click(action)
        return button


def legend_html(note: str) -> str:
    """What the marks mean, and ``note``."""
    items = "".join(
        f'<span><span style="color:{color}" aria-hidden="true">{sign}</span> {escape(text)}</span>'
        for sign, color, text in _LEGEND
    )
    return f'<div class="jp-StratCraft-Legend">{items}<em>{escape(note)}</em></div>'


def _call(action: Callable[[T], None], value: T, _button: ipywidgets.Button) -> None:
    action(value)
