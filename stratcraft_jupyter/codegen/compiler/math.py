"""Emits arithmetic on series: lines where there is a history, values in ``next`` where not."""

from collections.abc import Callable, Mapping, Sequence

from stratcraft_jupyter.codegen.compiler.context import Emitter, NodeContext
from stratcraft_jupyter.codegen.compiler.layout import Call, Expression, chain, joined
from stratcraft_jupyter.codegen.compiler.parts import Output

Formula = Callable[[Sequence[str]], Expression]


def emit_arithmetic(
    node: NodeContext, operands: Sequence[Output], line: Formula, now: Formula
) -> None:
    """Emits a formula of the values of one bar.

    Args:
        node: The node, whose first output it becomes.
        operands: What it is made of.
        line: The formula over lines; numbers among them stay numbers.
        now: The formula over values of the present bar.
    """
    (port, *_) = node.kind.outputs
    if not all(operand.line for operand in operands):
        node.output(port.name, now=node.variable(now([item.now for item in operands])))
    elif all(operand.is_number for operand in operands):
        number = node.attribute(now([item.now for item in operands]))
        node.output(port.name, line=number, now=number)
    else:
        lines = [node.operand(operand) for operand in operands]
        node.output(port.name, line=node.attribute(node.on_bars(line(lines))))


def right_of(node: NodeContext) -> list[Output]:
    """The right side: what is connected, or the parameter."""
    if node.is_connected("right"):
        return node.inputs("right")
    value = node.param("value")
    return [Output(value, value)]


def _constant(node: NodeContext) -> None:
    value = node.param("value")
    node.output("value", line=value, now=value)


def _shift(node: NodeContext) -> None:
    source = node.input("source")
    if source.is_number:  # it was the same before
        node.output("value", line=source.line, now=source.now)
        return
    before = Call(source.line, (f"-{node.param('bars')}",))
    node.output("value", line=node.attribute(node.on_bars(before)))


def _operation(operator: str) -> Emitter:
    def formula(operands: Sequence[str]) -> Expression:
        return joined(operator, operands)

    def emit(node: NodeContext) -> None:
        emit_arithmetic(node, [node.input("left"), *right_of(node)], formula, formula)

    return emit


def _divide(node: NodeContext) -> None:
    left, (right,) = node.input("left"), right_of(node)
    if right.is_number:  # which is not 0: the strategy would be refused

        def ratio(operands: Sequence[str]) -> Expression:
            return joined("/", operands)

        emit_arithmetic(node, [left, right], ratio, ratio)
        return
    when_zero = node.param("when_zero")

    def line(operands: Sequence[str]) -> Expression:
        # DivByZero takes its clock from its first argument, so that must be a line
        top = left.as_line(node.clock) if left.is_number else operands[0]
        return Call("bt.DivByZero", (top, operands[1], ("zero", when_zero)))

    def now(operands: Sequence[str]) -> Expression:
        top, bottom = operands
        return chain(f"{top} / {bottom}", "if", bottom, "else", when_zero)

    emit_arithmetic(node, [left, right], line, now)


def _absolute(node: NodeContext) -> None:
    def formula(operands: Sequence[str]) -> Expression:
        return Call("abs", tuple(operands))

    emit_arithmetic(node, node.inputs("source"), formula, formula)


def _extreme(line_class: str, function: str) -> Emitter:
    def emit(node: NodeContext) -> None:
        operands = [node.input("left"), *right_of(node)]
        operands.sort(key=lambda operand: operand.is_number)  # bt.Max needs a line first
        emit_arithmetic(
            node,
            operands,
            lambda lines: Call(line_class, tuple(lines)),
            lambda values: Call(function, tuple(values)),
        )

    return emit


def _change(node: NodeContext) -> None:
    source = node.input("source")
    if source.is_number:
        node.output("value", line="0.0", now="0.0")
        return
    before = Call(source.line, (f"-{node.param('bars')}",))
    node.output("value", line=node.attribute(node.on_bars(chain(source.line, "-", before))))


def _z_score(node: NodeContext) -> None:
    source, period = node.bare_line("source"), node.param("period")
    call = Call(node.use_class("ZScore"), (source, ("period", period)))
    node.output("value", line=node.attribute(call))


EMITTERS: Mapping[str, Emitter] = {
    "math.constant": _constant,
    "math.shift": _shift,
    "math.add": _operation("+"),
    "math.subtract": _operation("-"),
    "math.multiply": _operation("*"),
    "math.divide": _divide,
    "math.absolute": _absolute,
    "math.minimum": _extreme("bt.Min", "min"),
    "math.maximum": _extreme("bt.Max", "max"),
    "math.change": _change,
    "math.z_score": _z_score,
}
