"""Text of the document in emitted code: always a comment or docstring line, never code."""

import textwrap
import unicodedata

WIDTH = 88
"""Columns of emitted code, ruff's and black's default."""

_BAD_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def plain(text: str) -> str:
    """The text on one line, without control, bidirectional or unassigned characters."""
    cleaned = "".join(
        " " if char.isspace() else "" if unicodedata.category(char) in _BAD_CATEGORIES else char
        for char in text
    )
    return " ".join(cleaned.split())


def comment(text: str, indent: str) -> list[str]:
    """The text as comment lines."""
    return wrapped(plain(text), f"{indent}# ")


def docstring_lines(text: str, indent: str = "", hanging: str = "") -> list[str]:
    """The text as lines inside a docstring: no quote can end it and no backslash escapes."""
    safe = plain(text).replace("\\", "/").replace('"', "'")
    return wrapped(safe, indent, f"{indent}{hanging}")


def wrapped(text: str, first: str, rest: str | None = None) -> list[str]:
    """The text in lines of at most the width of emitted code."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_on_hyphens=False,
        break_long_words=True,
    )
