"""`Bars`: open, high, low, close and volume over time, checked once and never changed."""

import hashlib
import re
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from stratcraft_jupyter.errors import BarsError
from stratcraft_jupyter.market.checks import FIELDS, check_times, check_values
from stratcraft_jupyter.market.problems import Problems, show_time, show_value
from stratcraft_jupyter.market.timeframe import get_timeframe
from stratcraft_jupyter.market.zones import get_zone

if TYPE_CHECKING:
    import pandas as pd

When = str | date | datetime | np.datetime64

# A year, a month, a day or a moment; numpy alone would also take "now" and read offsets.
_MOMENT = re.compile(r"\d{4}(-\d\d(-\d\d([T ]\d\d(:\d\d(:\d\d(\.\d{1,9})?)?)?)?)?)?")


@dataclass(frozen=True, eq=False, repr=False)
class Bars:
    """Market data of one symbol in one timeframe.

    The arrays are copied, checked and made read-only, so that whoever holds `Bars` can rely on:
    at least one bar, times strictly increasing, every price finite and above zero,
    ``low <= open, close <= high``, and volume finite and not negative.

    Attributes:
        symbol: What is traded, such as ``"AAPL"``.
        timeframe: How much time a bar covers: a key of `TIMEFRAMES`, such as ``"1d"``.
        time: Bar times as the exchange's wall clock shows them, without a zone.
        open: First price of each bar.
        high: Highest price of each bar.
        low: Lowest price of each bar.
        close: Last price of each bar.
        volume: What was traded in each bar, 0 where unknown.
        timezone: IANA name of that wall clock's zone, None if unknown.
        origin: One line: where the bars come from.
        notes: What a reader of results should know about these bars, one sentence each.

    Raises:
        BarsError: The bars break one of the rules above; the message names the bar.
    """

    symbol: str
    timeframe: str
    time: NDArray[np.datetime64]
    open: NDArray[np.float64]
    high: NDArray[np.float64]
    low: NDArray[np.float64]
    close: NDArray[np.float64]
    volume: NDArray[np.float64]
    timezone: str | None = None
    origin: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        get_timeframe(self.timeframe)
        if self.timezone is not None:
            get_zone(self.timezone)
        self._set("time", _own_copy("time", self.time, "M8[ns]"))
        for name in FIELDS:
            self._set(name, _own_copy(name, getattr(self, name), "f8"))
        self._set("notes", tuple(self.notes))
        self._check_shapes()
        problems = Problems(f"Bars {self.symbol}", lambda row: f"bar {row} counted from 0")
        check_times(self.time, problems, "Sort the bars by time.")
        labels = {name: name for name in FIELDS}
        check_values({name: getattr(self, name) for name in FIELDS}, problems, labels)
        problems.raise_any()

    def _set(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    def _check_shapes(self) -> None:
        shapes = {name: getattr(self, name).shape for name in ("time", *FIELDS)}
        if len(set(shapes.values())) > 1 or self.time.ndim != 1:
            told = ", ".join(f"{name} {shape}" for name, shape in shapes.items())
            raise BarsError(
                f"The arrays of bars {self.symbol} differ in shape: {told}.",
                hint="Give one value per bar in each.",
            )
        if not len(self.time):
            raise BarsError(f"Bars {self.symbol} hold no bar.", hint="Give at least one.")

    def __len__(self) -> int:
        return len(self.time)

    def __repr__(self) -> str:
        count = "1 bar" if len(self) == 1 else f"{len(self):,} bars"
        first, last = show_time(self.time[0]), show_time(self.time[-1])
        zone = f" {self.timezone}" if self.timezone else ""
        return f"Bars({self.symbol} {self.timeframe}: {count} from {first} to {last}{zone})"

    def __reduce__(self) -> tuple[type["Bars"], tuple[object, ...]]:
        # built anew when unpickled: a plain copy would come back with writable arrays
        return Bars, tuple(getattr(self, item.name) for item in fields(self))

    def between(self, start: When | None = None, end: When | None = None) -> "Bars":
        """The bars from ``start`` to ``end``, both included.

        Args:
            start: First moment, such as ``"2010"``, ``"2010-06"``, ``"2010-06-30"``,
                ``"2010-06-30 15:30"`` or a date; None for the first bar.
            end: Last moment; a year, month or day counts to its end. None for the last bar.

        Raises:
            BarsError: There is no bar in between, or a moment cannot be read.
        """
        first = None if start is None else _moment("start", start)
        last = None if end is None else _moment("end", end)
        begin = 0 if first is None else self._count_before(first)
        # what follows a day is that day plus one day, and so for every unit
        stop = len(self) if last is None else self._count_before(last + 1)
        if begin >= stop:
            wanted = f"from {start or 'the first bar'} to {end or 'the last bar'}"
            raise BarsError(
                f"{self.symbol} has no bars {wanted}.",
                hint=f"They run from {show_time(self.time[0])} to {show_time(self.time[-1])}.",
            )
        return self._slice(begin, stop)

    def _count_before(self, moment: np.datetime64) -> int:
        return int(np.searchsorted(self.time, _nanoseconds(moment)))

    def head(self, count: int) -> "Bars":
        """The first ``count`` bars, or all if there are fewer."""
        if count < 1:
            raise BarsError(f"{count} bars were asked for.", hint="Ask for at least 1.")
        return self._slice(0, count)

    def _slice(self, begin: int, stop: int) -> "Bars":
        if begin == 0 and stop >= len(self):
            return self
        arrays = {name: getattr(self, name)[begin:stop] for name in ("time", *FIELDS)}
        return replace(self, **arrays)

    @property
    def digest(self) -> str:
        """SHA-256 of what the bars say; origin and notes do not count."""
        total = hashlib.sha256()
        words = (self.symbol, self.timeframe, self.timezone or "", str(len(self)))
        total.update("\0".join(words).encode())
        total.update(self.time.astype("<i8").tobytes())
        for name in FIELDS:
            total.update(getattr(self, name).astype("<f8").tobytes())
        return total.hexdigest()

    def to_frame(self) -> "pd.DataFrame":
        """The bars as a pandas DataFrame with the time as its index (without a zone)."""
        import pandas as pd  # heavy, and only needed here

        index = pd.DatetimeIndex(self.time, name="time")
        return pd.DataFrame({name: getattr(self, name) for name in FIELDS}, index=index)


def _own_copy(name: str, values: object, dtype: str) -> NDArray[np.generic]:
    if getattr(getattr(values, "dtype", None), "tz", None) is not None:
        raise BarsError(
            f"The array {name} has a time zone.",
            hint="Use load_bars, which turns it into the exchange's wall clock.",
        )
    try:
        copy = np.array(values, dtype=dtype)
    except (TypeError, ValueError) as error:
        wanted = "times without a zone" if dtype == "M8[ns]" else "numbers"
        raise BarsError(
            f"The array {name} does not hold {wanted}: {error}.",
            hint="Use load_bars for data that is not ready.",
        ) from error
    copy.setflags(write=False)
    return copy


def _moment(what: str, value: When) -> np.datetime64:
    """``value`` in the unit it was written in, so that its end can be told."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        raise BarsError(
            f"The {what} {value} has a time zone.",
            hint="Give the exchange's wall clock without one.",
        )
    if isinstance(value, str) and not _MOMENT.fullmatch(value):
        raise _bad_moment(what, value)
    try:
        moment = np.datetime64(value)
    except ValueError as error:
        raise _bad_moment(what, value) from error
    if np.isnat(moment):
        raise _bad_moment(what, value)
    return moment


def _bad_moment(what: str, value: object) -> BarsError:
    return BarsError(
        f"The {what} {show_value(str(value))} is not a date.",
        hint="Write it as 2010-06-30 or 2010-06-30 15:30.",
    )


def _nanoseconds(moment: np.datetime64) -> np.datetime64:
    # a year outside what nanoseconds can count would silently wrap round
    year = min(max(int(moment.astype("M8[Y]").astype(int)) + 1970, 1678), 2262)
    if year in (1678, 2262):
        return np.datetime64(f"{year}-01-01", "ns")
    exact: np.datetime64 = moment.astype("M8[ns]")
    return exact
