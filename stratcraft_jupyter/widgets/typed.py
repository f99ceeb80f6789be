"""What is typed into a field, as a number, and a number as text. Nothing is dropped or rounded."""

import math
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from stratcraft_jupyter.errors import GraphEditError

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,4})?")
_LARGEST = 1e15  # whole numbers up to here are exact


class Typing(NamedTuple):
    """How a field's text becomes a value of the strategy, and the other way.

    Attributes:
        read: Takes what was typed; raises `StratCraftError` if it cannot be meant.
        write: Gives what the input shows for a value.
    """

    read: Callable[[Any], Any]
    write: Callable[[Any], Any]


AS_IS = Typing(lambda typed: typed, lambda value: value)
"""For inputs whose value is the strategy's own, such as a drop-down."""


def text(title: str, *, most: int, least: int = 0) -> Typing:
    """Texts of so many characters; ``title`` is what messages call the field."""

    def read(typed: str) -> str:
        length = len(typed.strip())
        if length < least:
            raise GraphEditError(f"{title} must not be empty.")
        if length > most:
            raise GraphEditError(f"{title} must have at most {most:,} characters, not {length:,}.")
        return typed.strip()

    return Typing(read, lambda value: value or "")


def read_number(typed: str, title: str) -> float:
    """The number that was typed.

    Raises:
        GraphEditError: It is none.
    """
    text = typed.strip()
    if not text:
        raise GraphEditError(f"{title} must be a number: the field is empty.")
    if "," in text:
        raise GraphEditError(f"{title} must be a number without commas, such as 1000 or 0.5.")
    if not _NUMBER.fullmatch(text):
        raise GraphEditError(f"{title} must be a number, such as 1000 or 0.5.")
    value = float(text)
    if not math.isfinite(value):
        raise GraphEditError(f"{title} is too large.")
    return value


def read_whole(typed: str, title: str) -> int:
    """The whole number that was typed.

    Raises:
        GraphEditError: It is none.
    """
    if not typed.strip():
        raise GraphEditError(f"{title} must be a whole number: the field is empty.")
    try:
        value = read_number(typed, title)
    except GraphEditError:
        raise GraphEditError(f"{title} must be a whole number, such as 20.") from None
    if not value.is_integer():
        raise GraphEditError(f"{title} must be a whole number, such as {math.floor(value)}.")
    if abs(value) > _LARGEST:
        raise GraphEditError(f"{title} is too large.")
    return int(value)


def number_text(value: float) -> str:
    """A number as it is typed: without separators and needless zeros."""
    return str(value) if isinstance(value, int) else f"{value:.15g}"
