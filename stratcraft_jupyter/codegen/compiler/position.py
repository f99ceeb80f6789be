"""Emits the open position as conditions see it: known only now."""

from collections.abc import Mapping

from stratcraft_jupyter.codegen.compiler.context import Emitter, NodeContext
from stratcraft_jupyter.codegen.compiler.layout import Group, chain

_SIZE, _PRICE, _CLOSE = "self.position.size", "self.position.price", "self.data.close[0]"


def _position(node: NodeContext) -> None:
    for port, sign in (("is_open", "!="), ("is_long", ">"), ("is_short", "<")):
        if node.is_used(port):
            node.output(port, now=node.variable(f"{_SIZE} {sign} 0", f"_{port}"))
    if node.is_used("bars"):
        node.parts.needs.add("entry_bar")
        bars = chain("len(self) - self.entry_bar", "if", _SIZE, "else", "0")
        node.output("bars", now=node.variable(bars, "_bars", "bars"))
    if node.is_used("gain") or node.is_used("profit"):
        _gain(node)


def _gain(node: NodeContext) -> None:
    side = node.variable(f"({_SIZE} > 0) - ({_SIZE} < 0)", "_side")
    gain = node.variable(chain(Group(chain(_CLOSE, "-", _PRICE)), "*", side), "_gain", "gain")
    node.output("gain", now=gain)
    if node.is_used("profit"):
        profit = chain(f"100 * {gain} / {_PRICE}", "if", _SIZE, "else", "0")
        node.output("profit", now=node.variable(profit, "_profit", "profit"))


EMITTERS: Mapping[str, Emitter] = {"data.position": _position}
