"""Mutants that ask for more than the strategy does, or act where it does not.

Each is a rule that people add without being asked: another filter, an exit at a profit only.
"""

from collections.abc import Iterator
from functools import partial

from stratcraft_jupyter.graph import (
    Node,
    StrategyGraph,
    add_node,
    connect,
    disconnect,
    get_kind,
    node_title,
    param_value,
    remove_nodes,
)
from stratcraft_jupyter.graph.catalog.base import Value
from stratcraft_jupyter.verify.mutation import Mutation, titled

_CONDITIONS = ("condition.", "regime.")
_MOST = 4
"""Conditions of the rest of the strategy that are tried with an action."""
_NAME = "added"
_RESULTS = ((">", "a profit"), ("<", "a loss"))


def change_actions(graph: StrategyGraph, node: Node) -> Iterator[Mutation]:
    """The action with one more thing to ask, or one more occasion to act."""
    if node.kind == "risk.time_limit":
        for operator, said in _RESULTS:
            words = f"{node_title(node)} counted for positions at {said} only"
            build = partial(_limit_at, graph, node, operator)
            yield Mutation(node.id, "filter added", words, build, is_extra=True)
    if not node.kind.startswith("action.") or len(graph.edges_into(node.id, "when")) != 1:
        return
    yield from _on_one_close(graph, node)
    for signal in _others(graph, node)[:_MOST]:
        source = titled(graph, signal.partition(".")[0])
        words = f"{node_title(node)} asked for {source} too"
        yield _with(graph, node, "logic.and", signal, "filter added", words)
        words = f"{node_title(node)} acted on {source} too"
        yield _with(graph, node, "logic.or", signal, "occasion added", words)
    if node.kind.startswith("action.exit_"):
        for operator, said in _RESULTS:
            words = f"{node_title(node)} ended positions at {said} only"
            build = partial(_exit_at, graph, node, operator)
            yield Mutation(node.id, "filter added", words, build, is_extra=True)


def _on_one_close(graph: StrategyGraph, node: Node) -> Iterator[Mutation]:
    """The action without what it does on the close of another one: an entry after an exit.

    Bars on which these trade otherwise have closes on which both are true.
    """
    action, _, side = node.kind.removeprefix("action.").rpartition("_")
    kinds = {item.kind for item in graph.nodes}
    turned = "short" if side == "long" else "long"
    if action == "enter" and f"action.enter_{turned}" in kinds:
        words = f"{node_title(node)} did not turn a {turned} position"
        build = partial(_not_turning, graph, node, turned)
        yield Mutation(node.id, "filter added", words, build, is_extra=True)
    for entry in graph.nodes if action == "exit" else ():
        is_plain = entry.kind == f"action.enter_{side}" and not graph.edges_into(
            entry.id, "confirm"
        )
        if is_plain and graph.edges_into(entry.id, "when"):
            words = f"{node_title(node)} did not act where {node_title(entry)} is true"
            build = partial(_giving_way, graph, node, entry)
            yield Mutation(node.id, "filter added", words, build, is_extra=True)


def _not_turning(graph: StrategyGraph, node: Node, turned: str) -> StrategyGraph:
    found = add_node(graph, "data.position", node_id="added_position")
    return _unless(found, node, f"added_position.is_{turned}")


def _giving_way(graph: StrategyGraph, node: Node, entry: Node) -> StrategyGraph:
    """The exit behind a gate that is shut while the entry is true."""
    found = add_node(graph, "logic.and", node_id="added_entry")
    for port in ("when", "regime", "filter"):
        for edge in graph.edges_into(entry.id, port):
            found = connect(found, edge.source, "added_entry.signals")
    return _unless(found, node, "added_entry.signal")


def _unless(graph: StrategyGraph, node: Node, signal: str) -> StrategyGraph:
    """The action where a signal is false."""
    found = add_node(graph, "logic.not", node_id="added_result")
    port = get_kind("logic.not").inputs[0].name
    found = connect(found, signal, f"added_result.{port}")
    return _gated(found, node, "logic.and", "added_result.signal")


def _others(graph: StrategyGraph, node: Node) -> list[str]:
    """The conditions that the action does not hang on, those of other actions first."""
    above = _above(graph, node.id)
    found = [
        f"{item.id}.signal"
        for item in graph.nodes
        if item.kind.startswith(_CONDITIONS) and item.id not in above
    ]
    return sorted(found, key=lambda signal: not _is_direct(graph, signal))


def _is_direct(graph: StrategyGraph, signal: str) -> bool:
    targets = (e.target_node for e in graph.edges if e.source == signal)
    return any(graph.node(target).kind.startswith("action.") for target in targets)


def _above(graph: StrategyGraph, node_id: str) -> set[str]:
    """The nodes that a node reads, and those that they read."""
    found: set[str] = set()
    waiting = [node_id]
    while waiting:
        for edge in graph.edges_into(waiting.pop()):
            if edge.source_node not in found:
                found.add(edge.source_node)
                waiting.append(edge.source_node)
    return found


def _with(
    graph: StrategyGraph, node: Node, gate: str, signal: str, kind: str, words: str
) -> Mutation:
    return Mutation(node.id, kind, words, partial(_gated, graph, node, gate, signal), is_extra=True)


def _gated(graph: StrategyGraph, node: Node, gate: str, signal: str) -> StrategyGraph:
    """The action behind a gate of its own signals and another one."""
    found = add_node(graph, gate, node_id=_NAME)
    for edge in graph.edges_into(node.id, "when"):
        found = disconnect(found, edge.source, edge.target)
        found = connect(found, edge.source, f"{_NAME}.signals")
    found = connect(found, signal, f"{_NAME}.signals")
    return connect(found, f"{_NAME}.signal", f"{node.id}.when")


def _result(graph: StrategyGraph, operator: str) -> StrategyGraph:
    """The strategy with a signal ``added_result`` that is true at a profit, or at a loss."""
    found = add_node(graph, "data.position", node_id="added_position")
    params: dict[str, Value] = {"operator": operator, "value": 0}
    found = add_node(found, "condition.compare", node_id="added_result", params=params)
    return connect(found, "added_position.profit", "added_result.left")


def _exit_at(graph: StrategyGraph, node: Node, operator: str) -> StrategyGraph:
    return _gated(_result(graph, operator), node, "logic.and", "added_result.signal")


def _limit_at(graph: StrategyGraph, node: Node, operator: str) -> StrategyGraph:
    """Exits in the place of a time limit, as a limit takes no condition."""
    found = _result(remove_nodes(graph, [node.id]), operator)
    limit = next(param for param in get_kind(node.kind).params if param.name == "limit")
    params: dict[str, Value] = {"operator": ">=", "value": param_value(node, limit)}
    found = add_node(found, "condition.compare", node_id="added_age", params=params)
    found = connect(found, "added_position.bars", "added_age.left")
    found = add_node(found, "logic.and", node_id=_NAME)
    for part in ("result", "age"):
        found = connect(found, f"added_{part}.signal", f"{_NAME}.signals")
    for side in _sides(graph):
        found = add_node(found, f"action.exit_{side}", node_id=f"added_exit_{side}")
        found = connect(found, f"{_NAME}.signal", f"added_exit_{side}.when")
    return found


def _sides(graph: StrategyGraph) -> list[str]:
    kinds = {node.kind for node in graph.nodes}
    both = "action.reverse" in kinds
    return [side for side in ("long", "short") if both or f"action.enter_{side}" in kinds]
