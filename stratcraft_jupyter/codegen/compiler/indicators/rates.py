"""Emits rates of change, and what is built from them."""

from collections.abc import Mapping

from stratcraft_jupyter.codegen.compiler.context import Emitter
from stratcraft_jupyter.codegen.compiler.recipe import Recipe

EMITTERS: Mapping[str, Emitter] = {
    "indicator.roc": Recipe("bt.ind.ROC"),
    "indicator.roc_percent": Recipe("bt.ind.ROC100"),
    "indicator.momentum_oscillator": Recipe("bt.ind.MomentumOscillator"),
    "indicator.coppock_curve": Recipe(
        "CoppockCurve",
        params={
            "fast_period": "fast_period",
            "slow_period": "slow_period",
            "average_period": "average_period",
        },
    ),
    "indicator.trix": Recipe(
        "bt.ind.TrixSignal",
        params={"period": "period", "_rocperiod": "change_period", "sigperiod": "signal_period"},
        lines={"value": "trix", "signal": "signal"},
    ),
    "indicator.kst": Recipe(
        "bt.ind.KST",
        params={
            **{f"rp{number}": f"roc_period_{number}" for number in range(1, 5)},
            **{f"rma{number}": f"average_period_{number}" for number in range(1, 5)},
            "rsignal": "signal_period",
        },
        lines={"kst": "kst", "signal": "signal"},
    ),
}
