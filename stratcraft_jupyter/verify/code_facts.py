"""What code says of itself when it is read: the orders it names, what it makes and never reads."""

import ast
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

_TYPES = {
    "Stop": ("stop",),
    "StopLimit": ("stop_limit",),
    "StopTrail": ("stop",),
    "StopTrailLimit": ("stop_limit",),
    "Limit": ("limit",),
    "buy_bracket": ("stop", "limit"),
    "sell_bracket": ("stop", "limit"),
}
_LIBRARIES = ("ind", "indicators", "btind", "talib", "ta")


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """What was found in the text of code.

    Attributes:
        order_types: Types of orders it names that rest with the broker.
        unread: Attributes that hold an indicator made in ``__init__`` and are never read.
    """

    order_types: frozenset[str] = frozenset()
    unread: tuple[str, ...] = ()


def read_code(source: str) -> CodeFacts:
    """What the code says; nothing of code that cannot be read."""
    try:
        with warnings.catch_warnings(action="ignore"):
            nodes = list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return CodeFacts()
    names = {name for node in nodes for name in _names(node)}
    types = {item for name in names for item in _TYPES.get(name, ())}
    made = dict.fromkeys(name for node in nodes for name in _made(node))
    return CodeFacts(frozenset(types), tuple(name for name in made if name not in names))


def _names(node: ast.AST) -> Iterator[str]:
    """Attributes that a node reads, also as a text: getattr(self, "fast")."""
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
        yield node.attr
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.alias):
        yield node.name


def _made(node: ast.AST) -> Iterator[str]:
    if not isinstance(node, ast.FunctionDef) or node.name != "__init__":
        return
    for item in ast.walk(node):
        if isinstance(item, ast.Assign) and _is_indicator(item.value):
            for target in item.targets:
                match target:
                    case ast.Attribute(value=ast.Name(id="self"), attr=name):
                        yield name


def _is_indicator(value: ast.expr) -> bool:
    """Whether a value is made by a class, or a function of a library of indicators."""
    if not isinstance(value, ast.Call):
        return False
    path = ast.unparse(value.func).split(".")
    return path[-1][:1].isupper() or any(part in _LIBRARIES for part in path[:-1])
