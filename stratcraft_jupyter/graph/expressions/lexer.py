"""Cuts the text of an expression into numbers, names, quoted words and signs."""

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from stratcraft_jupyter.errors import ExpressionError

LARGEST_NUMBER = 1e12
"""Largest number a parameter of arithmetic can have."""

TokenType = Literal["number", "name", "words", "sign", "end"]

_BLANK = re.compile(r"[ \t\r\n]+")
_NUMBER = re.compile(r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_WORDS = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'")
_REFUSED = {
    "==": "Values are seldom equal to the last digit: use >= and <=, or between(x, low, high).",
    "!=": "Use > or <, or not between(x, low, high).",
    "<>": "Use > or <, or not between(x, low, high).",
    "**": "Multiply instead.",
    "//": "Divide with one stroke.",
    "&&": "Write and.",
    "||": "Write or.",
    "&": "Write and.",
    "|": "Write or.",
    "!": "Write not.",
    "%": "Write 5 % as 0.05.",
    "^": "Multiply instead.",
    "≥": "Write >=.",
    "≤": "Write <=.",
    "\u00d7": "Write *.",
    "÷": "Write /.",
    "\u2212": "Write the minus as -.",
    "\u2013": "Write the minus as -.",
    ";": "Put a comma between arguments.",
    "{": "Use round brackets.",
    "}": "Use round brackets.",
    '"': "Close the quotes.",
    "'": "Close the quotes.",
}
_SIGNS = (">=", "<=", *"><+-*/()[],.=")


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of the text.

    Attributes:
        type: What it is.
        text: Its text; a name in lower case, words without their quotes.
        at: Where it begins.
    """

    type: TokenType
    text: str
    at: int


def cut(text: str) -> list[Token]:
    """The tokens of a text, the last of which is its end.

    Raises:
        ExpressionError: There is a character that the language does not have.
    """
    tokens = []
    at = 0
    while at < len(text):
        if blank := _BLANK.match(text, at):
            at = blank.end()
            continue
        token, at = _next(text, at)
        tokens.append(token)
    return [*tokens, Token("end", "", len(text.rstrip()))]


def _next(text: str, at: int) -> tuple[Token, int]:
    if found := _NUMBER.match(text, at):
        return Token("number", found.group(), at), found.end()
    if found := _NAME.match(text, at):
        return Token("name", found.group().lower(), at), found.end()
    if found := _WORDS.match(text, at):
        words = found.group()[1:-1]
        for place, character in enumerate(words, start=at + 1):
            if not character.isprintable():
                raise _not_a_character(character, place)
        return Token("words", words, at), found.end()
    for refused, hint in _REFUSED.items():
        if text.startswith(refused, at):
            raise ExpressionError(f"{refused} cannot be used here.", at, hint=hint)
    for sign in _SIGNS:
        if text.startswith(sign, at):
            return Token("sign", sign, at), at + len(sign)
    raise _not_a_character(text[at], at)


def _not_a_character(character: str, at: int) -> ExpressionError:
    """Why a character that the language does not have is refused."""
    if unicodedata.category(character).startswith("Z"):
        message, hint = "There is an unusual space here", "Write a plain space."
    elif not character.isprintable():
        message, hint = "There is a character here that is not shown", "Delete it."
    else:
        return ExpressionError(f"The character {character} cannot be used here.", at)
    return ExpressionError(f"{message} (U+{ord(character):04X}).", at, hint=hint)


def number_of(token: Token) -> int | float:
    """The number that a token says; a whole one without a point or an exponent.

    Raises:
        ExpressionError: It is too large.
    """
    value = int(token.text) if token.text.isdigit() else float(token.text)
    if not math.isfinite(value) or value > LARGEST_NUMBER:
        raise ExpressionError(
            "This number is too large.", token.at, hint=f"Use {LARGEST_NUMBER:,.0f} or less."
        )
    return value
