"""Graphs as large as documents may be: deep, wide, and with more paths than can be followed."""

import itertools

from stratcraft_jupyter.graph import Edge, Node, StrategyGraph


def build(nodes: list[tuple[str, str]], edges: list[tuple[str, str]]) -> StrategyGraph:
    ends = [("enter", "action.enter_long"), ("exit", "action.exit_long")]
    return StrategyGraph(
        nodes=tuple(Node(id=i, kind=k) for i, k in [("bars", "data.bars"), *nodes, *ends]),
        edges=tuple(
            Edge(source=source, target=target)
            for source, target in dict.fromkeys(
                [*edges, ("last.signal", "enter.when"), ("last.signal", "exit.when")]
            )
        ),
    )


def chain() -> StrategyGraph:
    """Not of not of not, 1,990 deep."""
    names = [f"n{number}" for number in range(1_990)]
    nodes = [("c", "condition.compare"), *((name, "logic.not") for name in names)]
    nodes.append(("last", "logic.not"))
    gates = ["c", *names, "last"]
    edges = [("bars.close", "c.left")]
    edges += [(f"{a}.signal", f"{b}.signal") for a, b in itertools.pairwise(gates)]
    return build(nodes, edges)


def fan() -> StrategyGraph:
    """1,000 conditions into one."""
    names = [f"n{number}" for number in range(1_000)]
    nodes = [("last", "logic.and"), *((name, "condition.compare") for name in names)]
    edges = [("bars.close", f"{name}.left") for name in names]
    return build(nodes, edges + [(f"{name}.signal", "last.signals") for name in names])


def mesh(width: int, depth: int) -> StrategyGraph:
    """Layers in which each node reads four of the layer before: 4 ** depth paths."""
    layers = [[f"l{level}_{number}" for number in range(width)] for level in range(depth)]
    nodes = [(name, "condition.compare") for name in layers[0]]
    nodes += [(name, "logic.or") for layer in layers[1:] for name in layer]
    edges = [("bars.close", f"{name}.left") for name in layers[0]]
    for below, layer in itertools.pairwise(layers):
        for at, name in enumerate(layer):
            givers = {below[(at * 7 + step * 13) % width] for step in range(4)}
            edges += [(f"{giver}.signal", f"{name}.signals") for giver in sorted(givers)]
    edges += [(f"{name}.signal", "last.signals") for name in layers[-1]]
    return build([*nodes, ("last", "logic.and")], edges)


LARGE = {"chain": chain(), "fan": fan(), "wide mesh": mesh(200, 9), "deep mesh": mesh(40, 45)}
