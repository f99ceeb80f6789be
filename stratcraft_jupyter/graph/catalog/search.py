"""Kinds found by words: by name, by what they are also called, by what is said of them."""

import re
from collections.abc import Iterable

from stratcraft_jupyter.graph.catalog.base import Kind

_NO = 1_000
_WORD = r"[\w<>=]+"
_LEAST_MISSPELT = 4
"""In a shorter word one wrong letter makes another word."""


def matching_kinds(text: str, kinds: Iterable[Kind]) -> tuple[Kind, ...]:
    """The kinds that match every word of a text, the best match first.

    If nothing matches all words, those in brackets do not count; if nothing does then, each word
    may have one letter wrong.
    """
    among = tuple(kinds)
    outside = re.sub(r"\([^)]*\)", "", text)
    texts = [text, *([outside] if outside.strip() and outside != text else [])]
    return next(
        (
            found
            for is_strict in (True, False)
            for words in texts
            if (found := _found(words, among, is_strict=is_strict))
        ),
        (),
    )


def _found(text: str, kinds: tuple[Kind, ...], *, is_strict: bool) -> tuple[Kind, ...]:
    words = re.findall(_WORD, text.lower())
    scored = [
        (_score(kind, words, is_strict=is_strict), order, kind) for order, kind in enumerate(kinds)
    ]
    return tuple(kind for score, _, kind in sorted(scored, key=lambda x: x[:2]) if score < _NO)


def _score(kind: Kind, words: list[str], *, is_strict: bool) -> int:
    if words == re.findall(_WORD, kind.title.lower()):
        return -2
    if words and any(words == re.findall(_WORD, alias.lower()) for alias in kind.aliases):
        return -1
    names = [name.lower() for name in (kind.title, *kind.aliases, kind.name.partition(".")[2])]
    text = f"{kind.help} {kind.semantics} {kind.family}".lower()
    return sum(_word_score(word, names, text, is_strict=is_strict) for word in words)


def _word_score(word: str, names: list[str], text: str, *, is_strict: bool) -> int:
    if word in names:
        return 0
    if any(name.startswith(word) for name in names):
        return 1
    parts = [part for name in names for part in re.findall(_WORD, name)]
    if any(part.startswith(word) for name in names for part in name.split()):
        return 2
    if any(word in name for name in names):
        return 3
    if word in text:
        return 5
    if is_strict or not any(_is_misspelt(word, part) for part in parts):
        return _NO
    return 6 if any(_is_misspelt(word, part) for part in re.findall(_WORD, names[0])) else 7


def _is_misspelt(typed: str, meant: str) -> bool:
    """Whether one letter is wrong, missing, too many, or two swapped; the end may be missing."""
    if len(typed) < _LEAST_MISSPELT or typed[0] != meant[:1]:
        return False
    at = next((i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), None)
    if at is None:  # one is the beginning of the other
        return len(typed) == len(meant) + 1
    rest, other = typed[at:], meant[at:]
    return (
        other[1:].startswith(rest[1:])
        or other[1:].startswith(rest)
        or other.startswith(rest[1:])
        or (rest[:2] == other[1::-1] and other[2:].startswith(rest[2:]))
    )
