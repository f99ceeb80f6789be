"""What a text expression says, as frozen values; positions in the text do not count as content."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

ArithmeticSign = Literal["+", "-", "*", "/"]
ComparisonSign = Literal[">", ">=", "<", "<="]
JoiningWord = Literal["and", "or"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written, never below 0."""

    value: int | float
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Words:
    """A text in quotes, for a parameter that is a choice or a time."""

    value: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A name that is no call: a price, an input, ``true`` or ``false``."""

    name: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Negative:
    """A minus before something."""

    operand: "Expression"
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two things with ``+ - *`` or ``/`` between them."""

    sign: ArithmeticSign
    left: "Expression"
    right: "Expression"
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two things with ``> >= <`` or ``<=`` between them."""

    sign: ComparisonSign
    left: "Expression"
    right: "Expression"
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """A ``not`` before something."""

    operand: "Expression"
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Joined:
    """Two or more things with the same word between them."""

    word: JoiningWord
    parts: tuple["Expression", ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Earlier:
    """Something so many bars ago."""

    source: "Expression"
    bars: int
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments.

    Attributes:
        function: Its name, in lower case.
        arguments: Those without a name, in order.
        keywords: Those with a name, in order.
        output: The output that is named after a dot; empty if none is.
        at: Where it begins.
        output_at: Where the name of the output begins.
    """

    function: str
    arguments: tuple["Expression", ...] = ()
    keywords: tuple[tuple[str, "Expression"], ...] = ()
    output: str = ""
    at: int = field(default=0, compare=False)
    output_at: int = field(default=0, compare=False)


Expression = (
    Number | Words | Name | Negative | Arithmetic | Comparison | Not | Joined | Earlier | Call
)
"""Any part of a text expression, and the whole."""


def parts_of(expression: Expression) -> tuple[Expression, ...]:
    """What an expression is directly made of."""
    match expression:
        case Negative(operand) | Not(operand):
            return (operand,)
        case Arithmetic(_, left, right) | Comparison(_, left, right):
            return (left, right)
        case Joined(_, parts):
            return parts
        case Earlier(source):
            return (source,)
        case Call(_, arguments, keywords):
            return (*arguments, *(value for _, value in keywords))
    return ()


def walk(expression: Expression) -> Iterator[tuple[Expression, int]]:
    """Every part with its depth, the whole having 1; needs no deep stack for a deep expression."""
    pending = [(expression, 1)]
    while pending:
        part, depth = pending.pop()
        yield part, depth
        pending += [(inner, depth + 1) for inner in parts_of(part)]
