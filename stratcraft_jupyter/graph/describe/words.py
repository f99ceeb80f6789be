"""Numbers, names and brackets as the readings of nodes write them."""

from stratcraft_jupyter.graph.catalog.base import Value


def number(value: Value) -> str:
    """A parameter value as people write it: 30, 2.5, 10,000, true."""
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, int | float):
        return visible(value)
    return f"{value:,.15g}"


def bars(count: Value) -> str:
    """A number of bars in words: one bar, 3 bars."""
    return "one bar" if count == 1 else f"{number(count)} bars"


def bars_after(count: Value) -> str:
    """How long after something at most: one bar after, 1 to 5 bars after."""
    return "one bar after" if count == 1 else f"1 to {number(count)} bars after"


def visible(text: str) -> str:
    """A text of the user on one line, without characters that are not shown."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def quoted(text: str) -> str:
    """A text of the user in quotes, none of which are inside."""
    return '"' + visible(text).replace('"', "'") + '"'


def listed(parts: list[str], word: str = "and") -> str:
    """Parts as a list in a sentence: a, b and c."""
    *others, last = parts
    return f"{', '.join(others)} {word} {last}" if others else last


def lowered(title: str) -> str:
    """A title within a sentence: "upper band", but "MACD" and "%K" as they are."""
    return f"{title[:1].lower()}{title[1:]}" if title[1:2].islower() else title


def line_name(title: str) -> str:
    """An output of several within a sentence: the upper band, the lower line, %K."""
    name = lowered(title)
    if name == title:
        return title
    return f"the {name}{' line' if name.endswith(_DIRECTIONS) else ''}"


_DIRECTIONS = ("upper", "middle", "lower", "up", "down")


def bare(phrase: str) -> str:
    """A phrase without the brackets around the whole of it."""
    if not phrase.startswith("(") or not phrase.endswith(")"):
        return phrase
    depth = 0
    for char in phrase[:-1]:
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return phrase
    return phrase[1:-1]


def sentence(phrase: str) -> str:
    """A phrase as a sentence; an ellipsis at its end, for what is missing, is its stop."""
    return f"{phrase[:1].upper()}{phrase[1:]}{'' if phrase.endswith('…') else '.'}"
