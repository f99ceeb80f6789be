"""Where an indicator hangs on the last digit of what it is made of."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from book.knowing import Line
from book.series import Given, Indicator, Series

NUDGE = 1e-13
"""More, relative, than two right ways to work a number out are usually apart."""
LEAST = 1e-7
"""Values further apart than this were made by what was left of rounding."""


def vague_bars(
    indicator: Indicator,
    given: Given,
    inputs: Mapping[str, Sequence[Line]],
    found: Mapping[str, Series],
) -> Mapping[str, frozenset[int]]:
    """The vague bars of each output, by its name."""
    lines = [line for several in inputs.values() for line in several]
    if all(line.exact and not line.vague for line in lines):
        return dict.fromkeys(found, frozenset())
    past = frozenset().union(*(since(line.vague, len(line.values)) for line in lines))
    series = {
        port: several[0].values if several[0].exact else _nudged(several[0].values)
        for port, several in inputs.items()
        if several
    }
    try:
        again = indicator(replace(given, series={**given.series, **series}))
    except ZeroDivisionError:
        return {name: frozenset(range(len(values))) for name, values in found.items()}
    return {
        name: past | {bar for bar, value in enumerate(values) if _is_other(value, again[name][bar])}
        for name, values in found.items()
    }


def since(vague: frozenset[int], count: int) -> frozenset[int]:
    """The bars from the first vague one on: those after it may be made of it."""
    return frozenset(range(min(vague), count)) if vague else vague


def _nudged(values: Series) -> Series:
    """The values, each a little larger or smaller, in an order that no period fits."""
    return [x * (1 + NUDGE * math.cos(bar * bar)) for bar, x in enumerate(values)]


def _is_other(one: float, other: float) -> bool:
    if one != one or other != other:  # a missing value
        return (one != one) != (other != other)
    return abs(one - other) > LEAST * max(1.0, abs(one), abs(other))
