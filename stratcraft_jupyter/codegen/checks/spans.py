"""Between which whole numbers an expression lies, as far as the code alone tells."""

import ast
from collections.abc import Iterator, Mapping

from stratcraft_jupyter.codegen.checks.module import Function

Span = tuple[int, int]
_DEEPEST = 12
_LARGEST = 10**9


def span_of(
    node: ast.AST,
    names: Mapping[str, Span | None],
    parameters: Mapping[str, object],
    depth: int = 0,
) -> Span | None:
    """The smallest and largest value of an expression; None if that is not known.

    Args:
        node: The expression.
        names: The same for local names.
        parameters: Defaults of the strategy's parameters.
        depth: How deep the expression stands in another.
    """
    if depth > _DEEPEST:
        return None
    if isinstance(node, ast.Constant):
        return _exactly(node.value)
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        return _exactly(parameters.get(node.attr)) if _is_params(node.value) else None
    if isinstance(node, ast.UnaryOp):
        inner = span_of(node.operand, names, parameters, depth + 1)
        if inner is None or not isinstance(node.op, ast.USub | ast.UAdd):
            return None
        return (-inner[1], -inner[0]) if isinstance(node.op, ast.USub) else inner
    if isinstance(node, ast.BinOp):
        left = span_of(node.left, names, parameters, depth + 1)
        right = span_of(node.right, names, parameters, depth + 1)
        return _combined(node.op, left, right) if left and right else None
    return None


def _exactly(value: object) -> Span | None:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST:
        return value, value
    return None


def _is_params(node: ast.AST) -> bool:
    """Whether it is ``self.p`` or ``self.params``."""
    return (
        isinstance(node, ast.Attribute)
        and node.attr in ("p", "params")
        and isinstance(node.value, ast.Name)
    )


def _combined(operator: ast.operator, left: Span, right: Span) -> Span | None:
    if isinstance(operator, ast.Add):
        return left[0] + right[0], left[1] + right[1]
    if isinstance(operator, ast.Sub):
        return left[0] - right[1], left[1] - right[0]
    if isinstance(operator, ast.Mult):
        products = [one * other for one in left for other in right]
        return min(products), max(products)
    return None


def local_spans(function: Function, parameters: Mapping[str, object]) -> dict[str, Span | None]:
    """The spans of the local names of a function; a name that is set in other ways has none."""
    names: dict[str, Span | None] = {}
    for name, value in _settings(function):
        span = _range_span(value, names, parameters) if isinstance(value, ast.Call) else None
        span = span or (span_of(value, names, parameters) if value is not None else None)
        known = names.get(name, span)
        names[name] = (min(known[0], span[0]), max(known[1], span[1])) if known and span else None
    return names


def _settings(function: Function) -> Iterator[tuple[str, ast.expr | None]]:
    """Each name with what it is set to; None where that says nothing."""
    arguments = function.args
    for item in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        yield item.arg, None
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                yield from _named(target, node.value)
        elif isinstance(node, ast.For | ast.comprehension):
            is_range = isinstance(node.iter, ast.Call) and _is_range(node.iter)
            yield from _named(node.target, node.iter if is_range else None)
        elif isinstance(node, ast.AugAssign | ast.NamedExpr | ast.AnnAssign):
            yield from _named(node.target, None)


def _named(target: ast.expr, value: ast.expr | None) -> Iterator[tuple[str, ast.expr | None]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple | ast.List):
        values = value.elts if isinstance(value, ast.Tuple | ast.List) else []
        if len(values) != len(target.elts):
            values = []
        for number, item in enumerate(target.elts):
            yield from _named(item, values[number] if values else None)


def _is_range(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id == "range"


def _range_span(
    node: ast.Call, names: Mapping[str, Span | None], parameters: Mapping[str, object]
) -> Span | None:
    """What goes through a ``range`` with known ends."""
    if not _is_range(node) or not 1 <= len(node.args) <= 3 or node.keywords:
        return None
    ends = [span_of(item, names, parameters) for item in node.args]
    known = [end for end in ends if end is not None]
    if len(known) != len(ends):
        return None
    if len(known) == 1:
        return 0, max(0, known[0][1] - 1)
    if len(known) == 3 and known[2][0] < 0:
        return known[1][0] + 1, known[0][1]
    return known[0][0], max(known[0][0], known[1][1] - 1)
