"""What logic says."""

from stratcraft_jupyter.graph.describe.reader import GAP, Phrase, Phrases, Reader, bars
from stratcraft_jupyter.graph.document import Node

_MAX_PARTS = 12


def _parts(reader: Reader, node: Node) -> list[str]:
    parts = reader.inputs(node, "signals") or [GAP]
    if len(parts) > _MAX_PARTS:
        return [*parts[:_MAX_PARTS], f"{len(parts) - _MAX_PARTS} more"]
    return parts


def _joined(word: str) -> Phrase:
    def phrase(reader: Reader, node: Node) -> str:
        parts = _parts(reader, node)
        return parts[0] if len(parts) == 1 else f"({f' {word} '.join(parts)})"

    return phrase


def _not(reader: Reader, node: Node) -> str:
    return f"not ({reader.input(node, 'signal')})"


def _vote(reader: Reader, node: Node) -> str:
    how, count = reader.param(node, "how"), reader.number(node, "count")
    return f"{how} {count} of ({', '.join(_parts(reader, node))})"


def _sequence(reader: Reader, node: Node) -> str:
    count = bars(reader.param(node, "bars"))
    first, second = reader.input(node, "first"), reader.input(node, "second")
    return f"({first}, then within {count} {second})"


def _lasts(reader: Reader, node: Node) -> str:
    return f"({reader.input(node, 'signal')}) for {bars(reader.param(node, 'bars'))} in a row"


def _becomes_true(reader: Reader, node: Node) -> str:
    return f"({reader.input(node, 'signal')}) becomes true"


def _latch(reader: Reader, node: Node) -> str:
    return f"(since {reader.input(node, 'set')}, until {reader.input(node, 'reset')})"


PHRASES = Phrases(
    {
        "logic.and": _joined("and"),
        "logic.or": _joined("or"),
        "logic.not": _not,
        "logic.vote": _vote,
        "logic.sequence": _sequence,
        "logic.lasts": _lasts,
        "logic.becomes_true": _becomes_true,
        "logic.latch": _latch,
    }
)
