"""What conditions on series say."""

from stratcraft_jupyter.graph.describe.reader import Phrase, Phrases, Reader, bars
from stratcraft_jupyter.graph.document import Node


def _compare(reader: Reader, node: Node) -> str:
    words = {">": "is above", ">=": "is at or above", "<": "is below", "<=": "is at or below"}
    operator = words.get(str(reader.param(node, "operator")), "is")
    return f"{reader.input(node, 'left')} {operator} {reader.input_or_number(node, 'right')}"


def _between(reader: Reader, node: Node) -> str:
    low = reader.input_or_number(node, "low", "low_value")
    high = reader.input_or_number(node, "high", "high_value")
    return f"{reader.input(node, 'source')} is between {low} and {high}"


def _crosses(words: str) -> Phrase:
    def phrase(reader: Reader, node: Node) -> str:
        right = reader.input_or_number(node, "right")
        return f"{reader.input(node, 'left')} {words} {right}"

    return phrase


def _in_a_row(words: str) -> Phrase:
    def phrase(reader: Reader, node: Node) -> str:
        count = bars(reader.param(node, "bars"))
        return f"{reader.input(node, 'source')} has been {words} for {count}"

    return phrase


def _extreme(word: str) -> Phrase:
    def phrase(reader: Reader, node: Node) -> str:
        count = bars(reader.param(node, "bars"))
        return f"{reader.input(node, 'source')} is at its {word} of {count}"

    return phrase


def _percent_move(reader: Reader, node: Node) -> str:
    words = {"up": "is up", "down": "is down"}
    moved = words.get(str(reader.param(node, "direction")), "has moved")
    count = bars(reader.param(node, "bars"))
    percent = reader.number(node, "percent")
    return f"{reader.input(node, 'source')} {moved} at least {percent} % over {count}"


def _band_break(reader: Reader, node: Node) -> str:
    direction = reader.param(node, "direction")
    return f"{reader.input(node, 'source')} breaks {direction} {reader.input(node, 'band')}"


def _volatility_threshold(reader: Reader, node: Node) -> str:
    count = bars(reader.param(node, "period"))
    percent = reader.number(node, "percent")
    source = reader.input(node, "source")
    return f"the volatility of {source} over {count} is above {percent} %"


def _volume_spike(reader: Reader, node: Node) -> str:
    count = bars(reader.param(node, "period"))
    multiple = reader.number(node, "multiple")
    source = reader.input(node, "source")
    return f"{source} is above {multiple} x its average of the {count} before"


def _divergence(reader: Reader, node: Node) -> str:
    direction = reader.param(node, "direction")
    price, oscillator = reader.input(node, "price"), reader.input(node, "oscillator")
    return f"{price} and {oscillator} show a {direction} divergence"


PHRASES = Phrases(
    {
        "condition.compare": _compare,
        "condition.between": _between,
        "condition.crosses_above": _crosses("crosses above"),
        "condition.crosses_below": _crosses("crosses below"),
        "condition.crosses": _crosses("crosses"),
        "condition.rising": _in_a_row("rising"),
        "condition.falling": _in_a_row("falling"),
        "condition.is_highest": _extreme("highest"),
        "condition.is_lowest": _extreme("lowest"),
        "condition.percent_move": _percent_move,
        "condition.band_break": _band_break,
        "condition.volatility_threshold": _volatility_threshold,
        "condition.volume_spike": _volume_spike,
        "condition.divergence": _divergence,
    }
)
