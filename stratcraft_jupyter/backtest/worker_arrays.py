"""Whole-array versions of Backtrader's slowest ``once`` methods. Imported in the worker only.

Each gives the very same numbers, bit for bit, or leaves the work to the original: when a value is
not finite where that matters, when a divisor is 0, when an index would leave the array.
"""

import math
import operator
from array import array
from collections.abc import Callable
from itertools import repeat
from typing import Any

import numpy as np
from backtrader import functions, linebuffer
from backtrader.indicators import basicops, crossover
from backtrader.lineseries import LineSeries

from stratcraft_jupyter.backtest.worker_sums import window_extremes, window_sums

# Below this many values the arrays cost more than they save.
_WORTH_IT = 64
_EXACT_INTEGER = 2**53

_OPERATIONS: dict[Any, Any] = {
    operator.__add__: np.add,
    operator.__sub__: np.subtract,
    operator.__mul__: np.multiply,
    operator.__truediv__: np.divide,
    operator.__lt__: np.less,
    operator.__gt__: np.greater,
    operator.__le__: np.less_equal,
    operator.__ge__: np.greater_equal,
    operator.__eq__: np.equal,
    operator.__ne__: np.not_equal,
}

_Fast = Callable[[Any, int, int], bool]


def install() -> None:
    """Put the fast versions into Backtrader's classes, in this process only."""
    _replace(linebuffer.LinesOperation, "once", _operate)
    _replace(linebuffer._LineDelay, "once", _delay)
    _replace(functions.MultiLogic, "once", _combine)
    _replace(basicops.Average, "once", _average)
    _replace(basicops.OperationN, "once", _roll)
    _replace(crossover.NonZeroDifference, "once", _difference)
    linebuffer.LineBuffer.forward = _forward
    linebuffer.LineBuffer.__getitem__ = _line_value
    LineSeries.__getitem__ = _series_value


def _replace(cls: Any, name: str, fast: _Fast) -> None:
    original = cls.__dict__[name]

    def once(self: Any, start: int, end: int) -> None:
        if end - start < _WORTH_IT or start < 0 or not fast(self, start, end):
            original(self, start, end)

    setattr(cls, name, once)


def _forward(self: Any, value: float = math.nan, size: int = 1) -> None:
    """As the original, which appends one value at a time."""
    self.idx += size
    self.lencount += size
    self.array.extend(repeat(value, size))


def _line_value(self: Any, ago: int) -> Any:
    """As the original, without the property in between."""
    return self.array[self._idx + ago]


def _series_value(self: Any, key: int) -> Any:
    """As the original, without the call in between."""
    return self.lines.lines[0][key]


def _values(source: Any, start: int, end: int) -> Any:
    """The values of a line from ``start`` to ``end``, None if they cannot be had as an array."""
    if not isinstance(source, array) or start < 0 or len(source) < end:
        return None
    return np.frombuffer(source, dtype=np.float64)[start:end]


def _operand(source: Any, start: int, end: int) -> Any:
    """Values of a line, or a plain number; None if it is neither."""
    if isinstance(source, linebuffer.LineBuffer):
        return _values(source.array, start, end)
    if isinstance(source, linebuffer.PseudoArray):
        source = source.wrapped
    if type(source) is float or (type(source) is int and abs(source) <= _EXACT_INTEGER):
        return float(source)
    return None


def _operate(self: Any, start: int, end: int) -> bool:
    operation = _OPERATIONS.get(self.operation)
    if operation is None or self.btime:
        return False
    left, right = _operand(self.a, start, end), _operand(self.b, start, end)
    target = _values(self.array, start, end)
    if left is None or right is None or target is None:
        return False
    if operation is np.divide and np.any(right == 0):
        return False  # Python raises there
    with np.errstate(all="ignore"):
        target[:] = operation(left, right)
    return True


def _delay(self: Any, start: int, end: int) -> bool:
    source = _values(self.a.array, start + self.ago, end + self.ago)
    target = _values(self.array, start, end)
    if source is None or target is None:
        return False
    target[:] = source
    return True


def _combine(self: Any, start: int, end: int) -> bool:
    """And, Or, Max, Min of two or more lines or numbers."""
    kind = type(self)
    if kind not in (functions.And, functions.Or, functions.Max, functions.Min):
        return False
    operands = [_operand(argument, start, end) for argument in self.args]
    target = _values(self.array, start, end)
    if len(operands) < 2 or target is None or any(operand is None for operand in operands):
        return False
    if kind in (functions.Max, functions.Min):
        if any(np.isnan(operand).any() for operand in operands):
            return False  # Python's answer depends on the order
        better: Any = np.maximum if kind is functions.Max else np.minimum
    else:
        operands = [np.not_equal(operand, 0.0) for operand in operands]
        better = np.logical_and if kind is functions.And else np.logical_or
    result = operands[0]
    for operand in operands[1:]:
        result = better(result, operand)
    target[:] = result
    return True


def _average(self: Any, start: int, end: int) -> bool:
    return _fill(self, window_sums, start, end, divide=True)


def _roll(self: Any, start: int, end: int) -> bool:
    """Highest, Lowest and SumN."""
    if self.func is math.fsum:
        return _fill(self, window_sums, start, end)
    if self.func is max or self.func is min:
        better = np.maximum if self.func is max else np.minimum
        return _fill(
            self, lambda values, period: window_extremes(values, period, better), start, end
        )
    return False


def _fill(
    self: Any,
    compute: Callable[[Any, int], Any],
    start: int,
    end: int,
    *,
    divide: bool = False,
) -> bool:
    period = self.p.period
    if type(period) is not int or period < 1:
        return False
    values = _values(self.data.array, start - period + 1, end)
    target = _values(self.line.array, start, end)
    if values is None or target is None:
        return False
    result = compute(values, period)
    if result is None:
        return False
    target[:] = result / period if divide else result
    return True


def _difference(self: Any, start: int, end: int) -> bool:
    left, right = _values(self.data0.array, start, end), _values(self.data1.array, start, end)
    target = _values(self.line.array, start - 1, end)
    if left is None or right is None or target is None:
        return False
    target[1:] = left - right
    # where the difference is 0, the last one that was not
    known = np.where(target != 0, np.arange(len(target)), 0)
    target[:] = target[np.maximum.accumulate(known)]
    return True
