"""Ways to change code, as models get it wrong."""

import re
from collections.abc import Callable, Iterator

Way = Callable[[str], Iterator[tuple[str, str]]]
"""Takes code and gives what was changed, for people, with the changed code."""
STRATEGY = "(bt.Strategy):"
INIT = "    def __init__(self):\n"
NEXT = "    def next(self):\n"


def swap(pattern: str, by: str, *, most: int = 99, begin_at: str = "class ") -> Way:
    """Each place that fits a pattern, changed by itself."""

    def change(source: str) -> Iterator[tuple[str, str]]:
        body = source.index(begin_at)
        for found in list(re.finditer(pattern, source[body:]))[:most]:
            begin, end = body + found.start(), body + found.end()
            line = source[source.rfind("\n", 0, begin) + 1 : source.find("\n", end)]
            if line.strip().startswith("#") or '"""' in line:
                continue
            new = found.expand(by)
            yield f"{found[0]!r} -> {new!r}", source[:begin] + new + source[end:]

    return change


def every(pattern: str, by: str) -> Way:
    """All places of the strategy that fit a pattern, changed at once."""

    def change(source: str) -> Iterator[tuple[str, str]]:
        body = source.index(STRATEGY)
        changed = re.sub(pattern, by, source[body:])
        yield f"all {pattern!r} -> {by!r}", source[:body] + changed

    return change


def numbers(source: str) -> Iterator[tuple[str, str]]:
    """Parameters with another value: one that is near, and one that is far."""
    for found in re.finditer(r'^        "(\w+)": (-?[\d.]+),', source, re.MULTILINE):
        name, text = found[1], found[2]
        value = float(text)
        if "." in text:
            step = 5.0 if abs(value) >= 20 else max(abs(value) / 2, 0.5)
            others = [value - step, value + step]
        else:
            others = [int(value) + 1, max(1, int(value) // 2)]
        for other in others:
            new = f'        "{name}": {other!r},'
            yield f"{name} {text} -> {other}", source.replace(found[0], new, 1)


def an_hour_off(source: str) -> Iterator[tuple[str, str]]:
    """Parameters that are times of the day, an hour earlier and later."""
    for found in re.finditer(r'^        "(\w+)": "(\d\d)(:\d\d)",', source, re.MULTILINE):
        for hour in (int(found[2]) - 1, int(found[2]) + 1):
            if 0 <= hour < 24:
                time = f"{hour:02}{found[3]}"
                new = f'        "{found[1]}": "{time}",'
                yield f"{found[1]} {found[2]}{found[3]} -> {time}", source.replace(found[0], new, 1)


def lines_after(head: str, lines: str) -> Way:
    """Lines put at the beginning of a method of the strategy."""

    def change(source: str) -> Iterator[tuple[str, str]]:
        at = source.find(head, source.index(STRATEGY))
        if at >= 0:
            end = at + len(head)
            yield lines.strip(), f"{source[:end]}{lines}{source[end:]}"

    return change


def if_chance(source: str) -> Iterator[tuple[str, str]]:
    """Days off that are drawn."""
    imported = source.replace(
        "import backtrader as bt", "import random\n\nimport backtrader as bt", 1
    )
    chance = lines_after(NEXT, "        if random.random() < 0.2:\n            return\n")
    for _, changed in chance(imported):
        yield "random days off", changed


def late_signals(source: str) -> Iterator[tuple[str, str]]:
    """Each line that is read with [0], read with [-1]; what is written there would look ahead."""
    values = r"self\.(?!data|broker|position|p\.)\w+(?:\.\w+)?\[0\](?! = )"
    for found in re.finditer(values, source):
        line = source[source.rfind("\n", 0, found.start()) + 1 : source.find("\n", found.end())]
        if "price" in line or "size" in line or "distance" in line:
            continue
        begin, end = found.span()
        new = found[0].replace("[0]", "[-1]")
        yield f"{found[0]} -> {new}", source[:begin] + new + source[end:]
