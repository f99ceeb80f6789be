"""Emits regimes: well-known indicators against a threshold."""

from collections.abc import Mapping

from stratcraft_jupyter.codegen.compiler.context import Emitter, NodeContext
from stratcraft_jupyter.codegen.compiler.layout import Call, Expression, chain, joined


def _trending(operator: str) -> Emitter:
    def emit(node: NodeContext) -> None:
        arguments = (node.line("bars"), ("period", node.param("period")))
        index = node.attribute(Call(node.use_class("DirectionalIndex"), arguments), "_index")
        tests = (
            f"{index}.adx[0] > {node.param('adx')}",
            f"{index}.plus[0] {operator} {index}.minus[0]",
        )
        node.output("signal", now=node.variable(joined("and", tests)))

    return emit


def _ranging(node: NodeContext) -> None:
    arguments = (node.line("bars"), ("period", node.param("period")))
    index = node.attribute(Call(node.use_class("DirectionalIndex"), arguments), "_index")
    node.output("signal", now=node.variable(chain(f"{index}.adx[0]", "<", node.param("adx"))))


def _ranked(node: NodeContext, value: Expression, operator: str) -> None:
    """True where the rank of a line among its last values is beyond a percentage."""
    line = node.attribute(node.on_bars(value), "_width")
    rank = Call("bt.ind.PercentRank", (line, ("period", node.param("history"))))
    name = node.attribute(rank, "_rank")
    expression = chain(f"{name}[0] * 100", operator, node.param("percent"))
    node.output("signal", now=node.variable(expression))


def _volatility(operator: str) -> Emitter:
    def emit(node: NodeContext) -> None:
        bars = node.line("bars")
        atr = Call("bt.ind.ATR", (bars, ("period", node.param("period"))))
        _ranked(node, chain(atr, "/", f"{bars}.close"), operator)

    return emit


def _consolidation(node: NodeContext) -> None:
    bars, period = node.line("bars"), node.param("period")
    deviation, mean = (
        node.attribute(Call(f"bt.ind.{name}", (f"{bars}.close", ("period", period))), suffix)
        for name, suffix in (("StdDev", "_deviation"), ("SMA", "_mean"))
    )
    _ranked(node, chain(deviation, "/", mean), "<=")


def _custom(node: NodeContext) -> None:
    node.output("signal", now=node.variable(node.input("signal").now))


EMITTERS: Mapping[str, Emitter] = {
    "regime.trending_up": _trending(">"),
    "regime.trending_down": _trending("<"),
    "regime.ranging": _ranging,
    "regime.high_volatility": _volatility(">="),
    "regime.low_volatility": _volatility("<="),
    "regime.consolidation": _consolidation,
    "regime.custom": _custom,
}
