"""What code says of itself when it is read: what it orders, names, counts with, and never reads."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from stratcraft_jupyter.codegen.checks.lines import makes_line
from stratcraft_jupyter.codegen.checks.module import Module, read_module
from stratcraft_jupyter.codegen.checks.source_text import parse
from stratcraft_jupyter.verify.code_numbers import numbers_in
from stratcraft_jupyter.verify.code_times import times_in

_TYPES = {
    "Stop": ("stop",),
    "StopLimit": ("stop_limit",),
    "StopTrail": ("stop",),
    "StopTrailLimit": ("stop_limit",),
    "Limit": ("limit",),
    "buy_bracket": ("stop", "limit"),
    "sell_bracket": ("stop", "limit"),
}
_TRAILING = {"StopTrail", "StopTrailLimit"}


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """What was found in the text of code.

    Attributes:
        order_types: Types of orders it names that rest with the broker.
        unread: Attributes that hold an indicator made in ``__init__`` and are never read.
        is_readable: Whether it is Python at all.
        numbers: Numbers it counts with, what it works out from numbers alone included.
        names: What it calls or reads by name, such as indicators.
        times: Times of the day it names.
        is_trailing: Whether it names an order whose price the broker moves.
    """

    order_types: frozenset[str] = frozenset()
    unread: tuple[str, ...] = ()
    is_readable: bool = True
    numbers: tuple[float, ...] = ()
    names: frozenset[str] = frozenset()
    times: tuple[str, ...] = ()
    is_trailing: bool = False


def read_code(source: str) -> CodeFacts:
    """What the code says; nothing of code that cannot be read."""
    tree = parse(source)
    if not isinstance(tree, ast.Module):
        return CodeFacts(is_readable=False)
    module, nodes = read_module(tree), list(ast.walk(tree))
    names = {name for node in nodes for name in _names(node)}
    types = {item for name in names for item in _TYPES.get(name, ())}
    made = dict.fromkeys(name for node in nodes for name in _made(module, node))
    called = {node.id for node in nodes if isinstance(node, ast.Name)}
    return CodeFacts(
        frozenset(types),
        tuple(name for name in made if name not in names),
        numbers=numbers_in(tree),
        times=times_in(tree),
        names=frozenset(names | called),
        is_trailing=bool(names & _TRAILING),
    )


def without_unread(source: str, unread: tuple[str, ...]) -> str:
    """The code without the lines that make what it never reads; it has been read before."""
    tree = parse(source)
    if not isinstance(tree, ast.Module):
        return source
    return ast.unparse(ast.fix_missing_locations(_Leaving(unread).visit(tree)))


class _Leaving(ast.NodeTransformer):
    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names

    def visit_Assign(self, node: ast.Assign) -> ast.stmt:
        """Nothing in the place of a line that makes one of the names."""
        match node.targets:
            case [ast.Attribute(value=ast.Name(id="self"), attr=name)] if name in self._names:
                return ast.Pass()
        return node


def _names(node: ast.AST) -> Iterator[str]:
    """Attributes that a node reads, also as a text: getattr(self, "fast")."""
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
        yield node.attr
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.alias):
        yield node.name


def _made(module: Module, node: ast.AST) -> Iterator[str]:
    if not isinstance(node, ast.FunctionDef) or node.name != "__init__":
        return
    for item in ast.walk(node):
        if isinstance(item, ast.Assign) and _is_indicator(module, item.value):
            for target in item.targets:
                match target:
                    case ast.Attribute(value=ast.Name(id="self"), attr=name):
                        yield name


def _is_indicator(module: Module, value: ast.expr) -> bool:
    """Whether a value makes a strategy wait, as a sizer, an analyzer or a set does not."""
    return isinstance(value, ast.Call) and makes_line(module, value)
