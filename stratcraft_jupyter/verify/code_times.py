"""The times of the day that code names: ``datetime.time(15, 30)`` or ``"15:30"``."""

import ast
import re
from collections.abc import Iterator

from stratcraft_jupyter.verify.times_of_day import clock

_TEXT = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(:00)?")
_MOST = 12


def times_in(tree: ast.Module) -> tuple[str, ...]:
    """The times of a module in the order in which they are found, each once; 12 at most."""
    found = dict.fromkeys(time for node in ast.walk(tree) for time in _times(node))
    return tuple(found)[:_MOST]


def _times(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Constant(value=str() as text):
            if found := _TEXT.fullmatch(text.strip()):
                yield clock(int(found[1]) * 60 + int(found[2]))
        case ast.Call(func=ast.Attribute(attr="time") | ast.Name(id="time")):
            hour, minute = _part(node, 0, "hour"), _part(node, 1, "minute")
            if (node.args or node.keywords) and 0 <= hour < 24 and 0 <= minute < 60:
                yield clock(hour * 60 + minute)


def _part(call: ast.Call, place: int, name: str) -> int:
    """A whole number given by place or by name; 0 if it is not given, -1 if it is no number."""
    given = [item.value for item in call.keywords if item.arg == name]
    given += call.args[place : place + 1]
    match given:
        case []:
            return 0
        case [ast.Constant(value=bool())]:
            return -1
        case [ast.Constant(value=int() as number)]:
            return number
    return -1
