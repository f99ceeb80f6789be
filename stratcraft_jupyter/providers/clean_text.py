"""Texts of providers made fit to show: one short line without keys, markup or odd characters."""

import re

_LONGEST = 240
_HIDDEN = "[hidden]"
_PIECE = 6  # as few characters of a key as already give it away
_SECRETS = re.compile(
    r"""
    \b(?:sk|pk|rk|gsk|xai|hf|key|AIza)[-_][\w*.-]{4,}    # keys of known vendors, masked ones too
    | (?i:\bbearer\s+)\S+
    | (?i:\bbasic\s+)[A-Za-z0-9+/=]{8,}
    | (?i:\bapi[-_ ]?key(?:\sprovided)?\s*[:=]\s*)\S+
    | \b(?=\w*\d)(?=\w*[A-Za-z])[\w-]{32,}               # anything long enough to be one
    """,
    re.VERBOSE,
)
_USERINFO = re.compile(r"(?<=://)[^/\s@]+@")
_MARKUP = re.compile(r"<!doctype|<html|<head|<body|<\?xml", re.IGNORECASE)


def clean_text(text: object, key: str = "") -> str:
    """A text of a provider for a message; empty if it is a page or nothing at all.

    Args:
        text: What the provider sent.
        key: The key in use, of which no part may be shown.
    """
    if not isinstance(text, str) or is_page(text):
        return ""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[:4000]).split())
    line = _SECRETS.sub(_HIDDEN, _USERINFO.sub("", line))
    line = " ".join(_HIDDEN if _gives_away(word, key) else word for word in line.split(" "))
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


def is_page(text: str) -> bool:
    """Whether a text is a web page."""
    return _MARKUP.search(text[:2000]) is not None


def _gives_away(word: str, key: str) -> bool:
    pieces = (key[start : start + _PIECE] for start in range(max(0, len(key) - _PIECE + 1)))
    return bool(key) and (word == key or any(piece in word for piece in pieces))
