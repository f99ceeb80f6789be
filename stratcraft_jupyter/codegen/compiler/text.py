"""Text of the document in emitted code: always a comment or docstring line, never code."""

import unicodedata

WIDTH = 88
"""Columns of emitted code, ruff's and black's default."""

_BAD_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn"}


def plain(text: str) -> str:
    """The text on one line, without control, bidirectional or unassigned characters."""
    cleaned = "".join(
        " " if char.isspace() else "" if unicodedata.category(char) in _BAD_CATEGORIES else char
        for char in text
    )
    return " ".join(cleaned.split())


def literal(value: object) -> str:
    """A parameter value as code; texts in double quotes, as formatters want them."""
    code = repr(value)
    if code.startswith("'") and '"' not in code:
        inner = code[1:-1].replace("\\'", "'")
        return f'"{inner}"'
    return code


def comment(text: str, indent: str) -> list[str]:
    """The text as comment lines."""
    return wrapped(plain(text), f"{indent}# ", f"{indent}# ")


def docstring_lines(text: str, first: str = "", rest: str = "") -> list[str]:
    """The text as lines inside a docstring: no quote can end it and no backslash escapes."""
    safe = plain(text).replace("\\", "/").replace('"', "'")
    return wrapped(safe, first, rest)


def wrapped(text: str, first: str, rest: str) -> list[str]:
    """The text in lines of at most the width of emitted code; words too long for it are cut."""
    room = WIDTH - max(columns(first), columns(rest))
    lines: list[str] = []
    for piece in (piece for word in text.split() for piece in _cut(word, room)):
        if lines and columns(f"{lines[-1]} {piece}") <= WIDTH:
            lines[-1] = f"{lines[-1]} {piece}"
        else:
            lines.append(f"{rest if lines else first}{piece}")
    return lines


def columns(text: str) -> int:
    """How wide a text is shown at most: Chinese characters and emoji take two columns."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _cut(word: str, room: int) -> list[str]:
    """A word in pieces that fit."""
    if columns(word) <= room:
        return [word]
    pieces = [""]
    for char in word:
        if columns(pieces[-1] + char) > room:
            pieces.append("")
        pieces[-1] += char
    return pieces
