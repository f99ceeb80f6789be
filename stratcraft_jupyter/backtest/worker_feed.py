"""A Backtrader data feed that takes whole columns at once. Imported in the worker process only."""

from array import array
from typing import Any

import backtrader as bt
import numpy as np
from numpy.typing import NDArray

_TIMEFRAMES = {
    "m": (bt.TimeFrame.Minutes, 1),
    "h": (bt.TimeFrame.Minutes, 60),
    "d": (bt.TimeFrame.Days, 1),
    "w": (bt.TimeFrame.Weeks, 1),
    "M": (bt.TimeFrame.Months, 1),
}
_UNIX_EPOCH_ORDINAL = 719_163
_MICROSECONDS_PER_DAY = 86_400_000_000
_PRICES = ("open", "high", "low", "close", "volume")


class ArrayFeed(bt.feed.DataBase):  # type: ignore[misc]  # Backtrader ships no types
    """Bars from arrays; the lines are filled in one step instead of row by row.

    Its lines are plain attributes too, which spares a strategy two look-ups each time.
    """

    params = (("columns", None),)

    def __init__(self) -> None:
        super().__init__()
        self._row = 0
        for name in self.getlinealiases():
            setattr(self, name, getattr(self.lines, name))

    def __getattr__(self, name: str) -> Any:
        """Also the prices of the last tick, which the stock loop keeps as attributes."""
        if not name.startswith("tick_"):
            return super().__getattr__(name)
        line = getattr(self.lines, "close" if name == "tick_last" else name[5:])
        return line[0] if len(line) < line.buflen() else None

    def start(self) -> None:
        """Begin with the first row."""
        super().start()
        self._row = 0

    def preload(self) -> None:
        """Fill all lines, as reading every row would have."""
        columns = self.p.columns
        size = len(columns["datetime"])
        for name in self.getlinealiases():
            line = getattr(self.lines, name)
            values = columns.get(name)
            filled = np.full(size, np.nan) if values is None else values
            line.array = array("d", np.ascontiguousarray(filled).tobytes())
            line.array.extend([np.nan] * line.extension)
        self._row = size
        self.home()

    def _load(self) -> bool:
        """The next row, for runs that Backtrader cannot preload."""
        columns = self.p.columns
        if self._row >= len(columns["datetime"]):
            return False
        for name, values in columns.items():
            getattr(self.lines, name)[0] = float(values[self._row])
        self._row += 1
        return True


def make_feed(
    columns: dict[str, NDArray[np.float64]], time: NDArray[np.int64], timeframe: str
) -> Any:
    """A feed of open, high, low, close and volume.

    Args:
        columns: The five columns by name.
        time: Nanoseconds since 1970 of each bar.
        timeframe: Length of a bar, such as ``"5m"`` or ``"1d"``.
    """
    unit, factor = _TIMEFRAMES[timeframe[-1]]
    feed_class: Any = ArrayFeed  # parameters are taken by its metaclass
    return feed_class(
        columns={"datetime": date_numbers(time), **{name: columns[name] for name in _PRICES}},
        timeframe=unit,
        compression=int(timeframe[:-1]) * factor,
    )


def date_numbers(time: NDArray[np.int64]) -> NDArray[np.float64]:
    """Backtrader's numbers for ``time`` (nanoseconds since 1970), equal to its ``date2num``.

    It adds day, hours, minutes, seconds and microseconds, each as a part of a day, and rounds
    once. Here the rounding errors of plain additions are carried along and added at the end.
    """
    days, rest = np.divmod(time // 1000, _MICROSECONDS_PER_DAY)
    total = (days + _UNIX_EPOCH_ORDINAL).astype(np.float64)
    if not rest.any():
        return total
    error = np.zeros_like(total)
    seconds, micro = np.divmod(rest, 1_000_000)
    minutes, second = np.divmod(seconds, 60)
    hour, minute = np.divmod(minutes, 60)
    for part in (hour / 24.0, minute / 1440.0, second / 86400.0, micro / 86_400_000_000.0):
        previous = total
        total = previous + part
        kept = total - previous
        error += (previous - (total - kept)) + (part - kept)
    return total + error
