"""What the canvas draws, as plain JSON: the kinds with their ports, and the text in each box."""

from dataclasses import asdict
from functools import cache
from typing import Any

from stratcraft_jupyter.graph import (
    FAMILIES,
    KINDS,
    Node,
    Param,
    StrategyGraph,
    has_effect,
    meaning_of,
    node_title,
    param_value,
)

JSON = dict[str, Any]

_MOST_SHOWN = 3
"""A box has room for so many parameters, whatever their values."""


@cache
def kinds_json() -> JSON:
    """Every kind, as far as the canvas needs it; one object for all, not to be changed."""
    shelves = {family.name: family.title for family in FAMILIES}
    return {
        kind.name: {
            "title": kind.title,
            "family": kind.family,
            "shelf": shelves[kind.family],
            "group": kind.group,
            "aliases": list(kind.aliases),
            "help": kind.help,
            "meaning": meaning_of(kind),
            "inputs": [asdict(port) for port in kind.inputs],
            "outputs": [asdict(port) for port in kind.outputs],
        }
        for kind in KINDS.values()
    }


def captions_json(graph: StrategyGraph) -> JSON:
    """Title and detail of each node, by id."""
    return {
        node.id: {"title": node_title(node), "detail": _detail(graph, node)} for node in graph.nodes
    }


def _detail(graph: StrategyGraph, node: Node) -> str:
    """The parameters in effect first, then the kind's title where a label hides it."""
    kind = KINDS.get(node.kind)
    if kind is None:
        return "unknown kind"
    if not node.enabled:
        return f"disabled · {kind.title}" if node.label else "disabled"
    params = [param for param in kind.params if has_effect(graph, node, param)]
    if len(params) > _MOST_SHOWN:
        # the first says what it is; of the others only what was chosen is news
        params = params[:1] + [p for p in params[1:] if param_value(node, p) != p.default]
    if node.kind == "condition.compare":
        return _compared(graph, node)
    shown = [_value(node, param) for param in params]
    return " · ".join([*shown, kind.title] if node.label else shown)


def _compared(graph: StrategyGraph, node: Node) -> str:
    """Both sides of a comparison: an operator alone tells two boxes not apart."""
    left, right = (_side(graph, node, port) for port in ("left", "right"))
    values = {param.name: param_value(node, param) for param in KINDS[node.kind].params}
    return f"{left or '…'} {values['operator']} {right or format(values['value'], ',.10g')}"


def _side(graph: StrategyGraph, node: Node, port: str) -> str:
    """What a side reads: the price, or the node that gives the value."""
    for edge in graph.edges_into(node.id, port):
        giver = graph.node(edge.source_node)
        kind = KINDS.get(giver.kind)
        output = kind.output(edge.source_port) if kind else None
        if output and giver.kind.startswith("data."):
            return output.title.lower()
        return giver.label or (kind.short if kind else "") or node_title(giver)
    return ""


def _value(node: Node, param: Param) -> str:
    value = param_value(node, param)
    if isinstance(value, bool):
        return f"{param.title.lower()} {'on' if value else 'off'}"
    text = value if isinstance(value, str) else f"{value:,.10g}"
    if param.type == "choice":
        return text
    unit = f" {param.unit}" if param.unit == "%" else ""
    return f"{param.title.lower()} {text}{unit}"
