"""Sums and extremes of sliding windows, exact to the last bit. Imported in the worker only."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

_Floats = NDArray[np.float64]
# Two floats together hold 106 bits; a few are kept in hand.
_BITS = 100


def window_sums(values: _Floats, period: int) -> _Floats | None:
    """The sum of every ``period`` values in a row, equal to ``math.fsum`` of each window.

    All values are whole multiples of the last bit of the smallest one. If the largest sum is
    small enough beside that bit, sums kept in two floats are exact, and rounding them once at
    the end is what ``math.fsum`` does. Otherwise, or if a value is not finite: None.
    """
    sizes = np.abs(values)
    largest = float(np.max(sizes)) * period
    nonzero = sizes[sizes > 0]
    if not np.isfinite(largest):
        return None
    if not len(nonzero):
        return np.zeros(len(values) - period + 1)
    last_bit = float(np.spacing(np.min(nonzero)))
    if largest / last_bit >= 2.0**_BITS:
        return None
    return _two_part_sums(values, period)


def window_extremes(
    values: _Floats, period: int, better: Callable[[Any, Any], Any]
) -> _Floats | None:
    """The highest or lowest of every ``period`` values in a row; None if a value is NaN."""
    if np.isnan(values).any():
        return None  # Python's answer depends on the order
    count = len(values) - period + 1
    best, width = values, 1
    while width * 2 <= period:
        best = better(best[:-width], best[width:])
        width *= 2
    result: _Floats = better(best[:count], best[period - width : period - width + count])
    return result


def _two_part_sums(values: _Floats, period: int) -> _Floats:
    """Window sums by doubling: sums of 1, 2, 4, ... values, put together to ``period``."""
    count = len(values) - period + 1
    high, low = np.zeros(count), np.zeros(count)
    part, part_low = values, np.zeros(len(values))
    offset, width, left = 0, 1, period
    while left:
        if left & 1:
            window = slice(offset, offset + count)
            high, low = _add(high, low, part[window], part_low[window])
            offset += width
        left >>= 1
        if left:
            part, part_low = _add(part[:-width], part_low[:-width], part[width:], part_low[width:])
            width *= 2
    return high


def _add(a: _Floats, a_low: _Floats, b: _Floats, b_low: _Floats) -> tuple[_Floats, _Floats]:
    """The sum of two numbers of two parts each; the first part is the sum rounded once."""
    high, error = _two_sum(a, b)
    low, low_error = _two_sum(a_low, b_low)
    high, rest = _two_sum(high, error + low)
    return _two_sum(high, rest + low_error)


def _two_sum(a: _Floats, b: _Floats) -> tuple[_Floats, _Floats]:
    """The rounded sum, and what rounding took away (Knuth)."""
    total = a + b
    kept = total - a
    return total, (a - (total - kept)) + (b - kept)
