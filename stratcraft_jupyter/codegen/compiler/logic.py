"""Emits conditions made of conditions; what they remember lives in attributes."""

from collections.abc import Mapping

from stratcraft_jupyter.codegen.compiler.context import Emitter, NodeContext
from stratcraft_jupyter.codegen.compiler.layout import Call, chain, joined


def _joined(operator: str) -> Emitter:
    def emit(node: NodeContext) -> None:
        operands = [source.now for source in node.inputs("signals")]
        node.output("signal", now=node.variable(joined(operator, operands)))

    return emit


def _not(node: NodeContext) -> None:
    node.output("signal", now=node.variable(f"not {node.input('signal').now}"))


def _vote(node: NodeContext) -> None:
    signals = tuple(f"bool({source.now})" for source in node.inputs("signals"))
    votes = joined("+", signals)
    operator = ">=" if node.value("how") == "at least" else "=="
    count = node.variable(votes, "_votes")
    node.output("signal", now=node.variable(chain(count, operator, node.param("count"))))


def _sequence(node: NodeContext) -> None:
    # bars that are left for the second to come; 0 or less when the first is too long ago
    left = node.state("0", "_bars_left")
    signal = node.variable(chain(node.input("second").now, "and", f"{left} > 0"))
    node.remember(
        left, chain(node.param("bars"), "if", node.input("first").now, "else", f"{left} - 1")
    )
    node.output("signal", now=signal)


def _lasts(node: NodeContext) -> None:
    count = node.state("0", "_bars")
    node.remember(count, chain(f"{count} + 1", "if", node.input("signal").now, "else", "0"))
    node.output("signal", now=node.variable(chain(count, ">=", node.param("bars"))))


def _becomes_true(node: NodeContext) -> None:
    before, now = node.state("False", "_before"), node.input("signal").now
    signal = node.variable(chain(now, "and", f"not {before}"))
    node.remember(before, Call("bool", (now,)) if "[" in now else now)
    node.output("signal", now=signal)


def _latch(node: NodeContext) -> None:
    state = node.state("False")
    switched_on = chain(node.input("set").now, "or", state)
    reset = node.input("reset").now
    node.remember(state, chain("False", "if", reset, "else", switched_on))
    node.output("signal", now=state)


EMITTERS: Mapping[str, Emitter] = {
    "logic.and": _joined("and"),
    "logic.or": _joined("or"),
    "logic.not": _not,
    "logic.vote": _vote,
    "logic.sequence": _sequence,
    "logic.lasts": _lasts,
    "logic.becomes_true": _becomes_true,
    "logic.latch": _latch,
}
