"""Reads a text as an expression: grammar and precedence, without looking at what names mean."""

from dataclasses import replace
from typing import cast

from stratcraft_jupyter.errors import ExpressionError
from stratcraft_jupyter.graph.expressions.lexer import Token, cut, number_of
from stratcraft_jupyter.graph.expressions.tree import (
    Arithmetic,
    ArithmeticSign,
    Call,
    Comparison,
    ComparisonSign,
    Earlier,
    Expression,
    Joined,
    JoiningWord,
    Name,
    Negative,
    Not,
    Number,
    Words,
    walk,
)

MAX_LENGTH = 1_000
MAX_DEPTH = 50
MAX_PARTS = 200

POSITION = "position"
"""A name that users try: the position is no series of an expression."""

POWERS = {
    "or": 1,
    "and": 2,
    "not": 3,
    **dict.fromkeys((">", ">=", "<", "<="), 4),
    **dict.fromkeys("+-", 5),
    **dict.fromkeys("*/", 6),
    "negative": 7,
}
"""How tightly each operator holds its operands."""


def no_position(at: int) -> ExpressionError:
    """That a text cannot ask for the position, and how an expression reads it."""
    hint = "Connect an output of the node Position to input a, and write a in its place."
    return ExpressionError("The position has no name in a text.", at, hint=hint)


_SPLIT = (
    "Split it: compute a part in a Formula and connect that to a, b, c or d, or join two "
    "Expressions with And."
)


def parse_expression(text: str) -> Expression:
    """The text as a frozen tree.

    Raises:
        ExpressionError: It is no expression; says where and why.
    """
    if len(text) > MAX_LENGTH:
        message = f"The text has {len(text):,} characters; {MAX_LENGTH:,} fit."
        raise ExpressionError(message, MAX_LENGTH, hint=_SPLIT)
    if not text.strip():
        raise ExpressionError("The text is empty.", 0, hint="Write such as close > open.")
    parser = _Parser(cut(text))
    found = parser.expression(0)
    if parser.now.type != "end":
        raise parser.unexpected()
    for count, (part, depth) in enumerate(walk(found), start=1):
        if depth > MAX_DEPTH:
            raise _too_deep(part.at)
        if count > MAX_PARTS:
            raise ExpressionError(
                f"The expression has more than {MAX_PARTS} parts.", part.at, hint=_SPLIT
            )
    return found


def _too_deep(at: int) -> ExpressionError:
    return ExpressionError(f"The expression is deeper than {MAX_DEPTH} levels.", at, hint=_SPLIT)


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._index = 0
        self._depth = 0

    @property
    def now(self) -> Token:
        return self._tokens[self._index]

    def _take(self) -> Token:
        self._index += 1
        return self._tokens[self._index - 1]

    def _is(self, sign: str) -> bool:
        return self.now.type == "sign" and self.now.text == sign

    def _expect(self, sign: str, what: str) -> None:
        if not self._is(sign):
            raise ExpressionError(f"{what} is missing.", self.now.at)
        self._take()

    def unexpected(self) -> ExpressionError:
        token = self.now
        if token.type == "end":
            hint = "Write a series, a number or a function there."
            return ExpressionError("The expression ends too early.", token.at, hint=hint)
        return ExpressionError(
            f"{token.text or 'An empty text'} is not expected here.",
            token.at,
            hint="Put an operator such as + or > or and between two values."
            if token.type != "sign"
            else "",
        )

    def expression(self, floor: int) -> Expression:
        """The expression from here on, up to an operator that does not hold more than ``floor``."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _too_deep(self.now.at)
        left = self._begin(floor)
        while (power := self._operator_power()) > floor:
            left = self._go_on(left, power)
        self._depth -= 1
        return left

    def _operator_power(self) -> int:
        token = self.now
        is_operator = token.type == "sign" or token.text in ("and", "or")
        return POWERS.get(token.text, 0) if is_operator and token.type != "words" else 0

    def _go_on(self, left: Expression, power: int) -> Expression:
        token = self._take()
        if token.text in ("and", "or"):
            parts = [left, self.expression(power)]
            while self.now.type == "name" and self.now.text == token.text:
                self._take()
                parts.append(self.expression(power))
            return Joined(cast("JoiningWord", token.text), tuple(parts), token.at)
        right = self.expression(power)
        if power != POWERS[">"]:
            return Arithmetic(cast("ArithmeticSign", token.text), left, right, token.at)
        if self._operator_power() == power:
            raise ExpressionError(
                "A comparison has two sides.",
                self.now.at,
                hint="Write a < x < b as a < x and x < b.",
            )
        return Comparison(cast("ComparisonSign", token.text), left, right, token.at)

    def _begin(self, floor: int) -> Expression:
        token = self.now
        if token.type == "name" and token.text == "not":
            if floor >= POWERS["not"]:
                hint = "Put the part with not in brackets."
                raise ExpressionError("not is not expected here.", token.at, hint=hint)
            self._take()
            return Not(self.expression(POWERS["not"] - 1), token.at)
        if self._is("-"):
            self._take()
            return Negative(self.expression(POWERS["negative"] - 1), token.at)
        return self._with_endings(self._value())

    def _value(self) -> Expression:
        token = self.now
        if token.type == "number":
            return Number(number_of(self._take()), token.at)
        if token.type == "words":
            return Words(self._take().text, token.at)
        if self._is("("):
            self._take()
            found = self.expression(0)
            self._expect(")", "A closing bracket")
            return found
        if token.type != "name" or token.text in ("and", "or"):
            raise self.unexpected()
        self._take()
        if self._is("("):
            return self._call(token)
        return Name(token.text, token.at)

    def _call(self, name: Token) -> Call:
        self._take()
        arguments: list[Expression] = []
        keywords: list[tuple[str, Expression]] = []
        while not self._is(")"):
            if arguments or keywords:
                self._expect(",", "A comma or a closing bracket")
            following = self._tokens[self._index + 1 : self._index + 2]
            is_named = following and following[0].type == "sign" and following[0].text == "="
            if self.now.type == "name" and is_named:
                keyword = self._take()
                self._take()
                if keyword.text in dict(keywords):
                    raise ExpressionError(f"{keyword.text} is given twice.", keyword.at)
                keywords.append((keyword.text, self.expression(0)))
            elif keywords:
                hint = "Put it before those with a name, or name it."
                raise ExpressionError("This argument has no name.", self.now.at, hint=hint)
            else:
                arguments.append(self.expression(0))
        self._take()
        return Call(name.text, tuple(arguments), tuple(keywords), "", name.at)

    def _with_endings(self, found: Expression) -> Expression:
        while self._is("[") or self._is("."):
            token = self._take()
            if token.text == "[":
                found = Earlier(found, self._bars(), token.at)
                self._expect("]", "A closing square bracket")
            elif found == Name(POSITION):
                raise no_position(found.at)
            elif self.now.type != "name" or not isinstance(found, Call) or found.output:
                hint = "Write it as in macd(close).signal."
                raise ExpressionError("A dot names an output of a function.", token.at, hint=hint)
            else:
                output = self._take()
                found = replace(found, output=output.text, output_at=output.at)
        return found

    def _bars(self) -> int:
        token = self.now
        value = number_of(token) if token.type == "number" else 0
        if value < 1 or value != int(value):
            hint = "Write close[1] for the close one bar ago."
            raise ExpressionError("A whole number of bars ago is missing.", token.at, hint=hint)
        self._take()
        return int(value)
