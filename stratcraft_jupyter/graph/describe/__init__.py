"""A strategy in plain English: one phrase a node, one sentence an action."""

from collections.abc import Mapping

from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.describe import (
    actions,
    candles,
    conditions,
    data,
    expressions,
    logic,
    math,
    regimes,
    risk,
    times,
)
from stratcraft_jupyter.graph.describe.reader import Phrases, Reader
from stratcraft_jupyter.graph.document import StrategyGraph

__all__ = ["describe", "describe_node", "describe_nodes"]

_FAMILIES = (
    data.PHRASES,
    math.PHRASES,
    conditions.PHRASES,
    expressions.PHRASES,
    times.PHRASES,
    candles.PHRASES,
    logic.PHRASES,
    regimes.PHRASES,
    actions.PHRASES,
    risk.PHRASES,
)

_PHRASES = Phrases(
    {kind: phrase for family in _FAMILIES for kind, phrase in family.nodes.items()},
    {kind: phrase for family in _FAMILIES for kind, phrase in family.outputs.items()},
)


def describe_node(graph: StrategyGraph, node_id: str) -> str:
    """One node as a phrase, such as ``"RSI(14) of close is below 30"``.

    An input that is not connected reads as an ellipsis; the phrase of a node of unknown kind is
    its kind's name.

    Raises:
        UnknownNameError: The node does not exist.
    """
    return Reader(graph, _PHRASES).node(graph.node(node_id))


def describe_nodes(graph: StrategyGraph) -> Mapping[str, str]:
    """Every node as a phrase, by its id; one reading of the graph serves them all."""
    reader = Reader(graph, _PHRASES)
    return {node.id: reader.node(node) for node in graph.nodes}


def describe(graph: StrategyGraph) -> tuple[str, ...]:
    """The whole strategy as sentences: entries, exits, sizes and stops."""
    reader = Reader(graph, _PHRASES)
    actions_first = [node for node in graph.nodes if node.kind.startswith("action.")]
    order = list(KINDS)
    actions_first.sort(key=lambda node: order.index(node.kind))
    sentences = [_sentence(reader.node(node)) for node in actions_first]
    stops = [node for node in graph.nodes if node.kind.startswith("risk.")]
    return (*sentences, *(_sentence(reader.node(node)) for node in stops))


def _sentence(phrase: str) -> str:
    return f"{phrase[:1].upper()}{phrase[1:]}."
