"""What a text expression says: the reading of its nodes if that is short, else its text."""

from stratcraft_jupyter.graph.describe.reader import Phrases, Reader
from stratcraft_jupyter.graph.document import Node
from stratcraft_jupyter.graph.expressions import text_of

_MAX_LENGTH = 100


def _expression(reader: Reader, node: Node) -> str:
    text = " ".join(text_of(node).split())
    inner, expanded = reader.expanded()
    if node.id not in expanded.outputs:
        return text or "an empty text"
    phrase = inner.output(expanded.graph.node(node.id), expanded.outputs[node.id])
    return phrase if len(phrase) <= _MAX_LENGTH else text


PHRASES = Phrases({"condition.expression": _expression, "math.expression": _expression})
