"""Emits candlestick patterns: each is a small indicator class."""

from collections.abc import Mapping

from stratcraft_jupyter.codegen.compiler.conditions import emit_line
from stratcraft_jupyter.codegen.compiler.context import Emitter, NodeContext
from stratcraft_jupyter.codegen.compiler.layout import Call, Expression

_BULLISH = ("Hammer", "InvertedHammer", "BullishEngulfing", "BullishHarami", "MorningStar")
_BEARISH = ("ShootingStar", "BearishEngulfing", "BearishHarami", "EveningStar")
_GROUPS = {
    "bullish": (*_BULLISH, "ThreeWhiteSoldiers"),
    "bearish": (*_BEARISH, "ThreeBlackCrows"),
    "reversal": (*_BULLISH, *_BEARISH),
}


def _pattern(name: str) -> Emitter:
    def emit(node: NodeContext) -> None:
        arguments: tuple[Expression | tuple[str, Expression], ...] = (
            node.line("bars"),
            *((param.name, node.param(param.name)) for param in node.kind.params),
        )
        emit_line(node, Call(node.use_class(name), arguments))

    return emit


def _group(node: NodeContext) -> None:
    bars = node.line("bars")
    patterns = (Call(node.use_class(name), (bars,)) for name in _GROUPS[str(node.value("group"))])
    emit_line(node, Call("bt.Or", tuple(patterns)))


EMITTERS: Mapping[str, Emitter] = {
    "condition.doji": _pattern("Doji"),
    "condition.hammer": _pattern("Hammer"),
    "condition.inverted_hammer": _pattern("InvertedHammer"),
    "condition.shooting_star": _pattern("ShootingStar"),
    "condition.bullish_engulfing": _pattern("BullishEngulfing"),
    "condition.bearish_engulfing": _pattern("BearishEngulfing"),
    "condition.bullish_harami": _pattern("BullishHarami"),
    "condition.bearish_harami": _pattern("BearishHarami"),
    "condition.morning_star": _pattern("MorningStar"),
    "condition.evening_star": _pattern("EveningStar"),
    "condition.three_white_soldiers": _pattern("ThreeWhiteSoldiers"),
    "condition.three_black_crows": _pattern("ThreeBlackCrows"),
    "condition.marubozu": _pattern("Marubozu"),
    "condition.candle_pattern": _group,
}
