"""Finds code that stands in prose without fences."""

import ast
import re

from stratcraft_jupyter.codegen.extract.pieces import Piece, piece_of
from stratcraft_jupyter.python_source import compile_python

_START = re.compile(
    r"(import\s+[\w.]+(\s+as\s+\w+)?\s*(#.*)?"
    r"|from\s+[\w.]+\s+import\s.*"
    r"|class\s+\w+\s*(\(.*\))?\s*:.*"
    r"|def\s+\w+\s*\(.*"
    r"|[rR]?(\"\"\"|''').*"
    r"|#.*)"
)
_FIRM_START = re.compile(
    r"import\s+[\w.]+(\s+as\s+\w+)?\s*(#.*)?"
    r"|from\s+[\w.]+\s+import\s.*"
    r"|class\s+\w+\s*\(.*"
    r"|(\"\"\"|''\').*"
)
_MOST = 200_000
_MOST_STARTS = 8
_MOST_CUTS = 25


def code_in_prose(text: str) -> Piece | None:
    """The longest strategy that some lines of the text are; None if there is none."""
    if len(text) > _MOST or "Strategy" not in text:
        return None
    lines = text.split("\n")
    starts = [number for number, line in enumerate(lines) if _START.fullmatch(line.rstrip())]
    for start in starts[:_MOST_STARTS]:
        found = _from(lines[start:])
        if found is not None:
            return found
    return None


def code_to_the_end(text: str) -> str | None:
    """From the first line of code to the end, if that looks like a broken strategy."""
    lines = text.split("\n")
    for start, line in enumerate(lines):
        if _FIRM_START.fullmatch(line.rstrip()):
            source = piece_of("\n".join(lines[start:])).source
            return source if re.search(r"^class\s", source, re.MULTILINE) else None
    return None


def _from(lines: list[str]) -> Piece | None:
    """The strategy at the beginning of the lines: cut where Python stops reading, until it fits."""
    for _ in range(_MOST_CUTS):
        if not lines:
            return None
        piece = piece_of("\n".join(lines))
        if piece.is_whole:
            return without_words_behind(piece)
        if piece.tree is not None:
            return None  # Python without a strategy: cutting more cannot add one
        place = _error_line(piece.source)
        if place <= 1 or place > len(lines):
            place = len(lines)
        if lines[place - 1][:1].isspace():
            return None  # it is code that breaks off, not prose behind it
        lines = lines[: place - 1]
    return None


def without_words_behind(piece: Piece) -> Piece:
    """A word or two of prose behind the code are Python, too, but do nothing."""
    body = piece.tree.body if piece.tree else []
    while isinstance(last := body[-1], ast.Expr) and not isinstance(last.value, ast.Call):
        piece = piece_of("\n".join(piece.source.split("\n")[: last.lineno - 1]))
        body = piece.tree.body if piece.tree else []
    return piece


def _error_line(source: str) -> int:
    """The line at which Python stops reading."""
    try:
        compile_python(source, "<answer>")
    except SyntaxError as error:
        return error.lineno or 0
    except (ValueError, MemoryError, RecursionError):
        return 0
    return 0
