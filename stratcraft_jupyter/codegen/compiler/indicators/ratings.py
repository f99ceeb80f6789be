"""Emits oscillators with a fixed range."""

from collections.abc import Mapping

from stratcraft_jupyter.codegen.compiler.context import Emitter
from stratcraft_jupyter.codegen.compiler.recipe import Recipe

_SAFE = {"safediv": "True"}

EMITTERS: Mapping[str, Emitter] = {
    "indicator.rsi": Recipe("bt.ind.RSI", fixed=_SAFE),
    "indicator.rsi_sma": Recipe("bt.ind.RSI_SMA", fixed=_SAFE),
    "indicator.rsi_ema": Recipe("bt.ind.RSI_EMA", fixed=_SAFE),
    "indicator.rmi": Recipe(
        "bt.ind.RMI", params={"period": "period", "lookback": "lookback"}, fixed=_SAFE
    ),
    "indicator.laguerre_rsi": Recipe(
        "bt.ind.LaguerreRSI", params={"gamma": "gamma", "period": "period"}, has_once=False
    ),
    "indicator.cmo": Recipe("ChandeMomentumOscillator"),
    "indicator.tsi": Recipe(
        "bt.ind.TSI",
        params={"period1": "slow_period", "period2": "fast_period", "pchange": "change_period"},
    ),
    "indicator.ultimate_oscillator": Recipe(
        "bt.ind.UltimateOscillator",
        ("bars",),
        {"p1": "fast_period", "p2": "middle_period", "p3": "slow_period"},
    ),
    "indicator.dv2": Recipe(
        "bt.ind.DV2", ("bars",), {"period": "period", "maperiod": "average_period"}
    ),
}
