"""What changed between two strategies, in words. No widgets."""

from stratcraft_jupyter.graph import (
    KINDS,
    Node,
    StrategyGraph,
    active_part,
    node_title,
    param_value,
)
from stratcraft_jupyter.graph.difference import value_in_words
from stratcraft_jupyter.graph.document import Edge

_MOST = 4


def changes_in_words(old: StrategyGraph, new: StrategyGraph) -> str:
    """What makes code of the old strategy differ from that of the new one; empty if nothing."""
    told = _changes(old, new)
    more = f"; and {len(told) - _MOST} more" if len(told) > _MOST else ""
    return "; ".join(told[:_MOST]) + more


def _changes(old: StrategyGraph, new: StrategyGraph) -> list[str]:
    there, here = {node.id for node in old.nodes}, {node.id for node in new.nodes}
    old, new = active_part(old), active_part(new)
    before = {node.id: node for node in old.nodes}
    after = {node.id: node for node in new.nodes}
    told = [
        *(
            f"{node_title(n)} was {'enabled' if key in there else 'added'}"
            for key, n in after.items()
            if key not in before
        ),
        *(
            f"{node_title(n)} was {'disabled' if key in here else 'deleted'}"
            for key, n in before.items()
            if key not in after
        ),
    ]
    for key in [key for key in after if key in before]:
        told += _of_node(before[key], after[key])
    gone = before.keys() ^ after.keys()
    told += [f"{_path(edge, new)} was connected" for edge in new.edges if _is_news(edge, old, gone)]
    told += [f"{_path(edge, old)} was cut" for edge in old.edges if _is_news(edge, new, gone)]
    sizes = old.backtest.sizing_percent, new.backtest.sizing_percent
    if sizes[0] != sizes[1]:
        told.append(f"default size {sizes[0]:g} → {sizes[1]:g} %")
    return told


def _is_news(edge: Edge, other: StrategyGraph, gone: set[str]) -> bool:
    """Whether an edge is not in the other strategy, for another reason than a node."""
    ends = {str(end).partition(".")[0] for end in (edge.source, edge.target)}
    return edge not in other.edges and not ends & gone


def _of_node(before: Node, after: Node) -> list[str]:
    if before.kind != after.kind:
        return [f"{node_title(before)} became {node_title(after)}"]
    if before.kind not in KINDS:
        return [] if before.params == after.params else [f"{node_title(after)} was changed"]
    told = []
    for param in KINDS[after.kind].params:
        values = param_value(before, param), param_value(after, param)
        if values[0] != values[1]:
            shown = " → ".join(value_in_words(value) for value in values)
            told.append(f"{node_title(after)}: {param.title.lower()} {shown}")
    return told


def _path(edge: Edge, graph: StrategyGraph) -> str:
    titles = {node.id: node_title(node) for node in graph.nodes}
    ends = [str(end).partition(".")[0] for end in (edge.source, edge.target)]
    return " → ".join(titles.get(end, end) for end in ends)
