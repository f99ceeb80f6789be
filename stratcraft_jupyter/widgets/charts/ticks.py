"""Where the axes have ticks and what stands beside them. No widgets here."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from stratcraft_jupyter.widgets.charts.window import Window

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# Units from fine to coarse: numpy's unit, how many of it between ticks, the kind of label.
_STEPS = (
    *(("m", step, "time") for step in (1, 2, 5, 10, 15, 30)),
    *(("h", step, "time") for step in (1, 2, 4, 6, 12)),
    *(("D", step, "day") for step in (1, 2)),
    *(("D", step, "week") for step in (7, 14)),
    *(("M", step, "month") for step in (1, 2, 3, 6)),
    *(("Y", step, "year") for step in (1, 2, 5, 10, 20, 50, 100)),
)


# What numpy counts from 1970 becomes a count that starts on a Monday, in a month 1, in year 0.
_ORIGIN = {"m": 0, "h": 0, "D": 3, "M": 0, "Y": 1970}


_LABEL_ROOM = 0.05
"""Part of the width at the left edge where half a label would not fit."""

Unit = Literal["", "k", "%"]

_SHORT = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"))


@dataclass(frozen=True, eq=False)
class Ticks:
    """Ticks of one axis.

    Attributes:
        values: Where they are, in the axis's own numbers.
        labels: What stands beside each.
    """

    values: NDArray[np.float64]
    labels: tuple[str, ...]

    @property
    def by_value(self) -> dict[str, str]:
        """The labels by the text that JavaScript makes of each value."""
        return {
            number_key(value): label for value, label in zip(self.values, self.labels, strict=True)
        }


class TimeTicks:
    """Ticks for a bar axis without gaps: at the first bar of each new year, month, day or hour.

    Args:
        time: Time of each bar.
    """

    def __init__(self, time: NDArray[np.datetime64]) -> None:
        self._time = time
        self._changes: dict[int, NDArray[np.int64]] = {}

    @cached_property
    def _has_times(self) -> bool:
        return bool((self._time != self._time.astype("datetime64[D]")).any())

    def in_window(self, window: Window, most: int = 7) -> Ticks:
        """The ticks in view, ``most`` at the most and always one."""
        start, stop = window.bars(len(self._time))
        bars, style = np.array([start], dtype=np.int64), "day"
        for index, (_, _, style) in enumerate(_STEPS):
            if style == "time" and not self._has_times:
                continue
            bars = self._between(index, start, stop)
            if len(bars) <= most:
                break
        bars = _apart(bars, window.span / (most * 1.5))
        bars = bars[bars >= window.first + _LABEL_ROOM * window.span]
        if not len(bars):
            bars, style = np.array([(start + stop) // 2], dtype=np.int64), "full"
        return Ticks(bars.astype(np.float64), self._labels(bars, style))

    def _between(self, index: int, start: int, stop: int) -> NDArray[np.int64]:
        if index not in self._changes:
            unit, step, _ = _STEPS[index]
            number = self._time.astype(f"datetime64[{unit}]").astype(np.int64) + _ORIGIN[unit]
            self._changes[index] = np.flatnonzero(np.diff(number // step)) + 1
        changes = self._changes[index]
        return changes[np.searchsorted(changes, start) : np.searchsorted(changes, stop)]

    def _labels(self, bars: NDArray[np.int64], style: str) -> tuple[str, ...]:
        labels, previous = [], None
        for bar in bars:
            time = self._time[bar]
            labels.append(_label(time, previous, style))
            previous = time
        return tuple(labels)


def _label(time: np.datetime64, previous: np.datetime64 | None, style: str) -> str:
    year, month = str(time.astype("datetime64[Y]")), int(time.astype("datetime64[M]").astype(int))
    day = f"{time.astype('datetime64[D]').item().day} {_MONTHS[month % 12]}"
    if style == "year":
        return year
    if style == "month":
        return f"{_MONTHS[month % 12]} {year}"
    new_year = previous is None or previous.astype("datetime64[Y]") != time.astype("datetime64[Y]")
    full_day = f"{day} {year}" if new_year else day
    if style in ("day", "week"):
        return full_day
    clock = str(time.astype("datetime64[m]"))[11:]
    if style == "full":
        return f"{full_day} {clock}" if clock != "00:00" else full_day
    new_day = previous is None or previous.astype("datetime64[D]") != time.astype("datetime64[D]")
    return full_day if new_day else clock


def _apart(bars: NDArray[np.int64], least: float) -> NDArray[np.int64]:
    kept: list[int] = []
    for bar in bars.tolist():
        if not kept or bar - kept[-1] >= least:
            kept.append(bar)
    return np.array(kept, dtype=np.int64)


def nice_steps(low: float, high: float, most: int) -> NDArray[np.float64]:
    """Round numbers from ``low`` to ``high``, ``most`` at the most, at least one."""
    span = high - low
    if not math.isfinite(span) or span <= 0:
        return np.array([low if math.isfinite(low) else 0.0])
    power = math.floor(math.log10(span / most))
    for factor in (1.0, 2.0, 2.5, 5.0, 10.0, 20.0, 25.0, 50.0):
        step = factor * 10.0**power
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if 1 <= last - first + 1 <= most:
            # Rounding keeps 0.30000000000000004 out of the labels and of their keys.
            digits = max(0, 2 - power)
            return np.array([round(n * step, digits) for n in range(first, last + 1)])
    return np.array([(low + high) / 2.0])


def number_ticks(low: float, high: float, most: int, *, unit: Unit = "") -> Ticks:
    """Ticks at round numbers.

    ``unit`` "k" shortens thousands, "%" shows percent; from a million on all are shortened.
    """
    values = nice_steps(low, high, most)
    largest = float(np.abs(values).max())
    scale, suffix = 1.0, ""
    if unit == "%":
        scale, suffix = 0.01, " %"
    elif unit == "k" or largest >= 1e6:
        scale, suffix = next((item for item in _SHORT if largest >= item[0]), (1.0, ""))
    shown = values / scale
    digits = next((d for d in range(8) if np.allclose(shown, shown.round(d), rtol=0, atol=1e-9)), 8)
    labels = (f"{value:,.{digits}f}{suffix}" if value else "0" for value in shown)
    return Ticks(values, tuple(labels))


def number_key(value: float) -> str:
    """``value`` as JavaScript turns it into text; tick labels are looked up by it."""
    number = float(value)
    if number.is_integer() and abs(number) < 1e21:
        return str(int(number))
    return repr(number)
