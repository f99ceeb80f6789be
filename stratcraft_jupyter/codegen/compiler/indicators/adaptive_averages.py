"""Emits moving averages that adapt to how the series moves."""

from collections.abc import Mapping

from stratcraft_jupyter.codegen.compiler.context import Emitter
from stratcraft_jupyter.codegen.compiler.recipe import Recipe

_FAST_AND_SLOW = {"period": "period", "fast": "fast_period", "slow": "slow_period"}

AVERAGES: Mapping[str, Recipe] = {
    "indicator.kama": Recipe("KaufmanAverage", params=_FAST_AND_SLOW, has_once=False),
    "indicator.vidya": Recipe(
        "DynamicAverage",
        params={"period": "period", "momentum_period": "momentum_period"},
        has_once=False,
    ),
    "indicator.frama": Recipe("FractalAverage", ("bars",), params=_FAST_AND_SLOW),
    "indicator.zero_lag": Recipe(
        "bt.ind.ZLInd",
        params={"period": "period", "gainlimit": "gain_limit"},
        has_once=False,
        starts_early=True,
    ),
    "indicator.dickson_average": Recipe(
        "bt.ind.DMA",
        params={"period": "period", "gainlimit": "gain_limit", "hperiod": "hull_period"},
        has_once=False,
        starts_early=True,
    ),
    "indicator.laguerre_filter": Recipe(
        "bt.ind.LaguerreFilter", params={"gamma": "gamma"}, has_once=False
    ),
}


EMITTERS: Mapping[str, Emitter] = {
    **AVERAGES,
    "indicator.dynamic_smoothing": Recipe("DynamicSmoothing", ("source", "alpha"), has_once=False),
}
