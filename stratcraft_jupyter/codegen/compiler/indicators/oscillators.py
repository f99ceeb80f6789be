"""Emits oscillators without a fixed range."""

from collections.abc import Mapping
from dataclasses import replace

from stratcraft_jupyter.codegen.compiler.context import Emitter, NodeContext
from stratcraft_jupyter.codegen.compiler.recipe import Recipe

_MACD_PARAMS = {
    "period_me1": "fast_period",
    "period_me2": "slow_period",
    "period_signal": "signal_period",
}


def _macd(node: NodeContext) -> None:
    """With the histogram only where it is read."""
    lines = {"macd": "macd", "signal": "signal"}
    if node.is_used("histogram"):
        Recipe("bt.ind.MACDHisto", params=_MACD_PARAMS, lines={**lines, "histogram": "histo"})(node)
    else:
        Recipe("bt.ind.MACD", params=_MACD_PARAMS, lines=lines)(node)


_PPO = Recipe(
    "bt.ind.PPO",
    params={"period1": "fast_period", "period2": "slow_period", "period_signal": "signal_period"},
    lines={"ppo": "ppo", "signal": "signal", "histogram": "histo"},
)

EMITTERS: Mapping[str, Emitter] = {
    "indicator.macd": _macd,
    "indicator.apo": Recipe(
        "bt.ind.APO", params={"period1": "fast_period", "period2": "slow_period"}
    ),
    "indicator.ppo": _PPO,
    "indicator.ppo_short": replace(_PPO, function="bt.ind.PPOShort"),
    "indicator.awesome_oscillator": Recipe(
        "bt.ind.AwesomeOscillator", ("bars",), {"fast": "fast_period", "slow": "slow_period"}
    ),
    "indicator.cci": Recipe("bt.ind.CCI", ("bars",), {"period": "period", "factor": "factor"}),
    "indicator.dpo": Recipe("bt.ind.DPO"),
    "indicator.pretty_good_oscillator": Recipe("bt.ind.PrettyGoodOscillator", ("bars",)),
    "indicator.fisher_transform": Recipe(
        "FisherTransform", ("bars",), lines={"fisher": "fisher", "trigger": "trigger"}
    ),
}
