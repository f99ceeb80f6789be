"""A frame as traits of bqplot widgets: what each mark, scale and axis is set to."""

from typing import Any

import ipywidgets
import numpy as np

from stratcraft_jupyter.widgets.charts.aggregate import Floats
from stratcraft_jupyter.widgets.charts.frame import Frame
from stratcraft_jupyter.widgets.charts.ticks import Ticks, number_key
from stratcraft_jupyter.widgets.charts.window import Window

Traits = dict[str, Any]


def scale_state(window: Window) -> Traits:
    """The bar axis for ``window``."""
    return {"min": float(window.first), "max": float(window.last)}


def frame_state(frame: Frame) -> dict[str, Traits]:
    """The traits of every part of the figure but the bar axis, by the part's name."""
    state: dict[str, Traits] = {"x_axis": tick_state(frame.ticks)}
    for band, panel in frame.panels.items():
        state[f"{band.name}_scale"] = {"min": panel.low, "max": panel.high}
        state[f"{band.name}_axis"] = tick_state(panel.ticks)
    for name in ("up", "down"):
        sticks = getattr(frame, name)
        state[name] = {"x": sticks.x, "y": sticks.y}
    for name in ("volume", "equity", "benchmark", "drawdown", "legs"):
        state[name] = _xy(*getattr(frame, name))
    for action, markers in frame.markers.items():
        state[action] = _xy(markers.x, markers.y) | {"names": np.array(markers.names, dtype=str)}
    return state


def tick_state(ticks: Ticks) -> Traits:
    """An axis with ``ticks``."""
    return {"tick_values": ticks.values, "tick_labels": ticks.by_value}


def _xy(x: Floats, y: Floats) -> Traits:
    return {"x": x, "y": y}


def set_traits(widget: ipywidgets.Widget, traits: Traits) -> None:
    """Set ``traits`` of ``widget`` in one message."""
    with widget.hold_sync():
        for name, value in traits.items():
            setattr(widget, name, value)


def set_ticks(axis: ipywidgets.Widget, traits: Traits) -> None:
    """Give ``axis`` other ticks.

    A new tick takes its label from what bqplot knew when it came, so the labels go first, in a
    message of their own, together with those of the ticks still there.
    """
    known = axis.tick_labels
    there = {key: known[key] for key in map(number_key, axis.tick_values) if key in known}
    axis.tick_labels = there | traits["tick_labels"]
    axis.tick_values = traits["tick_values"]
