"""Lays statements out as ``ruff format`` would: one line if it fits, else one item a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Union

from stratcraft_jupyter.codegen.compiler.text import WIDTH

Expression = Union[str, "Call", "Chain", "Group"]


@dataclass(frozen=True, slots=True)
class Call:
    """A call, such as ``bt.ind.SMA(self.data.close, period=10)``; arguments are text or a pair.

    Attributes:
        function: What is called.
        arguments: Each an expression, or a keyword with its expression.
    """

    function: str
    arguments: tuple["Expression | tuple[str, Expression]", ...]

    def __str__(self) -> str:
        return f"{self.function}({', '.join(self.shown())})"

    def shown(self) -> list[str]:
        """Each argument on one line."""
        return [f"{name}{value}" for name, value in self.pairs()]

    def pairs(self) -> list[tuple[str, Expression]]:
        """Each argument as ``"keyword="`` or an empty text, and its expression."""
        return [
            (f"{item[0]}=", item[1]) if isinstance(item, tuple) else ("", item)
            for item in self.arguments
        ]


@dataclass(frozen=True, slots=True)
class Chain:
    """Operands joined by operators of one precedence, such as ``a and b`` or ``a * b / c``."""

    operands: tuple[Expression, ...]
    operators: tuple[str, ...]

    def __str__(self) -> str:
        rest = zip(self.operators, self.operands[1:], strict=True)
        return f"{self.operands[0]}" + "".join(f" {sign} {item}" for sign, item in rest)


@dataclass(frozen=True, slots=True)
class Group:
    """An expression in parentheses."""

    inner: Expression

    def __str__(self) -> str:
        return f"({self.inner})"


def chain(*parts: Expression) -> Chain:
    """A chain from operands and operators in turn, such as ``chain("a", "*", "b")``."""
    return Chain(tuple(parts[::2]), tuple(str(sign) for sign in parts[1::2]))


def joined(operator: str, operands: Sequence[Expression]) -> Expression:
    """The operands joined by one operator, as one chain; a single operand stays as it is."""
    flat: list[Expression] = []
    for item in operands:
        is_same = isinstance(item, Chain) and set(item.operators) == {operator}
        if isinstance(item, Chain) and is_same:
            flat += item.operands
        elif operator == "or" and isinstance(item, Chain) and "and" in item.operators:
            flat.append(Group(item))
        else:
            flat.append(item)
    if len(flat) == 1:
        return flat[0]
    return Chain(tuple(flat), (operator,) * (len(flat) - 1))


def assignment(target: str, value: Expression, indent: str) -> list[str]:
    """The lines of ``target = value``."""
    return _statement(f"{indent}{target} = ", value, "", indent)


def statement(value: Expression, indent: str) -> list[str]:
    """The lines of an expression on its own, or after ``return``."""
    return _statement(indent, value, "", indent)


def condition(keyword: str, value: Expression, indent: str) -> list[str]:
    """The lines of ``if value:``, ``elif value:`` and the like."""
    return _statement(f"{indent}{keyword} ", value, ":", indent)


def _statement(before: str, value: Expression, after: str, indent: str) -> list[str]:
    """A statement; parentheses are added round what has none of its own."""
    if len(f"{before}{value}{after}") <= WIDTH or isinstance(value, Group):
        return _split(before, value, after, indent)
    inner = f"{indent}    "
    if isinstance(value, Call):
        if len(f"{before}{value.function}(") <= WIDTH:
            return _split(before, value, after, indent)
        return [f"{before}(", *_split(inner, value, "", inner), f"{indent}){after}"]
    if isinstance(value, Chain):
        return _chain_statement(before, value, after, indent)
    start, bracket, index = value.rpartition("[")
    if bracket and len(f"{before}{start}[") <= WIDTH:
        return [f"{before}{start}[", f"{inner}{index[:-1]}", f"{indent}]{after}"]
    if len(f"{inner}{value}") <= WIDTH:
        return [f"{before}(", f"{inner}{value}", f"{indent}){after}"]
    return [f"{before}{value}{after}"]


def _chain_statement(before: str, value: Chain, after: str, indent: str) -> list[str]:
    """A chain; with one operator it may break inside the last or the first operand instead."""
    first, last, inner = value.operands[0], value.operands[-1], f"{indent}    "
    if len(value.operators) == 1 and isinstance(last, Group | Call):
        head = f"{before}{first} {value.operators[0]} "
        name = last.function if isinstance(last, Call) else ""
        if len(f"{head}{name}(") <= WIDTH:
            return _split(head, last, after, indent)
    if len(value.operators) == 1 and isinstance(first, Group):
        tail = f" {value.operators[0]} {last}{after}"
        if len(f"{indent}){tail}") <= WIDTH:
            return _split(before, first, tail, indent)
    return [f"{before}(", *_split(inner, value, "", inner), f"{indent}){after}"]


def _split(before: str, value: Expression, after: str, indent: str) -> list[str]:
    """An expression over as few lines as fit; ``before`` starts the first, ``after`` ends it."""
    if len(f"{before}{value}{after}") <= WIDTH:
        return [f"{before}{value}{after}"]
    inner = f"{indent}    "
    if isinstance(value, Call):
        together = f"{inner}{', '.join(value.shown())}"
        if len(together) <= WIDTH:
            return [f"{before}{value.function}(", together, f"{indent}){after}"]
        arguments = [
            line
            for name, item in value.pairs()
            for line in _split(f"{inner}{name}", item, ",", inner)
        ]
        return [f"{before}{value.function}(", *arguments, f"{indent}){after}"]
    if isinstance(value, Group):
        return [f"{before}(", *_split(inner, value.inner, "", inner), f"{indent}){after}"]
    if isinstance(value, Chain):
        starts = [before, *(f"{indent}{operator} " for operator in value.operators)]
        ends = [*([""] * len(value.operators)), after]
        return [
            line
            for start, operand, end in zip(starts, value.operands, ends, strict=True)
            for line in _split(start, operand, end, indent)
        ]
    return [f"{before}{value}{after}"]
