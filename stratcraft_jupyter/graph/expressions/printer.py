"""Writes an expression down so that reading it gives the same expression again."""

from stratcraft_jupyter.graph.expressions.parser import POWERS
from stratcraft_jupyter.graph.expressions.tree import (
    Arithmetic,
    Call,
    Comparison,
    Earlier,
    Expression,
    Joined,
    Name,
    Negative,
    Not,
    Number,
    Words,
)

_TIGHTEST = 8


def print_expression(expression: Expression) -> str:
    """The expression as text, with no more brackets than it needs."""
    match expression:
        case Number(value):
            return repr(value)
        case Words(value):
            return f"'{value}'" if '"' in value else f'"{value}"'
        case Name(name):
            return name
        case Earlier(source, bars):
            return f"{_held(source, _TIGHTEST)}[{bars}]"
        case Call(function, arguments, keywords, output):
            given = [print_expression(argument) for argument in arguments]
            given += [f"{name}={print_expression(value)}" for name, value in keywords]
            return f"{function}({', '.join(given)}){f'.{output}' if output else ''}"
    return _operation(expression)


def _operation(expression: Negative | Not | Arithmetic | Comparison | Joined) -> str:
    match expression:
        case Negative(operand):
            return f"-{_held(operand, POWERS['negative'])}"
        case Not(operand):
            return f"not {_held(operand, POWERS['not'])}"
        case Arithmetic(sign, left, right):
            power = POWERS[sign]
            return f"{_held(left, power)} {sign} {_held(right, power + 1)}"
        case Comparison(sign, left, right):
            power = POWERS[sign]
            return f"{_held(left, power + 1)} {sign} {_held(right, power + 1)}"
        case Joined(word, parts):
            held = [_held(part, POWERS[word] + 1) for part in parts]
            return f" {word} ".join(held)


def _held(part: Expression, power: int) -> str:
    """A part as an operand of an operator of this power, in brackets if it needs them."""
    text = print_expression(part)
    return text if _power(part) >= power else f"({text})"


def _power(expression: Expression) -> int:
    match expression:
        case Arithmetic(sign) | Comparison(sign):
            return POWERS[sign]
        case Joined(word):
            return POWERS[word]
        case Not():
            return POWERS["not"]
        case Negative():
            return POWERS["negative"]
    return _TIGHTEST
