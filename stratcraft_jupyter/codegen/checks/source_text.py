"""The source as text, before it is read as Python: size, encoding, hidden characters."""

import ast
import io
import re
import tokenize
import unicodedata
from collections.abc import Iterator

from stratcraft_jupyter.codegen.checks.finding import finding
from stratcraft_jupyter.diagnostics import Diagnostic
from stratcraft_jupyter.python_source import compile_python, parse_python

MAX_CHARACTERS = 200_000
MAX_LINES = 5_000
_DEEPEST = 100
_COOKIE = re.compile(r"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_MAGIC = re.compile(r"^\s*(?:%{1,2}[a-zA-Z]\w*|![\w/.]|\?\w)")
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_BRACKETS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}
_WHOLE = "Generate again, or paste the whole strategy."


def text_findings(source: str) -> Iterator[Diagnostic]:
    """What makes a text unfit to be read as Python at all."""
    lines = source.split("\n")
    if len(source) > MAX_CHARACTERS or len(lines) > MAX_LINES:
        yield finding(
            "SC511",
            None,
            f"The code has {len(source):,} characters in {len(lines):,} lines; at most "
            f"{MAX_CHARACTERS:,} in {MAX_LINES:,} are read.",
            "A strategy has a few hundred lines: take out what does not belong to it.",
        )
        return
    if not source.strip():
        yield finding("SC510", None, "There is no code.", _WHOLE)
        return
    yield from _hidden_characters(lines)
    yield from _encodings(lines)
    if _depth(source) > _DEEPEST:
        yield finding(
            "SC510",
            None,
            f"Brackets are nested more than {_DEEPEST} deep.",
            "Give parts of the expression names of their own.",
        )


def _hidden_characters(lines: list[str]) -> Iterator[Diagnostic]:
    """SC512: characters that cannot be seen, or that show the code in another order."""
    for number, line in enumerate(lines, start=1):
        for character in line:
            if character != "\t" and unicodedata.category(character) in _HIDDEN:
                name = unicodedata.name(character, "control character")
                yield finding(
                    "SC512",
                    number,
                    f"There is a hidden character: U+{ord(character):04X}, {name.lower()}.",
                    "Remove it: code with such characters need not be what it looks like.",
                )
                break


def _encodings(lines: list[str]) -> Iterator[Diagnostic]:
    """SC512: a first line that asks for another encoding changes what all others say."""
    for number, line in enumerate(lines[:2], start=1):
        match = _COOKIE.match(line)
        if match and match[1].lower().replace("_", "-") not in ("utf-8", "utf8"):
            yield finding(
                "SC512",
                number,
                f"The code declares the encoding {match[1][:20]!r}.",
                "Remove that line; code is read as UTF-8.",
            )


def notebook_commands(source: str) -> Iterator[Diagnostic]:
    """SC513: commands of a notebook, in a source that is no Python."""
    for number, line in enumerate(source.split("\n"), start=1):
        if _MAGIC.match(line):
            yield finding(
                "SC513",
                number,
                "This is a command for a notebook, not Python.",
                "Remove the line; a strategy needs no installing and no magics.",
            )


def too_deep() -> Diagnostic:
    """SC510: Python could read it, and nobody else can."""
    return finding(
        "SC510",
        None,
        "The code is nested too deeply to be checked.",
        "Give parts of long expressions names of their own.",
    )


def _depth(source: str) -> int:
    """How deep brackets are nested; those in texts count, too, which does no harm."""
    deepest = depth = 0
    for character in source:
        depth = max(0, depth + _BRACKETS.get(character, 0))
        deepest = max(deepest, depth)
    return deepest


def parse(source: str) -> ast.Module | Diagnostic:
    """The syntax tree, or why there is none."""
    try:
        compile_python(source, "<strategy>")
        return parse_python(source)
    except SyntaxError as error:
        reason = (error.msg or "invalid syntax").partition(";")[0].rstrip(".")[:120]
        return finding(
            "SC510",
            error.lineno,
            f"This is not valid Python: {reason}.",
            "Correct the line; if the code ends there, the answer was cut off.",
        )
    except (ValueError, MemoryError, RecursionError) as error:
        reason = "it is nested too deeply" if not isinstance(error, ValueError) else str(error)
        return finding("SC510", None, f"This is not valid Python: {reason}.", _WHOLE)


def odd_identifiers(source: str) -> Iterator[Diagnostic]:
    """SC514: names that Python reads as other names than they look like."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError):
        return
    for token in tokens:
        if (
            token.type == tokenize.NAME
            and unicodedata.normalize("NFKC", token.string) != token.string
        ):
            yield finding(
                "SC514",
                token.start[0],
                f"The name {token.string[:40]!r} is read by Python as "
                f"{unicodedata.normalize('NFKC', token.string)[:40]!r}.",
                "Write it with plain letters.",
            )
