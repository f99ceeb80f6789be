"""What regimes say."""

from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.describe.reader import Phrase, Phrases, Reader
from stratcraft_jupyter.graph.describe.words import bare, quoted
from stratcraft_jupyter.graph.document import Node

_ATR_RANK = "ATR({period}) / close ranks {percent} % or {side} among its last {history} values"
_TREND = "ADX({period}) above {adx}, {winner} above {loser}"


def _regime(word: str, meaning: str, **words: str) -> Phrase:
    def phrase(reader: Reader, node: Node) -> str:
        values = {param.name: reader.number(node, param.name) for param in KINDS[node.kind].params}
        how = meaning.format(**values, **words)
        return f"the market is {word}{reader.of_bars(node, 'on')} ({how})"

    return phrase


def _custom(reader: Reader, node: Node) -> str:
    name = quoted(str(reader.param(node, "name")))
    return f"the regime is {name} ({bare(reader.input(node, 'signal'))})"


PHRASES = Phrases(
    {
        "regime.trending_up": _regime("trending up", _TREND, winner="+DI", loser="-DI"),
        "regime.trending_down": _regime("trending down", _TREND, winner="-DI", loser="+DI"),
        "regime.ranging": _regime("ranging", "ADX({period}) below {adx}"),
        "regime.high_volatility": _regime("volatile", _ATR_RANK, side="above"),
        "regime.low_volatility": _regime("quiet", _ATR_RANK, side="below"),
        "regime.consolidation": _regime(
            "consolidating",
            "standard deviation / mean of close over {period} bars ranks {percent} % or below "
            "among its last {history} values",
        ),
        "regime.custom": _custom,
    }
)
