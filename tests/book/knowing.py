"""What conditions are asked of: lines on their own bars, and comparisons too close to call."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from book.moment import TooCloseError
from book.series import Series

MISSING = float("nan")


@dataclass(frozen=True)
class Line:
    """A series with its history.

    Attributes:
        values: One a bar of its clock.
        first: The first bar of its clock on which it counts as having a value.
        clock: Which bars it moves with; empty for the strategy's own.
        exact: Whether every correct implementation has the same last digit.
        is_number: Whether it is one number for ever.
        vague: The bars on which it hangs on the last digit of what it is made of.
    """

    values: Series
    first: int = 0
    clock: str = ""
    exact: bool = False
    is_number: bool = False
    vague: frozenset[int] = frozenset()

    def on(self, bar: int) -> float:
        """The value on a bar.

        Raises:
            TooCloseError: The last digit of a number decides what it is.
        """
        if bar in self.vague:
            raise TooCloseError(f"{self.values[bar]} on bar {bar}")
        return self.values[bar]


@dataclass(frozen=True)
class Known:
    """A number on one close."""

    value: float
    exact: bool = False


@dataclass(frozen=True)
class Asked:
    """What a condition on lines is worked out from; all on one clock.

    Attributes:
        series: Lines by input port, several where the port takes several.
        prices: Prices of the bars connected to its bars input.
        times: Time stamps of these bars.
        params: Values of its parameters.
    """

    series: Mapping[str, Sequence[Line]]
    prices: Mapping[str, Series] = field(default_factory=dict)
    times: Sequence[datetime] = ()
    params: Mapping[str, float | str | bool] = field(default_factory=dict)

    def line(self, port: str = "source") -> Line:
        """The line at an input that takes one, or the number that stands for it."""
        if self.series.get(port):
            return self.series[port][0]
        name = {"right": "value", "low": "low_value", "high": "high_value"}[port]
        count = max(len(line.values) for lines in self.series.values() for line in lines)
        return Line([self.number(name)] * count, exact=True, is_number=True)

    def number(self, name: str) -> float:
        """A parameter."""
        return float(self.params[name])

    def whole(self, name: str) -> int:
        """A whole-number parameter."""
        return int(self.params[name])

    def word(self, name: str) -> str:
        """A text parameter."""
        return str(self.params[name])


OnBar = Callable[[int], bool]
"""Says whether something is true on a bar."""


def order(left: float, right: float, *, exact: bool) -> int | None:
    """1 if left is larger, -1 if it is smaller, 0 if equal; None if either is missing."""
    if math.isnan(left) or math.isnan(right):
        return None
    near = abs(left - right) <= 1e-12 * max(1.0, abs(left), abs(right))
    if near and not exact:
        raise TooCloseError(f"{left} against {right}")
    return (left > right) - (left < right)


def holds(left: Known, operator: str, right: Known) -> bool:
    """Whether one number stands in a relation to another; not if either is missing."""
    found = order(left.value, right.value, exact=left.exact and right.exact)
    if found is None:
        return False
    return {">": found > 0, ">=": found >= 0, "<": found < 0, "<=": found <= 0}[operator]


def at(line: Line, bar: int) -> Known:
    """A line's value on a bar of its clock; missing before the first bar."""
    return Known(line.on(bar) if bar >= 0 else MISSING, line.exact)
