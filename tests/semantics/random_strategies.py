"""Random strategies: every kind of the catalog, connected as the rules allow."""

import random

from repairing import repaired

from semantics.random_signals import SignalDraw
from semantics.random_trading import Params, TradingDraw
from stratcraft_jupyter import StrategyGraph
from stratcraft_jupyter.graph import KINDS, Edge, Node

_SERIES = [name for name in KINDS if name.startswith(("indicator.", "math."))]
_CONDITIONS = [name for name in KINDS if name.startswith(("condition.", "regime."))]
_OFTEN = ("condition.compare", "condition.crosses_above", "condition.crosses_below")
_LOGIC = [name for name in KINDS if name.startswith("logic.")]
FEEDS_EVERY = 6
"""One strategy in so many reads other bars than its own."""


class _Trader:
    """Adds what trades to what was drawn."""

    def __init__(self, drawn: SignalDraw) -> None:
        self.drawn = drawn
        self.nodes, self.edges = list(drawn.nodes), list(drawn.edges)

    def add(self, kind: str, **params: object) -> str:
        name = f"{kind.partition('.')[2]}_{len(self.nodes)}"
        known = {param.name for param in KINDS[kind].params}
        kept: Params = {key: value for key, value in params.items() if key in known}  # type: ignore[misc]
        self.nodes.append(Node(id=name, kind=kind, params=kept))
        return name

    def connect(self, source: str, target: str) -> None:
        self.edges.append(Edge(source=source, target=target))


def random_strategy(seed: int) -> StrategyGraph:
    """A valid strategy, the same for the same seed; it may read the symbol ``MSFT`` too."""
    rng = random.Random(seed)
    drawn = SignalDraw(rng, feeds=seed % FEEDS_EVERY == 0)
    for _ in range(rng.randint(2, 5)):
        drawn.add(_SERIES)
    for _ in range(rng.randint(2, 5)):
        drawn.add(_OFTEN if rng.random() < 0.4 else _CONDITIONS)
    for _ in range(rng.randint(0, 4)):
        drawn.add(_LOGIC)
    trader = _Trader(drawn)
    TradingDraw(
        rng,
        trader.add,
        trader.connect,
        lambda: rng.choice(drawn.signals),
        lambda: rng.choice(drawn.series),
    ).draw()
    return repaired(
        StrategyGraph(
            name="Random", nodes=tuple(trader.nodes), edges=tuple(dict.fromkeys(trader.edges))
        )
    )
