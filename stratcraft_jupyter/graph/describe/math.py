"""What arithmetic says."""

from stratcraft_jupyter.graph.describe.reader import Phrase, Phrases, Reader
from stratcraft_jupyter.graph.describe.words import bars
from stratcraft_jupyter.graph.document import Node


def _constant(reader: Reader, node: Node) -> str:
    return reader.number(node, "value")


def _shift(reader: Reader, node: Node) -> str:
    return f"{reader.input(node, 'source')} {bars(reader.param(node, 'bars'))} ago"


def operands(reader: Reader, node: Node) -> list[str]:
    """Left, and everything on the right of it."""
    right = reader.inputs(node, "right") or [reader.input_or_number(node, "right")]
    return [reader.input(node, "left"), *right]


def _operation(sign: str) -> Phrase:
    return lambda reader, node: f"({f' {sign} '.join(operands(reader, node))})"


def _divide(reader: Reader, node: Node) -> str:
    quotient = " / ".join(operands(reader, node))
    other = reader.number(node, "when_zero")
    return f"({quotient})" if other == "0" else f"({quotient}, or {other} for a division by 0)"


def _listed(what: str) -> Phrase:
    return lambda reader, node: f"the {what} of ({', '.join(operands(reader, node))})"


def _absolute(reader: Reader, node: Node) -> str:
    return f"the absolute value of {reader.input(node, 'source')}"


def _change(reader: Reader, node: Node) -> str:
    count = bars(reader.param(node, "bars"))
    return f"the change of {reader.input(node, 'source')} over {count}"


PHRASES = Phrases(
    {
        "math.constant": _constant,
        "math.shift": _shift,
        "math.add": _operation("+"),
        "math.subtract": _operation("-"),
        "math.multiply": _operation("x"),
        "math.divide": _divide,
        "math.absolute": _absolute,
        "math.minimum": _listed("smaller"),
        "math.maximum": _listed("larger"),
        "math.change": _change,
    }
)
