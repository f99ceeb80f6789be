"""Emitters of conditions and logic: true or false, decided in ``next``."""

from collections.abc import Mapping

from stratcraft_jupyter.codegen.compiler.context import Emitter, NodeContext, Output
from stratcraft_jupyter.codegen.compiler.layout import Call, chain, joined


def _right(node: NodeContext) -> Output:
    """The right side of a comparison: what is connected, or the parameter."""
    if node.is_connected("right"):
        return node.input("right")
    value = node.param("value")
    return Output(value, value)


def _compare(node: NodeContext) -> None:
    left, right = node.input("left"), _right(node)
    expression = chain(left.now, str(node.value("operator")), right.now)
    node.output("signal", now=node.signal(expression))


def _crosses(function: str) -> Emitter:
    def emit(node: NodeContext) -> None:
        # Backtrader's cross takes its clock from the left side, so that must be a line
        left, right = node.input("left").as_line(), _right(node).line
        line = node.attribute(Call(function, (left, right)))
        node.output("signal", now=f"{line}[0]")

    return emit


def _joined(operator: str) -> Emitter:
    def emit(node: NodeContext) -> None:
        operands = [source.now for source in node.inputs("signals")]
        node.output("signal", now=node.signal(joined(operator, operands)))

    return emit


def _not(node: NodeContext) -> None:
    node.output("signal", now=node.signal(f"not {node.input('signal').now}"))


EMITTERS: Mapping[str, Emitter] = {
    "condition.compare": _compare,
    "condition.crosses_above": _crosses("bt.ind.CrossUp"),
    "condition.crosses_below": _crosses("bt.ind.CrossDown"),
    "logic.and": _joined("and"),
    "logic.or": _joined("or"),
    "logic.not": _not,
}
