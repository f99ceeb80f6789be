"""Structural rules of a strategy graph that need no catalog: ids, endpoints, loops."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

Connection = tuple[str, str]
"""Source and target of an edge, each ``"node.port"``."""

KEPT_IDS = ("frames", "comments")
"""What the layout has beside the places of nodes."""


def node_of(endpoint: str) -> str:
    """The node id of a ``"node.port"`` endpoint."""
    return endpoint.partition(".")[0]


def port_of(endpoint: str) -> str:
    """The port name of a ``"node.port"`` endpoint."""
    return endpoint.partition(".")[2]


def structural_problems(
    node_ids: Sequence[str], connections: Sequence[Connection], placed: Iterable[str]
) -> list[str]:
    """Everything that makes these parts no graph, as sentences; empty if they are one.

    Args:
        node_ids: Ids of all nodes, in document order.
        connections: All edges.
        placed: Node ids that have a position in the layout.
    """
    known = set(node_ids)
    problems = [
        f"two nodes have the id {node_id!r}; give each its own"
        for node_id, count in Counter(node_ids).items()
        if count > 1
    ]
    problems += [f"a node cannot be called {node_id!r}" for node_id in KEPT_IDS if node_id in known]
    for connection, count in Counter(connections).items():
        problems += _edge_problems(connection, count, known)
    problems += [
        f"the layout places {node_id!r}, which is no node; remove that position"
        for node_id in placed
        if node_id not in known
    ]
    if not problems and (loop := find_loop(node_ids, connections)):
        problems.append(f"the edges make a loop: {' -> '.join([*loop, loop[0]])}; remove one edge")
    return problems


def _edge_problems(connection: Connection, count: int, known: set[str]) -> list[str]:
    source, target = connection
    shown = f"{source}->{target}"
    problems = [
        f"the edge {shown} names {node_of(end)!r}, which is no node; remove the edge"
        for end in connection
        if node_of(end) not in known
    ]
    if count > 1:
        problems.append(f"the edge {shown} is there {count} times; keep one")
    return problems


def find_loop(node_ids: Iterable[str], connections: Iterable[Connection]) -> list[str]:
    """The nodes of one loop in the direction of its edges; empty if there is none."""
    successors = successors_of(node_ids, connections)
    done: set[str] = set()
    for start in successors:
        path: list[str] = []
        on_path: set[str] = set()
        stack: list[tuple[str, bool]] = [(start, False)]
        while stack:
            node_id, leaving = stack.pop()
            if leaving:
                path.pop()
                on_path.discard(node_id)
                done.add(node_id)
            elif node_id in on_path:
                return path[path.index(node_id) :]
            elif node_id not in done:
                path.append(node_id)
                on_path.add(node_id)
                stack.append((node_id, True))
                stack.extend((following, False) for following in successors[node_id])
    return []


def successors_of(
    node_ids: Iterable[str], connections: Iterable[Connection]
) -> Mapping[str, list[str]]:
    """For each node, the nodes that its edges lead to, sorted."""
    found: dict[str, set[str]] = {node_id: set() for node_id in sorted(node_ids)}
    for source, target in connections:
        found[node_of(source)].add(node_of(target))
    return {node_id: sorted(targets) for node_id, targets in found.items()}


def reaches(start: str, goal: str, connections: Iterable[Connection]) -> bool:
    """Whether following edges from ``start`` leads to ``goal`` (true if they are the same)."""
    successors: dict[str, list[str]] = {}
    for source, target in connections:
        successors.setdefault(node_of(source), []).append(node_of(target))
    seen, pending = {start}, [start]
    while pending:
        node_id = pending.pop()
        if node_id == goal:
            return True
        fresh = [item for item in successors.get(node_id, ()) if item not in seen]
        seen.update(fresh)
        pending.extend(fresh)
    return False
