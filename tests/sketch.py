"""Strategies written as a few lines of text."""

import json

from stratcraft_jupyter.graph import BacktestSettings, Edge, Node, StrategyGraph

LONG = """
bars: data.bars
up: condition.crosses_above value=100
down: condition.crosses_below value=100
enter: action.enter_long
exit: action.exit_long
bars.close -> up.left
bars.close -> down.left
up.signal -> enter.when
down.signal -> exit.when
"""
"""Long while the close is above 100."""


def sketch(*texts: str, name: str = "Sketch", **settings: object) -> StrategyGraph:
    """The strategy of lines such as ``fast: indicator.sma period=10`` and ``a.x -> b.y``.

    A later line about a node replaces an earlier one; ``label`` and ``note`` may stand among its
    parameters; values are JSON or plain words.
    """
    nodes, edges = {}, []
    for line in filter(None, (line.strip() for text in texts for line in text.splitlines())):
        if "->" in line:
            source, target = (end.strip() for end in line.split("->"))
            edges.append(Edge(source=source, target=target))
        else:
            node_id, _, rest = line.partition(":")
            kind, *pairs = rest.split()
            values = {key: _value(text) for key, _, text in (pair.partition("=") for pair in pairs)}
            about = {key: values.pop(key) for key in ("label", "note") if key in values}
            nodes[node_id] = Node(id=node_id, kind=kind, params=values, **about)
    return StrategyGraph(
        name=name,
        nodes=tuple(nodes.values()),
        edges=tuple(edges),
        backtest=BacktestSettings(**settings),
    )


def _value(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text
