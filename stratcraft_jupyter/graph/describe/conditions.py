"""What conditions on series say, and their opposites."""

from collections.abc import Callable

from stratcraft_jupyter.graph.describe.reader import Phrase, Phrases, Reader
from stratcraft_jupyter.graph.describe.words import bars
from stratcraft_jupyter.graph.document import Node

_RELATIONS = {">": "above", ">=": "at or above", "<": "below", "<=": "at or below"}


def _compare(is_not: str) -> Phrase:
    def phrase(reader: Reader, node: Node) -> str:
        relation = _RELATIONS.get(reader.number(node, "operator"), "in relation to")
        right = reader.input_or_number(node, "right")
        return f"{reader.input(node, 'left')} {is_not} {relation} {right}"

    return phrase


def _between(is_not: str) -> Phrase:
    def phrase(reader: Reader, node: Node) -> str:
        low = reader.input_or_number(node, "low", "low_value")
        high = reader.input_or_number(node, "high", "high_value")
        return f"{reader.input(node, 'source')} {is_not} between {low} and {high}"

    return phrase


def _crosses(words: str) -> Phrase:
    def phrase(reader: Reader, node: Node) -> str:
        right = reader.input_or_number(node, "right")
        return f"{reader.input(node, 'left')} {words} {right}"

    return phrase


def _in_a_row(words: str) -> Phrase:
    def phrase(reader: Reader, node: Node) -> str:
        count = bars(reader.param(node, "bars"))
        return f"{reader.input(node, 'source')} {words} for {count}"

    return phrase


def _extreme(words: str) -> Phrase:
    def phrase(reader: Reader, node: Node) -> str:
        count = bars(reader.param(node, "bars"))
        return f"{reader.input(node, 'source')} {words} in {count}"

    return phrase


def _percent_move(reader: Reader, node: Node) -> str:
    words = {"up": "is up", "down": "is down"}
    moved = words.get(reader.number(node, "direction"), "has moved")
    count = bars(reader.param(node, "bars"))
    percent = reader.number(node, "percent")
    return f"{reader.input(node, 'source')} {moved} at least {percent} % over {count}"


def _band_break(reader: Reader, node: Node) -> str:
    direction = reader.number(node, "direction")
    return f"{reader.input(node, 'source')} breaks {direction} {reader.input(node, 'band')}"


def _volatility_threshold(is_not: str) -> Phrase:
    def phrase(reader: Reader, node: Node) -> str:
        count = bars(reader.param(node, "period"))
        percent = reader.number(node, "percent")
        source = reader.input(node, "source")
        return f"the volatility of {source} over {count} {is_not} above {percent} %"

    return phrase


def _volume_spike(is_not: str) -> Phrase:
    def phrase(reader: Reader, node: Node) -> str:
        count = bars(reader.param(node, "period"))
        multiple = reader.number(node, "multiple")
        source = reader.input(node, "source")
        return f"{source} {is_not} above {multiple} x its average of the {count} before"

    return phrase


def _divergence(reader: Reader, node: Node) -> str:
    direction = reader.number(node, "direction")
    price, oscillator = reader.input(node, "price"), reader.input(node, "oscillator")
    swing, most = bars(reader.param(node, "swing_bars")), bars(reader.param(node, "max_bars"))
    return (
        f"{price} and {oscillator} show a {direction} divergence (swings confirmed by {swing}, "
        f"at most {most} apart)"
    )


_Family = Callable[[str], Phrase]
_SAID: dict[str, tuple[_Family, str, str]] = {
    "condition.compare": (_compare, "is", "is not"),
    "condition.between": (_between, "is", "is not"),
    "condition.crosses_above": (_crosses, "crosses above", "does not cross above"),
    "condition.crosses_below": (_crosses, "crosses below", "does not cross below"),
    "condition.crosses": (_crosses, "crosses", "does not cross"),
    "condition.rising": (_in_a_row, "has been rising", "has not been rising"),
    "condition.falling": (_in_a_row, "has been falling", "has not been falling"),
    "condition.is_highest": (_extreme, "is at its highest", "is not at its highest"),
    "condition.is_lowest": (_extreme, "is at its lowest", "is not at its lowest"),
    "condition.volatility_threshold": (_volatility_threshold, "is", "is not"),
    "condition.volume_spike": (_volume_spike, "is", "is not"),
}
"""Those with an opposite, in the words of both."""

OPPOSITES = {kind: say(words) for kind, (say, _, words) in _SAID.items()}
"""What a kind says when it is not true."""

PHRASES = Phrases(
    {
        **{kind: say(words) for kind, (say, words, _) in _SAID.items()},
        "condition.percent_move": _percent_move,
        "condition.band_break": _band_break,
        "condition.divergence": _divergence,
    }
)
