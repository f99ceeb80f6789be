"""Which output fits which input, and why another does not."""

from stratcraft_jupyter.errors import UnknownNameError
from stratcraft_jupyter.graph.catalog import KINDS, Port
from stratcraft_jupyter.graph.document import Node, StrategyGraph
from stratcraft_jupyter.graph.structure import node_of, port_of, reaches

_A = {
    "bars": "whole bars",
    "series": "a series",
    "signal": "a signal",
    "size": "a size",
    "order": "an entry's order",
}


def node_title(node: Node) -> str:
    """What the node is called on screen: its label, or the title of its kind."""
    if node.label:
        return node.label
    return KINDS[node.kind].title if node.kind in KINDS else node.kind


def why_not_connect(graph: StrategyGraph, source: str, target: str) -> str | None:
    """Why an edge from ``source`` to ``target`` cannot be; None if it can.

    Args:
        graph: The document.
        source: Output port as ``"node.port"``.
        target: Input port as ``"node.port"``.
    """
    try:
        giver, taker = graph.node(node_of(source)), graph.node(node_of(target))
    except UnknownNameError as error:
        return str(error)
    output, problem = _port(giver, port_of(source), is_output=True)
    if output is None:
        return problem
    wanted, problem = _port(taker, port_of(target), is_output=False)
    if wanted is None:
        return problem
    if misfit := why_not_fit(output, wanted, node_title(taker)):
        return misfit
    if any((edge.source, edge.target) == (source, target) for edge in graph.edges):
        return "These two are connected already."
    connections = [(edge.source, edge.target) for edge in graph.edges]
    if reaches(taker.id, giver.id, connections):
        return "That would make a loop."
    return None


def why_not_fit(output: Port, wanted: Port, taker_title: str) -> str | None:
    """Why the type of an output does not fit an input; None if it does."""
    if output.type == wanted.type:
        return None
    given, taken = _A[output.type], _A[wanted.type]
    verb = "do" if output.type == "bars" else "does"
    return (
        f"{given[0].upper()}{given[1:]} {verb} not fit here: "
        f"{wanted.title} of {taker_title} takes {taken}."
    )


def _port(node: Node, name: str, *, is_output: bool) -> tuple[Port | None, str]:
    kind = KINDS.get(node.kind)
    if kind is None:
        return None, f"{node_title(node)} is of a kind that this version does not know."
    found = kind.output(name) if is_output else kind.input(name)
    if found:
        return found, ""
    other = kind.input(name) if is_output else kind.output(name)
    if other and is_output:
        return None, "Edges begin at an output; this is an input."
    if other:
        return None, "Edges end at an input; this is an output."
    side = "output" if is_output else "input"
    return None, f"{node_title(node)} has no {side} named {name!r}."
