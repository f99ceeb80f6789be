"""What candlestick patterns say."""

from stratcraft_jupyter.graph.catalog import KINDS, candles
from stratcraft_jupyter.graph.describe.reader import Phrases, Reader
from stratcraft_jupyter.graph.describe.words import bars
from stratcraft_jupyter.graph.document import Node

_SMALL = "body at most {body} of the range"
_LARGE = "body at least {body} of the range"
_LOWER = "lower shadow at least {shadow} x the body, upper one at most {other_shadow} of the range"
_UPPER = "upper shadow at least {shadow} x the body, lower one at most {other_shadow} of the range"
_STAR = (
    "body of the first bar at least {body} of its range, body of the second at most {star} x that"
)
_LARGE_FIRST = "body of the first bar at least {body} of its range"
_LARGE_ALL = "each body at least {body} of its range"

_SHAPES = {
    "condition.doji": (_SMALL,),
    "condition.hammer": (_SMALL, _LOWER, "after a decline over {trend_bars}"),
    "condition.inverted_hammer": (_SMALL, _UPPER, "after a decline over {trend_bars}"),
    "condition.shooting_star": (_SMALL, _UPPER, "after an advance over {trend_bars}"),
    "condition.bullish_harami": (_LARGE_FIRST,),
    "condition.bearish_harami": (_LARGE_FIRST,),
    "condition.morning_star": (_STAR,),
    "condition.evening_star": (_STAR,),
    "condition.three_white_soldiers": (_LARGE_ALL,),
    "condition.three_black_crows": (_LARGE_ALL,),
    "condition.marubozu": (_LARGE,),
}
"""What the parameters of each pattern mean."""


def _shape(reader: Reader, node: Node) -> str:
    values = {param.name: reader.number(node, param.name) for param in KINDS[node.kind].params}
    if "trend_bars" in values:
        values["trend_bars"] = bars(reader.param(node, "trend_bars"))
    said = [text.format(**values) for text in _SHAPES.get(node.kind, ())]
    return f" ({', '.join(said)})" if said else ""


def _pattern(reader: Reader, node: Node) -> str:
    title = KINDS[node.kind].title.lower()
    if title.endswith("engulfing"):
        title += " pattern"
    article = "an" if title[0] in "aeiou" else "a"
    what = title if title.startswith("three") else f"{article} {title}"
    verb = "are" if title.startswith("three") else "is"
    return f"there {verb} {what}{reader.of_bars(node, 'on')}{_shape(reader, node)}"


def _group(reader: Reader, node: Node) -> str:
    group = reader.number(node, "group")
    return f"there is a {group} candlestick pattern{reader.of_bars(node, 'on')}"


def _marubozu(reader: Reader, node: Node) -> str:
    colour = reader.number(node, "colour")
    which = "" if colour == "either" else f"{colour} "
    return f"there is a {which}marubozu{reader.of_bars(node, 'on')}{_shape(reader, node)}"


PHRASES = Phrases(
    {
        **{kind.name: _pattern for kind in candles.KINDS},
        "condition.marubozu": _marubozu,
        "condition.candle_pattern": _group,
    }
)
