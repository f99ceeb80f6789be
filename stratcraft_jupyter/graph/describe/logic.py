"""What logic says."""

from stratcraft_jupyter.graph.describe.conditions import OPPOSITES
from stratcraft_jupyter.graph.describe.reader import GAP, Phrase, Phrases, Reader
from stratcraft_jupyter.graph.describe.words import bars, bars_after
from stratcraft_jupyter.graph.document import Node

_NO_POSITION = {
    "is_open": "no position is open",
    "is_long": "no long position is open",
    "is_short": "no short position is open",
}
_NOT = "it is not true that"
_OPEN_ENDED = ("logic.becomes_true", "logic.lasts")


def _inside(reader: Reader, node: Node, port: str) -> list[str]:
    """What is connected to an input, in brackets where words around it could be misread."""
    found = []
    for source, output in reader.sources(node, port):
        phrase = reader.output(source, output)
        found.append(f"({phrase})" if _reaches_on(source, phrase) else phrase)
    return found


def _reaches_on(source: Node, phrase: str) -> bool:
    """Whether a phrase reaches as far as the sentence does."""
    if source.kind in _OPEN_ENDED:
        return not phrase.startswith(('"', "("))
    return phrase.startswith(_NOT)


def _one_inside(reader: Reader, node: Node, port: str) -> str:
    return next(iter(_inside(reader, node, port)), GAP)


def _parts(reader: Reader, node: Node) -> list[str]:
    parts = _inside(reader, node, "signals") or [GAP]
    if len(parts) > reader.most_parts:
        return [*parts[: reader.most_parts], f"{len(parts) - reader.most_parts} more"]
    return parts


def _joined(word: str) -> Phrase:
    def phrase(reader: Reader, node: Node) -> str:
        parts = _parts(reader, node)
        return parts[0] if len(parts) == 1 else f"({f' {word} '.join(parts)})"

    return phrase


def _not(reader: Reader, node: Node) -> str:
    for source, port in reader.sources(node, "signal"):
        if source.kind == "data.position" and port in _NO_POSITION:
            return _NO_POSITION[port]
        if reader.goes_by_name(source):
            return f"{reader.name(source)} is not true"
        if source.kind in OPPOSITES:
            return OPPOSITES[source.kind](reader, source)
    return f"{_NOT} {_one_inside(reader, node, 'signal')}"


def _vote(reader: Reader, node: Node) -> str:
    how, count = reader.number(node, "how"), reader.number(node, "count")
    verb = "is" if count == "1" else "are"
    return f"({how} {count} of these {verb} true: {'; '.join(_parts(reader, node))})"


def _sequence(reader: Reader, node: Node) -> str:
    after = bars_after(reader.param(node, "bars"))
    first, second = (_one_inside(reader, node, port) for port in ("first", "second"))
    return f"({second}, {after} {first})"


def _lasts(reader: Reader, node: Node) -> str:
    count = reader.param(node, "bars")
    row = "one bar" if count == 1 else f"{bars(count)} in a row"
    return f"{_one_inside(reader, node, 'signal')} for {row}"


def _becomes_true(reader: Reader, node: Node) -> str:
    return f"it becomes true that {_one_inside(reader, node, 'signal')}"


def _latch(reader: Reader, node: Node) -> str:
    on, off = (_one_inside(reader, node, port) for port in ("set", "reset"))
    return f"(a latch is on: set when {on}, reset when {off})"


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
