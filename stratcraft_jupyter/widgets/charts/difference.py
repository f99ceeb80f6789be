"""The bars around a first difference, with the orders of the graph and of the code on them."""

from collections.abc import Sequence
from html import escape
from typing import Any

import bqplot
import ipywidgets
import numpy as np
from bqplot import LinearScale

from stratcraft_jupyter.backtest import colors
from stratcraft_jupyter.verify.difference import Difference, OrderShown
from stratcraft_jupyter.widgets.charts.state import tick_state
from stratcraft_jupyter.widgets.charts.ticks import TimeTicks, number_ticks
from stratcraft_jupyter.widgets.charts.window import Window

_MARGIN = {"top": 12, "bottom": 24, "left": 8, "right": 58}
_TICK_STYLE = {"font-size": "11px"}
_TOOLTIP_STYLE = {"opacity": "1", "color": "var(--jp-content-font-color1)", "padding": "4px 8px"}
_GRAPH, _CODE = colors.LONG, colors.SHORT
_SHAPES = {"buy": "triangle-up", "sell": "triangle-down"}
_SIGNS = {"buy": "▲", "sell": "▼"}


def difference_chart(difference: Difference) -> Any:
    """A small chart: price, the orders of the graph below it, those of the code above it."""
    bars = difference.window
    first, last = bars[0].bar, bars[-1].bar
    low, high = _reach(difference)
    step = (high - low) * 0.07 or 1.0
    window = Window(first - 0.5, last + 0.5)
    x = LinearScale(min=window.first, max=window.last, allow_padding=False)
    y = LinearScale(min=low - 2.4 * step, max=high + 2.4 * step, allow_padding=False)
    scales = {"x": x, "y": y}
    graph = _Stream("The graph", _GRAPH, difference.expected_orders, low - step, scales)
    code = _Stream("The code", _CODE, difference.found_orders, high + step, scales)
    figure = bqplot.Figure(
        marks=[
            _place(difference.bar, scales, low - 2.4 * step, high + 2.4 * step),
            *_candles(difference, scales),
            *graph.levels(first, last, "solid"),
            *code.levels(first, last, "dashed"),
            *graph.markers(first),
            *code.markers(first),
        ],
        axes=_axes(difference, x, y, window),
        fig_margin=_MARGIN,
        padding_y=0.0,
        display_toolbar=False,
        layout=ipywidgets.Layout(width="100%", height="240px", min_width="300px"),
    )
    figure.add_class("jp-StratCraft-Chart")
    return figure


def legend_html(difference: Difference) -> str:
    """Which marker is whose."""
    items = [
        f'<span><span style="color:{color}" aria-hidden="true">{_SIGNS["buy"]} {_SIGNS["sell"]}'
        f"</span> {escape(words)}</span>"
        for color, words in (
            (_GRAPH, "orders of the graph, below the price"),
            (_CODE, "orders of the code, above it"),
        )
    ]
    items.append(
        f'<span><span style="color:{colors.QUIET}" aria-hidden="true">┊</span> '
        f"{escape(f'bar {difference.bar}, where they part')}</span>"
    )
    return f'<div class="jp-StratCraft-streams">{"".join(items)}</div>'


class _Stream:
    """The orders of one side as marks."""

    def __init__(
        self,
        whose: str,
        color: str,
        orders: Sequence[OrderShown],
        height: float,
        scales: dict[str, LinearScale],
    ) -> None:
        self._whose, self._color, self._orders = whose, color, orders
        self._height, self._scales = height, scales

    def markers(self, first: int) -> list[Any]:
        """A marker for each order, where it begins to wait."""
        return [self._marker(side, first) for side in _SHAPES]

    def _marker(self, side: str, first: int) -> Any:
        orders = [order for order in self._orders if order.side == side]
        names = [f"{self._whose}: {order}, bar {order.bar} ({order.time})" for order in orders]
        return bqplot.Scatter(
            x=np.array([max(order.bar, first) for order in orders], dtype=float),
            y=np.full(len(orders), self._height),
            names=np.array(names, dtype=str),
            display_names=False,
            marker=_SHAPES[side],
            colors=[self._color],
            default_size=64,
            scales=self._scales,
            tooltip=bqplot.Tooltip(fields=["name"], show_labels=False),
            tooltip_style=_TOOLTIP_STYLE,
        )

    def levels(self, first: int, last: int, style: str) -> list[Any]:
        """A line at the price of each limit or stop, as long as it waits."""
        waiting = [order for order in self._orders if order.price is not None]
        if not waiting:
            return []
        ends = [(max(o.bar, first) - 0.4, min(o.until, last) + 0.4) for o in waiting]
        return [
            bqplot.Lines(
                x=np.array(ends, dtype=float),
                y=np.array([[o.price, o.price] for o in waiting], dtype=float),
                colors=[self._color],
                line_style=style,
                stroke_width=1.4,
                scales=self._scales,
                enable_hover=False,
            )
        ]


def _reach(difference: Difference) -> tuple[float, float]:
    """The lowest and the highest price to show; far stops may be out of sight."""
    bars = difference.window
    low, high = min(bar.low for bar in bars), max(bar.high for bar in bars)
    span = high - low or abs(high) or 1.0
    orders = (*difference.expected_orders, *difference.found_orders)
    prices = [o.price for o in orders if o.price is not None]
    near = [price for price in prices if low - span < price < high + span]
    return min([low, *near]), max([high, *near])


def _candles(difference: Difference, scales: dict[str, LinearScale]) -> list[Any]:
    marks = []
    for color, is_up in ((colors.UP, True), (colors.DOWN, False)):
        bars = [bar for bar in difference.window if (bar.close >= bar.open) == is_up]
        if bars:
            marks.append(
                bqplot.OHLC(
                    x=np.array([bar.bar for bar in bars], dtype=float),
                    y=np.array([[bar.open, bar.high, bar.low, bar.close] for bar in bars]),
                    format="ohlc",
                    marker="candle",
                    colors=[color, color],
                    stroke=color,
                    scales=scales,
                    enable_hover=False,
                )
            )
    return marks


def _place(bar: int, scales: dict[str, LinearScale], low: float, high: float) -> Any:
    return bqplot.Lines(
        x=np.array([bar, bar], dtype=float),
        y=np.array([low, high]),
        colors=[colors.QUIET],
        line_style="dotted",
        stroke_width=1.6,
        scales=scales,
        enable_hover=False,
    )


def _axes(difference: Difference, x: LinearScale, y: LinearScale, window: Window) -> list[Any]:
    times = np.array([bar.time.replace(" ", "T") for bar in difference.window], dtype="M8[m]")
    shown = Window(0.0, float(len(times) - 1))
    ticks = TimeTicks(times).in_window(shown, 6)
    first = difference.window[0].bar
    moved = type(ticks)(ticks.values + first, ticks.labels)
    return [
        bqplot.Axis(
            scale=x, side="bottom", tick_style=_TICK_STYLE, grid_lines="none", **tick_state(moved)
        ),
        bqplot.Axis(
            scale=y,
            side="right",
            tick_style=_TICK_STYLE,
            tick_format=".6~g",
            **tick_state(number_ticks(float(y.min), float(y.max), 5)),
        ),
    ]
