"""The bqplot marks, scales and axes of the main figure, by name."""

import itertools
from typing import Any

import bqplot
import numpy as np
from bqplot import Axis, LinearScale

from stratcraft_jupyter.widgets.charts import colors
from stratcraft_jupyter.widgets.charts.bands import BANDS, DRAWDOWN, EQUITY, PRICE, VOLUME
from stratcraft_jupyter.widgets.charts.markers import Action
from stratcraft_jupyter.widgets.charts.state import Traits

STRIPS = 240
"""Upright strips over the figure that feel the mouse; see ``strips``."""

TOOLTIP_STYLE = {"opacity": "1", "color": "var(--jp-content-font-color1)", "padding": "4px 8px"}
_TICK_STYLE = {"font-size": "11px"}
_OWN_SCALE = {"x": True, "y": True}

_SHAPES: dict[Action, tuple[str, str]] = {
    "enter_long": ("triangle-up", colors.LONG),
    "exit_long": ("diamond", colors.LONG),
    "enter_short": ("triangle-down", colors.SHORT),
    "exit_short": ("square", colors.SHORT),
}


def make_scales(state: dict[str, Traits]) -> dict[str, Any]:
    """One y scale for each band, each as high as the whole figure."""
    return {
        f"{band.name}_scale": LinearScale(allow_padding=False, **state[f"{band.name}_scale"])
        for band in BANDS
    }


def make_axes(x: LinearScale, scales: dict[str, Any], state: dict[str, Traits]) -> dict[str, Any]:
    """The bar axis and the axes of all bands, which share the right edge."""
    axes = {"x_axis": Axis(scale=x, side="bottom", tick_style=_TICK_STYLE, **state["x_axis"])}
    for band in BANDS:
        name = f"{band.name}_axis"
        axes[name] = Axis(
            scale=scales[f"{band.name}_scale"],
            side="right",
            tick_style=_TICK_STYLE,
            # Spares bqplot guessing a format, which fails on a single tick.
            tick_format=".6~g",
            **state[name],
        )
    return axes


def make_marks(
    x: LinearScale,
    scales: dict[str, Any],
    state: dict[str, Traits],
    names: Any,  # noqa: ANN401
) -> dict[str, Any]:
    """Everything drawn on the bar axis, from back to front."""
    on = {band: {"x": x, "y": scales[f"{band.name}_scale"]} for band in BANDS}

    def line(name: str, band: Any, color: str, **traits: Any) -> Any:  # noqa: ANN401
        return bqplot.Lines(
            scales=on[band],
            colors=[color],
            preserve_domain=_OWN_SCALE,
            enable_hover=False,
            **state[name],
            **traits,
        )

    def sticks(name: str, color: str) -> Any:  # noqa: ANN401
        return bqplot.OHLC(
            scales=on[PRICE],
            colors=[color, color],
            stroke=color,
            preserve_domain=_OWN_SCALE,
            enable_hover=False,
            **state[name],
        )

    marks = {
        "volume": line(
            "volume",
            VOLUME,
            colors.QUIET,
            fill="inside",
            fill_colors=[colors.QUIET],
            fill_opacities=[0.55],
            stroke_width=0,
        ),
        "drawdown": line(
            "drawdown",
            DRAWDOWN,
            colors.DRAWDOWN,
            fill="inside",
            fill_colors=[colors.DRAWDOWN],
            fill_opacities=[0.5],
            stroke_width=0,
        ),
        "benchmark": line("benchmark", EQUITY, colors.QUIET, line_style="dashed", stroke_width=1.2),
        "equity": line("equity", EQUITY, colors.EQUITY, stroke_width=1.6),
        "up": sticks("up", colors.UP),
        "down": sticks("down", colors.DOWN),
        "legs": line("legs", PRICE, colors.QUIET, line_style="dotted", stroke_width=1.4),
    }
    for action, (shape, color) in _SHAPES.items():
        marks[action] = bqplot.Scatter(
            scales=on[PRICE],
            marker=shape,
            colors=[color],
            default_size=52,
            names_unique=False,
            display_names=False,
            tooltip=names,
            tooltip_style=TOOLTIP_STYLE,
            preserve_domain=_OWN_SCALE,
            **state[action],
        )
    return marks


def captions(unit: LinearScale) -> Any:  # noqa: ANN401
    """The name of each band in its upper left corner; ``unit`` runs from 0 to 1."""
    return bqplot.Label(
        x=np.zeros(len(BANDS)),
        y=np.array([band.top for band in BANDS]),
        text=[band.title for band in BANDS],
        x_offset=6,
        y_offset=9,
        scales={"x": unit, "y": unit},
        colors=[colors.QUIET],
        default_size=11,
        font_weight="normal",
        enable_hover=False,
    )


def separators(unit: LinearScale) -> Any:  # noqa: ANN401
    """A thin line between neighbouring bands; ``unit`` runs from 0 to 1."""
    gaps = [(upper.bottom + lower.top) / 2.0 for upper, lower in itertools.pairwise(BANDS)]
    return bqplot.Lines(
        x=np.array([0.0, 1.0]),
        y=np.array([[gap, gap] for gap in gaps]),
        scales={"x": unit, "y": unit},
        colors=[colors.QUIET],
        stroke_width=1,
        opacities=[0.5] * len(gaps),
        enable_hover=False,
    )


def strips(unit: LinearScale, tooltip: Any) -> Any:  # noqa: ANN401
    """Invisible upright strips over all bands that tell which part of the width is pointed at.

    They stand still while the window moves, so they cost nothing then, and make the gaps between
    thin candles feel the mouse too.
    """
    return bqplot.Bars(
        x=(np.arange(STRIPS) + 0.5) / STRIPS,
        y=np.ones(STRIPS),
        scales={"x": unit, "y": unit},
        colors=[colors.QUIET],
        opacities=[0.0],
        padding=0.0,
        tooltip=tooltip,
        tooltip_style=TOOLTIP_STYLE,
    )
