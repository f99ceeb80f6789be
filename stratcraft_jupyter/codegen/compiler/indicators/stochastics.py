"""Emits where the close lies between the highest and the lowest price."""

from collections.abc import Mapping

from stratcraft_jupyter.codegen.compiler.context import Emitter
from stratcraft_jupyter.codegen.compiler.recipe import Recipe

_SAFE = {"safediv": "True"}
_FAST = {"period": "period", "period_dfast": "fast_period"}
_SLOW = {**_FAST, "period_dslow": "slow_period"}
_LINES = {"k": "percK", "d": "percD"}

EMITTERS: Mapping[str, Emitter] = {
    "indicator.fast_stochastic": Recipe("bt.ind.StochasticFast", ("bars",), _FAST, _LINES, _SAFE),
    "indicator.stochastic": Recipe("bt.ind.Stochastic", ("bars",), _SLOW, _LINES, _SAFE),
    "indicator.full_stochastic": Recipe(
        "bt.ind.StochasticFull", ("bars",), _SLOW, {**_LINES, "slow_d": "percDSlow"}, _SAFE
    ),
    "indicator.williams_r": Recipe("bt.ind.WilliamsR", ("bars",)),
}
