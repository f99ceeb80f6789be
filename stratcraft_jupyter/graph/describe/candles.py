"""What candlestick patterns say."""

from stratcraft_jupyter.graph.catalog import KINDS, candles
from stratcraft_jupyter.graph.describe.reader import Phrases, Reader
from stratcraft_jupyter.graph.document import Node


def _of(reader: Reader, node: Node) -> str:
    whole = next(iter(reader.inputs(node, "bars")), "bars")
    return "" if whole == "bars" else f" in {whole}"


def _pattern(reader: Reader, node: Node) -> str:
    title = KINDS[node.kind].title.lower()
    article = "an" if title[0] in "aeiou" else "a"
    what = title if title.startswith("three") else f"{article} {title}"
    verb = "are" if title.startswith("three") else "is"
    return f"there {verb} {what}{_of(reader, node)}"


def _group(reader: Reader, node: Node) -> str:
    return f"there is a {reader.param(node, 'group')} candlestick pattern{_of(reader, node)}"


def _marubozu(reader: Reader, node: Node) -> str:
    colour = reader.param(node, "colour")
    which = "" if colour == "either" else f"{colour} "
    return f"there is a {which}marubozu{_of(reader, node)}"


PHRASES = Phrases(
    {
        **{kind.name: _pattern for kind in candles.KINDS},
        "condition.marubozu": _marubozu,
        "condition.candle_pattern": _group,
    }
)
