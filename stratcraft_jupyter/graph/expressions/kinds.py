"""What is particular to the kinds that hold a text expression."""

from collections.abc import Mapping

from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.document import Node
from stratcraft_jupyter.graph.params import param_value

EXPRESSION_KINDS: Mapping[str, str] = {
    "condition.expression": "signal",
    "math.expression": "value",
}
"""The kinds of node that hold an expression, each with its only output."""

PRICES = ("open", "high", "low", "close", "volume")
"""Names for the outputs of the connected bars."""

INPUTS = ("a", "b", "c", "d")
"""Names for the other inputs."""


def text_of(node: Node) -> str:
    """The text of an expression node."""
    param = KINDS[node.kind].param("text")
    return str(param_value(node, param)) if param else ""
