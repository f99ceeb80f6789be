"""Random strategies: every kind of the catalog, connected as the rules allow."""

import random

from repairing import repaired

from semantics.comparing_bars import is_intraday
from semantics.random_signals import SignalDraw
from semantics.random_trading import TradingDraw
from semantics.random_triggers import TriggerDraw
from stratcraft_jupyter import StrategyGraph
from stratcraft_jupyter.graph import KINDS

_SERIES = [name for name in KINDS if name.startswith(("indicator.", "math."))]
_CONDITIONS = [name for name in KINDS if name.startswith(("condition.", "regime."))]
_OFTEN = ("condition.compare", "condition.crosses_above", "condition.crosses_below")
_LOGIC = [name for name in KINDS if name.startswith("logic.")]
FEEDS_EVERY = 5
"""One strategy in so many reads other bars than its own."""


_ATTEMPTS = 20


def random_strategy(seed: int) -> StrategyGraph:
    """A valid strategy, the same for the same seed; it may read the symbol ``MSFT`` too.

    Raises:
        AssertionError: Whatever is drawn cannot be made valid.
    """
    for attempt in range(_ATTEMPTS):
        drawn = _drawn(random.Random(seed + attempt * 1_000_000_007), seed)
        try:
            return repaired(drawn)
        except AssertionError:
            if attempt == _ATTEMPTS - 1:
                raise
    raise AssertionError("no attempt was made")


def _drawn(rng: random.Random, seed: int) -> StrategyGraph:
    coarser = rng.choice(["15m", "30m", "1h"]) if is_intraday(seed) else "1w"
    drawn = SignalDraw(rng, feeds=seed % FEEDS_EVERY == 0, coarser=coarser)
    for _ in range(rng.randint(2, 4)):
        drawn.add(_SERIES)
    for _ in range(rng.randint(2, 4)):
        drawn.add(_OFTEN if rng.random() < 0.4 else _CONDITIONS)
    for _ in range(rng.randint(0, 3)):
        drawn.add(_LOGIC)
    TradingDraw(rng, drawn, TriggerDraw(rng, drawn)).draw()
    edges = tuple(dict.fromkeys(drawn.edges))
    return StrategyGraph(name="Random", nodes=tuple(drawn.nodes), edges=edges)
