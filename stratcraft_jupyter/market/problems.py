"""Collects what is wrong with rows of market data and raises it as one readable error."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from stratcraft_jupyter.errors import BarsError

SHOWN = 3
_LONGEST_VALUE = 40


class Problems:
    """What is wrong with the rows of one source, counted, with the first three told.

    Args:
        name: What the rows belong to, such as ``"prices.csv"``.
        place: Gives the words for a row, such as ``"line 18"`` for row 16.
    """

    def __init__(self, name: str, place: Callable[[int], str]) -> None:
        self.name = name
        self.place = place
        self.total = 0
        self._told: list[tuple[int, str, str]] = []

    def add(self, rows: NDArray[np.intp], describe: Callable[[int], str], hint: str) -> None:
        """Note a problem of each of ``rows``.

        Args:
            rows: Row numbers, from 0.
            describe: What is wrong with one row, without a full stop.
            hint: What to do about it, one sentence.
        """
        self.total += len(rows)
        self._told += [(int(row), describe(int(row)), hint) for row in rows[:SHOWN]]

    def raise_any(self) -> None:
        """Raise a `BarsError` that names the first three rows; do nothing if all is well."""
        if not self.total:
            return
        first = sorted(self._told, key=lambda told: told[0])[:SHOWN]
        if self.total == 1:
            row, text, hint = first[0]
            raise BarsError(f"{self.name}, {self.place(row)}: {text}.", hint=hint)
        lines = [f"- {self.place(row)}: {text}. {hint}" for row, text, hint in first]
        if self.total > len(first):
            lines.append(f"- and {self.total - len(first)} more")
        listing = "\n".join(lines)
        raise BarsError(f"{self.name} has {self.total} problems:\n{listing}")


def show_value(text: str) -> str:
    """Foreign text, quoted, shortened and without control characters."""
    shown = repr(text)
    return shown if len(shown) <= _LONGEST_VALUE else f"{shown[: _LONGEST_VALUE - 4]}...'"


def show_time(time: np.datetime64) -> str:
    """A bar time for people: the date alone at midnight, else with the time of day."""
    if np.isnat(time):
        return "no time"
    if time == time.astype("M8[D]"):
        return str(time.astype("M8[D]"))
    exact = [unit for unit in ("m", "s", "ms", "us", "ns") if time == time.astype(f"M8[{unit}]")]
    return str(time.astype(f"M8[{exact[0]}]")).replace("T", " ")
