"""The equity curves of several results in one figure."""

from collections.abc import Sequence
from html import escape

import bqplot
import ipywidgets
import numpy as np
from bqplot import LinearScale

from stratcraft_jupyter.backtest import BacktestResult, colors
from stratcraft_jupyter.widgets.charts.aggregate import extremes
from stratcraft_jupyter.widgets.charts.figure import MARGIN
from stratcraft_jupyter.widgets.charts.state import scale_state, tick_state
from stratcraft_jupyter.widgets.charts.ticks import TimeTicks, number_ticks
from stratcraft_jupyter.widgets.charts.window import bucket_size, full_window

_COLORS = (colors.EQUITY, colors.DRAWDOWN, colors.LONG, colors.SHORT)
_STYLES = ("solid", "dashed", "dotted", "dash_dotted")
_SIGNS = {"solid": "━", "dashed": "┅", "dotted": "┈", "dash_dotted": "┉"}
_TICK_STYLE = {"font-size": "11px"}


def overlay(named: Sequence[tuple[str, BacktestResult]]) -> ipywidgets.Widget:
    """A figure of all curves, and a legend; the first one is the reference, wide and grey.

    Args:
        named: Names and results, all of the same bars; results of other bars are left out.
    """
    first = named[0][1]
    time = first.equity_curve.time
    fitting = [(name, r) for name, r in named if np.array_equal(r.equity_curve.time, time)]
    window = full_window(len(time))
    x = LinearScale(allow_padding=False, **scale_state(window))
    low, high = _range([result for _, result in fitting])
    y = LinearScale(allow_padding=False, min=low, max=high)
    marks = [_line(result, number, x, y) for number, (_, result) in enumerate(fitting)]
    axes = [
        bqplot.Axis(
            scale=x,
            side="bottom",
            tick_style=_TICK_STYLE,
            **tick_state(TimeTicks(time).in_window(window)),
        ),
        bqplot.Axis(
            scale=y,
            side="right",
            tick_style=_TICK_STYLE,
            tick_format=".6~g",
            **tick_state(number_ticks(low, high, 6, unit="k")),
        ),
    ]
    figure = bqplot.Figure(
        title="Equity of all, on the same bars",
        title_style={"font-size": "13px", "fill": "var(--jp-content-font-color1)"},
        marks=marks,
        axes=axes,
        fig_margin=MARGIN,
        padding_y=0.0,
        display_toolbar=False,
        layout=ipywidgets.Layout(width="100%", height="300px", min_width="320px"),
    )
    figure.add_class("jp-StratCraft-Chart")
    legend = ipywidgets.HTML(legend_html([name for name, _ in fitting]))
    legend.add_class("jp-StratCraft-text")
    return ipywidgets.VBox([legend, figure])


def legend_html(names: Sequence[str]) -> str:
    """Which line is whose."""
    items = "".join(
        f'<span><span style="color:{color}" aria-hidden="true">{_SIGNS[style]}</span> '
        f"{escape(name)}</span>"
        for name, (color, style) in zip(names, map(_look, range(len(names))), strict=True)
    )
    return f'<div class="jp-StratCraft-Legend">{items}</div>'


def _look(number: int) -> tuple[str, str]:
    """Colour and line style; told apart without colours for the first five."""
    if number == 0:
        return colors.QUIET, "solid"
    place = number - 1
    return _COLORS[place % len(_COLORS)], _STYLES[place % len(_STYLES)]


def _line(result: BacktestResult, number: int, x: LinearScale, y: LinearScale) -> bqplot.Lines:
    values = result.equity_curve.value
    at, shown = extremes(values, 0, len(values), bucket_size(len(values)))
    color, style = _look(number)
    return bqplot.Lines(
        x=at.astype(np.float64),
        y=shown,
        scales={"x": x, "y": y},
        colors=[color],
        line_style=style,
        # a model that gets it right draws on the reference, which has to stay visible below it
        stroke_width=5.0 if number == 0 else 1.6,
        opacities=[0.55 if number == 0 else 1.0],
        enable_hover=False,
    )


def _range(results: Sequence[BacktestResult]) -> tuple[float, float]:
    low = min(float(result.equity_curve.value.min()) for result in results)
    high = max(float(result.equity_curve.value.max()) for result in results)
    room = (high - low) * 0.05 or abs(high) * 0.01 or 1.0
    return low - room, high + room
