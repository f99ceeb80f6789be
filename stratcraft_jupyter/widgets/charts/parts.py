"""The bqplot marks, scales and axes of the main figure, by name."""

import itertools
from typing import Any

import bqplot
import numpy as np
from bqplot import Axis, LinearScale

from stratcraft_jupyter.backtest import colors
from stratcraft_jupyter.backtest.actions import MARKS
from stratcraft_jupyter.widgets.charts.bands import BANDS, DRAWDOWN, EQUITY, PRICE, VOLUME, Band
from stratcraft_jupyter.widgets.charts.state import Traits

STRIPS = 240
"""Upright strips over the figure that feel the mouse; see ``strips``."""


def _filled(color: str, opacity: float) -> Traits:
    return {
        "fill": "inside",
        "fill_colors": [color],
        "fill_opacities": [opacity],
        "stroke_width": 0,
    }


TOOLTIP_STYLE = {"opacity": "1", "color": "var(--jp-content-font-color1)", "padding": "4px 8px"}
_TICK_STYLE = {"font-size": "11px"}

# Under the candles: band, colour and looks of each line; those that are filled enclose an area.
_LINES: dict[str, tuple[Band, str, Traits]] = {
    "volume": (VOLUME, colors.QUIET, _filled(colors.QUIET, 0.55)),
    "drawdown": (DRAWDOWN, colors.DRAWDOWN, _filled(colors.DRAWDOWN, 0.5)),
    "benchmark": (EQUITY, colors.QUIET, {"line_style": "dashed", "stroke_width": 1.2}),
    "equity": (EQUITY, colors.EQUITY, {"stroke_width": 1.6}),
    "legs": (PRICE, colors.QUIET, {"line_style": "dotted", "stroke_width": 1.4}),
}

_CANDLES = {"up": colors.UP, "down": colors.DOWN}


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
    names: bqplot.Tooltip,
) -> dict[str, Any]:
    """Everything drawn on the bar axis, from back to front; ``names`` tells what a marker is."""
    on = {band: {"x": x, "y": scales[f"{band.name}_scale"]} for band in BANDS}
    kept: Traits = {"preserve_domain": {"x": True, "y": True}}
    marks = {
        name: bqplot.Lines(
            scales=on[band], colors=[color], enable_hover=False, **look, **kept, **state[name]
        )
        for name, (band, color, look) in _LINES.items()
    }
    marks |= {
        name: bqplot.OHLC(
            scales=on[PRICE],
            colors=[color, color],
            stroke=color,
            enable_hover=False,
            **kept,
            **state[name],
        )
        for name, color in _CANDLES.items()
    }
    return marks | {
        action: bqplot.Scatter(
            scales=on[PRICE],
            marker=mark.shape,
            colors=[mark.color],
            default_size=52,
            names_unique=False,
            display_names=False,
            tooltip=names,
            tooltip_style=TOOLTIP_STYLE,
            **kept,
            **state[action],
        )
        for action, mark in MARKS.items()
    }


def captions(unit: LinearScale) -> Any:
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


def separators(unit: LinearScale) -> Any:
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


def strips(unit: LinearScale, tooltip: Any) -> Any:
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
