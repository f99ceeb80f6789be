"""Emits conditions on series: expressions in ``next``, or lines where there is a memory."""

from collections.abc import Mapping, Sequence

from stratcraft_jupyter.codegen.compiler.context import Emitter, NodeContext
from stratcraft_jupyter.codegen.compiler.layout import Call, Expression, Group, chain
from stratcraft_jupyter.codegen.compiler.math import right_of


def _compare(node: NodeContext) -> None:
    left, (right,) = node.input("left"), right_of(node)
    expression = chain(left.now, str(node.value("operator")), right.now)
    node.output("signal", now=node.variable(expression))


def _between(node: NodeContext) -> None:
    low, high = (
        node.input(port).now if node.is_connected(port) else node.param(f"{port}_value")
        for port in ("low", "high")
    )
    expression = chain(low, "<=", node.input("source").now, "<=", high)
    node.output("signal", now=node.variable(expression))


def _crosses(function: str) -> Emitter:
    def emit(node: NodeContext) -> None:
        # Backtrader's cross takes its clock from the left side, so that must be a line
        (right,) = right_of(node)
        line = node.attribute(Call(function, (node.line("left"), node.operand(right))))
        node.output("signal", now=f"{line}[0]")

    return emit


def emit_line(node: NodeContext, value: Expression) -> None:
    """Emits a condition as a line of 0 and 1."""
    node.output("signal", now=f"{node.attribute(value)}[0]")


def _in_a_row(operator: str) -> Emitter:
    def emit(node: NodeContext) -> None:
        source = node.line("source")
        before = Call(source, ("-1",)) if _is_name(source) else Call(f"({source})", ("-1",))
        steps = node.on_bars(chain(source, operator, before))
        emit_line(node, Call("bt.ind.AllN", (steps, ("period", node.param("bars")))))

    return emit


def _is_name(text: str) -> bool:
    return text.replace(".", "_").isidentifier()


def _extreme(operator: str, function: str) -> Emitter:
    def emit(node: NodeContext) -> None:
        source = node.line("source")
        extreme = Call(function, (source, ("period", node.param("bars"))))
        emit_line(node, chain(source, operator, extreme))

    return emit


def _percent_move(node: NodeContext) -> None:
    source = node.line("source")
    before = Call(source if _is_name(source) else f"({source})", (f"-{node.param('bars')}",))
    change = chain(Group(chain(source, "-", before)), "*", "100")
    size = Call("abs", (before,))
    moved = f"{node.attribute(Call('bt.DivByZero', (change, size)), '_percent')}[0]"
    percent = node.param("percent")
    tests: Mapping[str, Sequence[Expression]] = {
        "up": (moved, ">=", percent),
        "down": (moved, "<=", f"-{percent}"),
        "either": (Call("abs", (moved,)), ">=", percent),
    }
    expression = chain(*tests[str(node.value("direction"))])
    node.output("signal", now=node.variable(expression))


def _band_break(node: NodeContext) -> None:
    above = node.value("direction") == "above"
    outer, inner = ("source", "band") if above else ("band", "source")
    outside = chain(node.line(outer), "-", node.operand(node.input(inner)))
    beyond = node.attribute(outside, "_beyond")
    emit_line(
        node,
        Call("bt.And", (chain(beyond, ">", "0"), chain(Call(beyond, ("-1",)), "<=", "0"))),
    )


def _volatility_threshold(node: NodeContext) -> None:
    source = node.line("source")
    before = Call(source if _is_name(source) else f"({source})", ("-1",))
    change = Call("bt.DivByZero", (chain(source, "-", before), before))
    returns = node.attribute(node.on_bars(change), "_returns")
    scatter = Call("bt.ind.StdDev", (returns, ("period", node.param("period"))))
    line = node.attribute(scatter)
    expression = chain(f"{line}[0]", ">", f"{node.param('percent')} / 100")
    node.output("signal", now=node.variable(expression, "_is_high"))


def _volume_spike(node: NodeContext) -> None:
    source = node.line("source")
    average = node.attribute(
        Call("bt.ind.SMA", (source, ("period", node.param("period")))), "_average"
    )
    usual = node.attribute(f"{average}(-1)", "_usual")
    now = node.input("source").now
    expression = chain(now, ">", f"{node.param('multiple')} * {usual}[0]")
    node.output("signal", now=node.variable(expression))


def _divergence(node: NodeContext) -> None:
    kind = "BullishDivergence" if node.value("direction") == "bullish" else "BearishDivergence"
    arguments = (
        node.bare_line("price"),
        node.bare_line("oscillator"),
        ("swing_bars", node.param("swing_bars")),
        ("max_bars", node.param("max_bars")),
    )
    emit_line(node, Call(node.use_class(kind), arguments))


EMITTERS: Mapping[str, Emitter] = {
    "condition.compare": _compare,
    "condition.between": _between,
    "condition.crosses_above": _crosses("bt.ind.CrossUp"),
    "condition.crosses_below": _crosses("bt.ind.CrossDown"),
    "condition.crosses": _crosses("bt.ind.CrossOver"),
    "condition.rising": _in_a_row(">"),
    "condition.falling": _in_a_row("<"),
    "condition.is_highest": _extreme(">=", "bt.ind.Highest"),
    "condition.is_lowest": _extreme("<=", "bt.ind.Lowest"),
    "condition.percent_move": _percent_move,
    "condition.band_break": _band_break,
    "condition.volatility_threshold": _volatility_threshold,
    "condition.volume_spike": _volume_spike,
    "condition.divergence": _divergence,
}
