"""Emits indicators of volume."""

from collections.abc import Mapping

from stratcraft_jupyter.codegen.compiler.context import Emitter, NodeContext
from stratcraft_jupyter.codegen.compiler.recipe import Recipe

_BARS = ("bars",)


def _vwap(node: NodeContext) -> None:
    """With the anchor as a word in the call."""
    fixed = {"anchor": f'"{node.value("anchor")}"'}
    Recipe("AnchoredVwap", _BARS, {}, fixed=fixed)(node)


EMITTERS: Mapping[str, Emitter] = {
    "indicator.obv": Recipe("OnBalanceVolume", _BARS, {}),
    "indicator.accumulation_distribution": Recipe("AccumulationDistribution", _BARS, {}),
    "indicator.williams_ad": Recipe("bt.ind.WilliamsAD", _BARS, {}),
    "indicator.cmf": Recipe("ChaikinMoneyFlow", _BARS),
    "indicator.mfi": Recipe("MoneyFlowIndex", _BARS),
    "indicator.ease_of_movement": Recipe(
        "EaseOfMovement", _BARS, {"period": "period", "divisor": "divisor"}
    ),
    "indicator.klinger_oscillator": Recipe(
        "KlingerOscillator",
        _BARS,
        {name: name for name in ("fast_period", "slow_period", "signal_period")},
        {"oscillator": "oscillator", "signal": "signal"},
    ),
    "indicator.pvt": Recipe("PriceVolumeTrend", _BARS, {}),
    "indicator.vwap": _vwap,
    "indicator.rolling_vwap": Recipe("RollingVwap", _BARS),
}
