"""What regimes say."""

from stratcraft_jupyter.graph.catalog import KINDS, regimes
from stratcraft_jupyter.graph.describe.reader import Phrases, Reader
from stratcraft_jupyter.graph.document import Node

_WORDS = {
    "regime.high_volatility": "volatile",
    "regime.low_volatility": "quiet",
    "regime.consolidation": "consolidating",
}


def _regime(reader: Reader, node: Node) -> str:
    word = _WORDS.get(node.kind, KINDS[node.kind].title.lower())
    whole = next(iter(reader.inputs(node, "bars")), "bars")
    return f"the market is {word}{'' if whole == 'bars' else f' on {whole}'}"


def _custom(reader: Reader, node: Node) -> str:
    return f"the regime is {reader.param(node, 'name')} ({reader.input(node, 'signal')})"


PHRASES = Phrases({**{kind.name: _regime for kind in regimes.KINDS}, "regime.custom": _custom})
