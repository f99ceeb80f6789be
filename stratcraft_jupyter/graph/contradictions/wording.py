"""How findings name nodes and values, and say what is always so of them."""

from collections.abc import Mapping, Sequence

from stratcraft_jupyter.graph.catalog import KINDS
from stratcraft_jupyter.graph.connecting import node_title
from stratcraft_jupyter.graph.contradictions.order import Relation
from stratcraft_jupyter.graph.contradictions.sameness import Identities
from stratcraft_jupyter.graph.document import StrategyGraph


def named(graph: StrategyGraph, node_id: str) -> str:
    """What a node is called on screen, with its id."""
    return f"{node_title(graph.node(node_id))} ({node_id})"


def listed(graph: StrategyGraph, signals: Sequence[str]) -> str:
    """Several signals by the names of their nodes, each once."""
    names = [output_named(graph, signal) for signal in dict.fromkeys(signals)]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def output_named(graph: StrategyGraph, endpoint: str) -> str:
    """An output by the name of its node, and by its own where the node has several."""
    node_id, _, port_name = endpoint.partition(".")
    kind = KINDS[graph.node(node_id).kind]
    port = kind.output(port_name)
    if port is None or len(kind.outputs) == 1:
        return named(graph, node_id)
    return f"{port.title} of {named(graph, node_id)}"


def reason_of(
    relation: Relation, graph: StrategyGraph, same: Identities, labels: Mapping[int, str]
) -> str:
    """What is always so, in words; empty for what needs none."""
    is_number = [end in same.constants for end in (relation.lower, relation.upper)]
    if all(is_number):
        return ""
    lower, upper = (_said(end, graph, same, labels) for end in (relation.lower, relation.upper))
    return f"{upper} is never below {lower}" if is_number[0] else f"{lower} is never above {upper}"


def _said(number: int, graph: StrategyGraph, same: Identities, labels: Mapping[int, str]) -> str:
    if number in same.constants:
        return f"{same.constants[number]:,.6g}"
    if number in labels:
        return labels[number]
    return output_named(graph, same.shown[number]) if number in same.shown else "the value"
