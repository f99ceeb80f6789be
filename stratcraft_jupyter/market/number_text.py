"""Reads numbers from text, a whole column at once, and names what is no number."""

import numpy as np

from stratcraft_jupyter.market.columns import ParsedNumbers
from stratcraft_jupyter.market.problems import show_value

_MISSING = frozenset({"", "-", "na", "n/a", "nan", "nat", "none", "null", "<na>"})

FORMAT_HINT = "Write numbers as 1234.5, without currency signs or separators of thousands."


def is_missing(text: str) -> bool:
    """Whether ``text`` is one of the usual words for no value."""
    return text.strip().lower() in _MISSING


def parse_numbers(texts: list[str]) -> ParsedNumbers:
    """The numbers that ``texts`` say, NaN where they say nothing."""
    try:
        return ParsedNumbers(np.fromiter(map(float, texts), np.float64, len(texts)))
    except ValueError:
        return _parse_one_by_one(texts)


def _parse_one_by_one(texts: list[str]) -> ParsedNumbers:
    values = np.full(len(texts), np.nan)
    bad: dict[int, str] = {}
    for row, text in enumerate(texts):
        if is_missing(text):
            continue
        try:
            values[row] = float(text)
        except ValueError:
            bad[row] = f"{show_value(text)} is not a number"
    return ParsedNumbers(values, bad)
