"""What sizing says, after "with"."""

from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.describe.reader import Phrase, Phrases, Reader
from stratcraft_jupyter.graph.document import Node


def _size(text: str) -> Phrase:
    def phrase(reader: Reader, node: Node) -> str:
        params = KINDS[node.kind].params
        values = {param.name: reader.number(node, param.name) for param in params}
        inputs = {port.name: reader.input(node, port.name) for port in KINDS[node.kind].inputs}
        return text.format(**values, **inputs)

    return phrase


def _shares(reader: Reader, node: Node) -> str:
    shares = reader.number(node, "shares")
    return "one share" if shares == "1" else f"{shares} shares"


PHRASES = Phrases(
    {
        "sizing.fixed_shares": _shares,
        "sizing.fixed_cash": _size("shares for {cash} in cash"),
        "sizing.percent_of_equity": _size("{percent} % of equity"),
        "sizing.risk": _size(
            "{percent} % of equity at risk to the stop (at most {max_percent} % invested)"
        ),
        "sizing.atr_risk": _size(
            "{percent} % of equity at risk over {multiple} x {distance} "
            "(at most {max_percent} % invested)"
        ),
        "sizing.volatility_target": _size(
            "a volatility of {target} % a year, measured over {period} bars at {bars_per_year} "
            "bars a year (at most {max_percent} % invested)"
        ),
        "sizing.kelly": _size(
            "{fraction} of Kelly's share over the last {trades} trades (at most {max_percent} % "
            "of equity; {start_percent} % until there are so many)"
        ),
        "sizing.confidence": _size("{percent} % of equity times {confidence} (from 0 to 1)"),
    }
)
