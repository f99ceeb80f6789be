"""What each kind of node says, from the files of the families."""

from stratcraft_jupyter.graph.describe import (
    actions,
    candles,
    conditions,
    data,
    expressions,
    limits,
    logic,
    math,
    protection,
    regimes,
    sizing,
    times,
)
from stratcraft_jupyter.graph.describe.reader import Phrases

_FAMILIES = (
    data.PHRASES,
    math.PHRASES,
    conditions.PHRASES,
    expressions.PHRASES,
    times.PHRASES,
    candles.PHRASES,
    logic.PHRASES,
    regimes.PHRASES,
    actions.PHRASES,
    sizing.PHRASES,
    protection.PHRASES,
    limits.PHRASES,
)

PHRASES = Phrases(
    {kind: phrase for family in _FAMILIES for kind, phrase in family.nodes.items()},
    {kind: phrase for family in _FAMILIES for kind, phrase in family.outputs.items()},
)
