"""Which column of a table is which field, by its name; and what a column can be asked for."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from stratcraft_jupyter.errors import BarsError

# Names as `_plain` leaves them: lower case, letters and digits only.
_NAMES: Mapping[str, frozenset[str]] = {
    "time": frozenset({"date", "datetime", "timestamp", "opentime", "indexlevel0"}),
    "clock": frozenset({"time"}),
    "open": frozenset({"open", "o", "openprice"}),
    "high": frozenset({"high", "h", "highprice"}),
    "low": frozenset({"low", "l", "lowprice"}),
    "close": frozenset({"close", "c", "closeprice", "closelast"}),
    "volume": frozenset({"volume", "vol", "v"}),
    "adjusted": frozenset({"adjclose", "adjustedclose", "closeadj"}),
    "symbol": frozenset({"symbol", "ticker"}),
}
_REQUIRED = ("time", "open", "high", "low", "close")
_SHOWN_NAMES = 10


@dataclass(frozen=True, slots=True)
class ParsedNumbers:
    """A column read as numbers.

    Attributes:
        values: The numbers; NaN where there is none.
        bad: What is wrong in the rows that are neither a number nor empty.
    """

    values: NDArray[np.float64]
    bad: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ParsedTimes:
    """A column read as times.

    Attributes:
        wall: What is written, without a zone; NaT where there is none.
        utc: The instants, None when nothing in the column says a zone.
        zone: IANA name of the zone of `wall`, None if the column does not say.
        offsets: UTC offsets as written, such as ``"-05:00"``.
        bad: What is wrong in the rows that are no time.
        hint: What to do about the bad rows.
    """

    wall: NDArray[np.datetime64]
    utc: NDArray[np.datetime64] | None = None
    zone: str | None = None
    offsets: tuple[str, ...] = ()
    bad: Mapping[int, str] = field(default_factory=dict)
    hint: str = ""


class Column(Protocol):
    """One column of a table, read as what the caller needs."""

    def numbers(self) -> ParsedNumbers:
        """The column as numbers."""
        ...

    def times(self) -> ParsedTimes:
        """The column as times."""
        ...

    def texts(self) -> list[str]:
        """The column as text."""
        ...


def match_columns(table_name: str, names: Iterable[str]) -> dict[str, str]:
    """The column name of each field that the table has.

    Raises:
        BarsError: A needed column is missing, or two columns could be the same field.
    """
    names = list(names)
    found: dict[str, str] = {}
    for name in names:
        for what, known in _NAMES.items():
            if _plain(name) not in known:
                continue
            if what in found:
                raise BarsError(
                    f"{table_name} has two columns for {what}: {found[what]!r} and {name!r}.",
                    hint="Remove or rename one of them.",
                )
            found[what] = name
    if "time" not in found and "clock" in found:
        found["time"] = found.pop("clock")
    # pandas writes an index without a name as a first column without a name
    if "time" not in found and names and names[0].strip().lower() in ("", "unnamed: 0"):
        found["time"] = names[0]
    _refuse_missing(table_name, names, found)
    return found


def _plain(name: str) -> str:
    """A column name without case, brackets, numbering ("1. open"), spaces and marks."""
    return re.sub(r"[^a-z0-9]", "", re.sub(r"^\d+\.\s*", "", name.strip().lower()))


def _refuse_missing(table_name: str, names: list[str], found: Mapping[str, str]) -> None:
    missing = [what for what in _REQUIRED if what not in found]
    if not missing:
        return
    listed = ", ".join(repr(name) for name in names[:_SHOWN_NAMES])
    listed += f" and {len(names) - _SHOWN_NAMES} more" if len(names) > _SHOWN_NAMES else ""
    plural = "s" if len(missing) > 1 else ""
    wanted = " and ".join(filter(None, [", ".join(missing[:-1]), missing[-1]]))
    raise BarsError(
        f"{table_name} has no column{plural} for {wanted}; it has {listed or 'no columns'}.",
        hint=(
            "Name the columns Date, Open, High, Low, Close and, if there is one, Volume "
            "(in a file: in its first line)."
        ),
    )
