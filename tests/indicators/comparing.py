"""How far two series are apart."""

import math

from book.series import Series, first_value


def largest_difference(found: Series, expected: Series) -> float:
    """The largest difference, relative to the expected value or, near zero, to a typical one.

    Infinite where one has a value and the other has none.
    """
    known = [abs(x) for x in expected if not math.isnan(x)]
    typical = math.fsum(known) / len(known) if known else 0.0
    if len(found) != len(expected):
        return math.inf
    return max(
        (_difference(a, b, typical) for a, b in zip(found, expected, strict=True)), default=0.0
    )


def _difference(found: float, expected: float, typical: float) -> float:
    if math.isnan(found) or math.isnan(expected):
        return 0.0 if math.isnan(found) and math.isnan(expected) else math.inf
    if found == expected:
        return 0.0
    return abs(found - expected) / max(abs(expected), typical)


def from_first(values: Series, bar: int) -> Series:
    """The values from a bar on."""
    return values[bar:]


__all__ = ["first_value", "from_first", "largest_difference"]
