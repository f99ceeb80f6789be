"""Arithmetic on series, computed a second time: of numbers on one bar, and of whole lines."""

import math
from collections.abc import Callable, Mapping, Sequence

from book.knowing import Asked, Line
from book.series import MISSING, Series, combined, mean, rolling, shifted

OfBar = Callable[[Sequence[float], Mapping[str, float]], float]


def _divide(operands: Sequence[float], params: Mapping[str, float]) -> float:
    top, bottom = operands
    if math.isnan(bottom):
        return MISSING
    return top / bottom if bottom else float(params["when_zero"])


def _product(operands: Sequence[float], params: Mapping[str, float]) -> float:
    found = operands[0]
    for factor in operands[1:]:
        found *= factor
    return found


def _sum(operands: Sequence[float], params: Mapping[str, float]) -> float:
    found = operands[0]
    for summand in operands[1:]:
        found += summand
    return found


OF_BAR: Mapping[str, OfBar] = {
    "math.add": _sum,
    "math.subtract": lambda operands, params: operands[0] - operands[1],
    "math.multiply": _product,
    "math.divide": _divide,
    "math.absolute": lambda operands, params: abs(operands[0]),
    "math.minimum": lambda operands, params: min(operands),
    "math.maximum": lambda operands, params: max(operands),
}
"""Made of the values of one bar: the left ones first."""


def _score(window: Series) -> float:
    if len(set(window)) == 1:
        return 0.0
    middle = mean(window)
    variance = math.fsum((x - middle) ** 2 for x in window) / len(window)
    return (window[-1] - middle) / math.sqrt(variance)


def _change(asked: Asked) -> Series:
    source = asked.line().values
    return combined(lambda now, then: now - then, source, shifted(source, asked.whole("bars")))


OF_LINE: Mapping[str, tuple[Callable[[Asked], Series], bool]] = {
    "math.shift": (lambda asked: shifted(asked.line().values, asked.whole("bars")), True),
    "math.change": (_change, True),
    "math.z_score": (
        lambda asked: rolling(asked.line().values, asked.whole("period"), _score),
        False,
    ),
}
"""Made of earlier values too, and whether the last digit is certain if that of the source is."""


def of_number(kind: str, source: Line) -> Line:
    """What a kind that looks back makes of a number, which was the same before."""
    if kind == "math.shift":
        return source
    return Line([0.0] * len(source.values), exact=True, is_number=kind == "math.change")
