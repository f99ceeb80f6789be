"""What a text expression says: the reading of its nodes if that is short, else its text."""

import re

from stratcraft_jupyter.graph.describe.reader import Phrases, Reader
from stratcraft_jupyter.graph.describe.words import listed, visible
from stratcraft_jupyter.graph.document import Node
from stratcraft_jupyter.graph.expressions import INPUTS, text_of

_MAX_LENGTH = 100


def _expression(reader: Reader, node: Node) -> str:
    inner, expanded = reader.expanded()
    if node.id in expanded.outputs:
        inner.named.clear()
        phrase = inner.output(expanded.graph.node(node.id), expanded.outputs[node.id])
        if len(phrase) <= _MAX_LENGTH and not inner.named:
            return phrase
    return _as_written(reader, node)


def _as_written(reader: Reader, node: Node) -> str:
    """The text, with what its inputs and its bars are."""
    text = visible(text_of(node))
    if not text:
        return "an empty text"
    named = {word.lower() for word in re.findall(r"\w+", text)}
    inputs = [
        f"{name} is {phrase}"
        for name in INPUTS
        if name in named
        for phrase in reader.inputs(node, name)
    ]
    where = f", where {listed(inputs)}" if inputs else ""
    return f"({text}{reader.of_bars(node, 'on')}{where})"


PHRASES = Phrases({"condition.expression": _expression, "math.expression": _expression})
