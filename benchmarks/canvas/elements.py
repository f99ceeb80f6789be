"""Strategies of any size, two edges a node; and the same as elements of plain ipycytoscape."""

import math

from stratcraft_jupyter.graph import Edge, Node, Position, StrategyGraph

_COLUMN, _ROW = 220.0, 130.0
_READERS = ("math.add", "math.multiply", "math.minimum", "math.maximum")


def strategy(count: int) -> StrategyGraph:
    """So many nodes in columns, each reading nodes of the columns before; twice as many edges."""
    rows = round(math.sqrt(count / 2))
    nodes, edges, layout = [], [], {}
    for at in range(count):
        column, row = divmod(at, rows)
        kind = _READERS[at % len(_READERS)] if column else "math.constant"
        nodes.append(Node(id=f"n{at}", kind=kind))
        layout[f"n{at}"] = Position(x=column * _COLUMN, y=row * _ROW)
        if column:
            givers = [(column - 1) * rows + (row + step) % rows for step in (0, 1)]
            # those of the first column read nothing: their edges go to the next ones
            givers += [(row + 2) % rows, (row + 3) % rows] if column == 1 else []
            ports = ["left"] + ["right"] * (len(givers) - 1)
            edges += [
                Edge(source=f"n{giver}.value", target=f"n{at}.{port}")
                for giver, port in zip(givers, ports, strict=True)
            ]
    return StrategyGraph(nodes=tuple(nodes), edges=tuple(edges), layout=layout)


def ours(count: int) -> object:
    """The canvas of the strategy, as the builder makes it."""
    from stratcraft_jupyter.widgets.canvas import StrategyCanvas
    from stratcraft_jupyter.widgets.drawing import captions_json, kinds_json

    graph = strategy(count)
    return StrategyCanvas(
        document=graph.model_dump(mode="json"), kinds=kinds_json(), captions=captions_json(graph)
    )


def plain(count: int) -> object:
    """The same nodes and edges as plain ipycytoscape shows them, at the same places."""
    from stratcraft_jupyter.widgets.canvas import PlainPicture

    widget = PlainPicture(strategy(count)).widget
    widget.layout.height = "440px"
    return widget


WAYS = {"ours": ours, "ipycytoscape": plain}
