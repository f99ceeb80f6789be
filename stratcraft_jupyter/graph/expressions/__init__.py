"""Text expressions: reading them, what they mean as nodes, and nodes as text again."""

from stratcraft_jupyter.graph.expressions.expansion import (
    Expansion,
    expand,
    expand_all,
    expansion,
)
from stratcraft_jupyter.graph.expressions.folding import fold
from stratcraft_jupyter.graph.expressions.kinds import EXPRESSION_KINDS, INPUTS, text_of
from stratcraft_jupyter.graph.expressions.parser import parse_expression
from stratcraft_jupyter.graph.expressions.printer import print_expression
from stratcraft_jupyter.graph.expressions.tree import Expression

__all__ = [
    "EXPRESSION_KINDS",
    "INPUTS",
    "Expansion",
    "Expression",
    "expand",
    "expand_all",
    "expansion",
    "fold",
    "parse_expression",
    "print_expression",
    "text_of",
]
