"""Whether two runs of the same bars traded alike: orders, fills, position and final value."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stratcraft_jupyter.backtest.accounting import keep_account, signed
from stratcraft_jupyter.backtest.batch import RunOutcome, Series
from stratcraft_jupyter.backtest.orders import (
    Mismatch,
    WorkingOrder,
    first_mismatch,
    near_size,
    same_size,
)
from stratcraft_jupyter.backtest.records import Fill

TOLERANCES = (
    "prices and sizes agree to 1 part in 1,000,000,000, final values to 1 in 10,000,000; what "
    "counts is which orders wait after each close, however they are sent, moved or cancelled"
)
_SAME_VALUE = 1e-7
_RARE = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """How two runs on one series compare.

    Attributes:
        name: The series.
        series: Its bars.
        expected: The run of the graph.
        found: The run of the code.
        mismatch: Where the orders first differ; None if they are the same.
        is_rounding: Whether orders differ by the rounding of their sizes alone.
        rounded: How many orders have a size rounded otherwise.
        trouble: What else differs though the orders do not, in a sentence.
        is_tie: Whether they first differ where two values are equal but for rounding.
    """

    name: str
    series: Series
    expected: RunOutcome
    found: RunOutcome
    mismatch: Mismatch | None
    is_rounding: bool = False
    rounded: int = 0
    trouble: str = ""
    is_tie: bool = False

    @property
    def is_equal(self) -> bool:
        """Whether the code did as the graph, sizes rounded at times otherwise included."""
        if self.found.error is not None or self.trouble:
            return False
        return self.mismatch is None or self.is_rare_rounding or self.is_tie

    @property
    def is_rare_rounding(self) -> bool:
        """Whether whole sizes differ by a share here and there, as the last digit decides."""
        if not self.is_rounding:
            return False
        whole = all(order.size.is_integer() for order in self.found.book)
        return whole and self.rounded <= max(1, _RARE * len(self.expected.book))


def compare(
    name: str, series: Series, expected: RunOutcome, found: RunOutcome, cash: float
) -> Compared:
    """How the code's run compares with that of the graph."""
    if found.error is not None:
        return Compared(name, series, expected, found, None)
    mismatch = first_mismatch(expected.book, found.book)
    if mismatch is not None:
        loose = first_mismatch(expected.book, found.book, loose=True)
        rounded = _rounded(expected.book, found.book) if loose is None else 0
        return Compared(name, series, expected, found, mismatch, loose is None, rounded)
    trouble = other_fills(expected.fills, found.fills) or _other_path(series, expected, found, cash)
    return Compared(name, series, expected, found, None, trouble=trouble)


def _rounded(expected: Sequence[WorkingOrder], found: Sequence[WorkingOrder]) -> int:
    """How many of two loosely equal lists of orders differ in size."""
    sizes: dict[int, list[float]] = defaultdict(list)
    for order in found:
        sizes[order.first].append(order.size)
    count = 0
    for order in expected:
        near = [size for size in sizes[order.first] if near_size(order.size, size)]
        count += not any(same_size(order.size, size) for size in near)
    return count


def other_fills(expected: Sequence[Fill], found: Sequence[Fill]) -> str:
    """What is wrong with fills of equal orders; empty if nothing is."""
    ours, theirs = _by_price(expected), _by_price(found)
    for one, other in zip(ours, theirs, strict=False):
        same = one[:2] == other[:2] and all(
            math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)
            for a, b in zip(one[2:], other[2:], strict=True)
        )
        if not same:
            return (
                f"On bar {min(one[0], other[0])} the orders were the same and the fills were not: "
                f"{_told(one)} on bar {one[0]}, and in the code {_told(other)} on bar {other[0]}."
            )
    if len(ours) != len(theirs):
        more = ours[len(theirs) :] or theirs[len(ours) :]
        who = "graph" if len(ours) > len(theirs) else "code"
        return f"On bar {more[0][0]} only the {who} has a fill: {_told(more[0])}."
    return ""


def _by_price(fills: Sequence[Fill]) -> list[tuple[int, str, float, float]]:
    """Bar, side, price and size of all fills; what filled alike counts as one."""
    total: dict[tuple[int, str, float], float] = defaultdict(float)
    for fill in fills:
        total[fill.bar, fill.side, round(fill.price, 9)] += fill.size
    return sorted((bar, side, price, size) for (bar, side, price), size in total.items())


def _told(fill: tuple[int, str, float, float]) -> str:
    _, side, price, size = fill
    return f"{'bought' if side == 'buy' else 'sold'} {size:,.10g} at {price:,.8g}"


def _other_path(series: Series, expected: RunOutcome, found: RunOutcome, cash: float) -> str:
    """What is wrong with position or value after equal fills; empty if nothing is."""
    close = series.bars.close
    ours, theirs = keep_account(expected.fills, close, cash), keep_account(found.fills, close, cash)
    apart = ~np.isclose(ours.position, theirs.position, rtol=1e-9, atol=1e-6)
    if apart.any():
        bar = int(np.argmax(apart))
        return (
            f"After bar {bar} the graph holds {ours.position[bar]:,.10g} shares and the code "
            f"{theirs.position[bar]:,.10g}."
        )
    last, other = float(ours.value[-1]), float(theirs.value[-1])
    if not math.isclose(last, other, rel_tol=_SAME_VALUE, abs_tol=1e-6 * cash):
        return f"The account ends with {last:,.2f} by the graph and {other:,.2f} by the code."
    return ""


def position_at(fills: Sequence[Fill], bar: int) -> float:
    """Shares held after the fills of a bar, when its close is decided on."""
    return sum(signed(fill) for fill in fills if fill.bar <= bar)
