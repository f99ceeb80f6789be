"""The numbers that code counts with, also where it works one out: ``self.p.period + 1`` is 21."""

import ast
import math
import operator
from collections.abc import Callable, Iterator, Mapping

_SUMS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Pow: operator.pow,
}
_LARGEST = 1e12
_MOST_POWER = 10
_MOST = 40
_DEEPEST = 12


def numbers_in(tree: ast.Module) -> tuple[float, ...]:
    """The numbers of a module in the order in which they are written, each once; 40 at most."""
    known = dict(_named(tree))
    found: dict[float, None] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and (value := _value(node, known)) is not None:
            found.setdefault(value)
    return tuple(found)[:_MOST]


def _named(tree: ast.Module) -> Iterator[tuple[str, float]]:
    """Names that stand for a number: parameters of a strategy, constants of module and class."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Module | ast.ClassDef):
            continue
        for line in node.body:
            match line:
                case ast.Assign(targets=[ast.Name(id="params")], value=value):
                    yield from _params(value)
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    if (number := _value(value, {})) is not None:
                        yield name, number


def _params(value: ast.expr) -> Iterator[tuple[str, float]]:
    pairs: list[tuple[ast.expr | None, ast.expr]] = []
    match value:
        case ast.Tuple(elts=items) | ast.List(elts=items):
            pairs = [pair for item in items for pair in _pair(item)]
        case ast.Dict(keys=keys, values=values):
            pairs = list(zip(keys, values, strict=True))
        case ast.Call(func=ast.Name(id="dict"), keywords=keywords):
            pairs = [(ast.Constant(item.arg), item.value) for item in keywords]
    for key, number in pairs:
        worth = _value(number, {})
        if isinstance(key, ast.Constant) and isinstance(key.value, str) and worth is not None:
            yield key.value, worth


def _pair(item: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    match item:
        case ast.Tuple(elts=[key, value]) | ast.List(elts=[key, value]):
            yield key, value


def _value(node: ast.expr, known: Mapping[str, float], depth: int = 0) -> float | None:
    """What an expression comes to, if it hangs on numbers alone and is not too deep."""
    found: float | None = None
    if depth > _DEEPEST:
        return None
    match node:
        case ast.Constant(value=bool()):
            return None
        case ast.Constant(value=int() | float() as number):
            found = number
        case ast.Name(id=name):
            found = known.get(name)
        case ast.Attribute(value=ast.Attribute(attr="p" | "params"), attr=name):
            found = known.get(name)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            inner = _value(operand, known, depth + 1)
            found = None if inner is None else -inner
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _SUMS:
            found = _worked_out(_value(left, known, depth + 1), op, _value(right, known, depth + 1))
    is_number = found is not None and math.isfinite(found) and abs(found) < _LARGEST
    return found if is_number else None


def _worked_out(left: float | None, op: ast.operator, right: float | None) -> float | None:
    if left is None or right is None:
        return None
    if isinstance(op, ast.Pow) and (abs(right) > _MOST_POWER or left < 0):
        return None
    if isinstance(op, ast.Div | ast.FloorDiv | ast.Pow) and (right if left else left) == 0:
        return None
    return _SUMS[type(op)](left, right)
