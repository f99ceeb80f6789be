"""How many bars a node needs before its first value, from the expression its kind gives."""

import ast
import math
import operator
from collections.abc import Callable, Mapping

from stratcraft_jupyter.python_source import parse_expression

_OPERATORS: Mapping[type[ast.operator], Callable[[int, int], int]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
}
_FUNCTIONS: Mapping[str, Callable[..., int]] = {"max": max, "min": min, "isqrt": math.isqrt}


def lookback_bars(expression: str, params: Mapping[str, object]) -> int:
    """The number of bars that an expression such as ``"max(fast, slow) - 1"`` comes to.

    Args:
        expression: Whole numbers, names of parameters, ``+ - * //``, ``max``, ``min`` and
            ``isqrt``, the square root rounded down.
        params: Values of the parameters.

    Raises:
        ValueError: The expression holds anything else, or a name that is no whole number.
    """
    return _value(parse_expression(expression), params)


def _value(part: ast.expr, params: Mapping[str, object]) -> int:
    match part:
        case ast.Constant(value=int(number)):
            return number
        case ast.Name(id=name) if isinstance(value := params.get(name), int):
            return value
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATORS:
            return _OPERATORS[type(sign)](_value(left, params), _value(right, params))
        case ast.Call(func=ast.Name(id=name), args=items) if name in _FUNCTIONS:
            return _FUNCTIONS[name](*(_value(item, params) for item in items))
    raise ValueError(f"{ast.unparse(part)} is no number of bars")
