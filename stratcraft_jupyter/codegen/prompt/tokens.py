"""How many tokens a text is about, for models whose provider does not count."""

import math
import re

_PIECE = re.compile(r"[A-Za-z]+|[0-9]+|\s+|[^\x00-\x7f]|[^A-Za-z0-9\s]")


def estimate_tokens(text: str) -> int:
    """Tokens of a text, roughly: a word is one, or two if it is long. No model's own count."""
    return sum(_tokens(match[0]) for match in _PIECE.finditer(text))


def _tokens(piece: str) -> int:
    if piece.isspace():
        # one space belongs to the word behind it
        return piece.count("\n") + (len(piece) - piece.count("\n") > 1)
    if piece.isascii() and piece.isalpha():
        return math.ceil(len(piece) / 9)
    if piece.isascii() and piece.isdigit():
        return math.ceil(len(piece) / 3)
    return 1 if piece.isascii() or piece.isalpha() else 2
