"""Emits indicators of volatility."""

from collections.abc import Mapping

from stratcraft_jupyter.codegen.compiler.context import Emitter
from stratcraft_jupyter.codegen.compiler.recipe import Recipe

EMITTERS: Mapping[str, Emitter] = {
    "indicator.atr": Recipe("bt.ind.ATR", ("bars",)),
    "indicator.standard_deviation": Recipe("bt.ind.StdDev"),
    "indicator.bollinger_bands": Recipe(
        "bt.ind.BollingerBands",
        params={"period": "period", "devfactor": "deviations"},
        lines={"upper": "top", "middle": "mid", "lower": "bot"},
    ),
    "indicator.bollinger_percent": Recipe(
        "BollingerPercent",
        params={"period": "period", "devfactor": "deviations"},
        lines={"percent": "percent", "bandwidth": "bandwidth"},
    ),
    "indicator.keltner_channel": Recipe(
        "KeltnerChannel",
        ("bars",),
        {"period": "period", "atr_period": "atr_period", "multiple": "multiple"},
        {"upper": "upper", "middle": "middle", "lower": "lower"},
    ),
    "indicator.chaikin_volatility": Recipe(
        "ChaikinVolatility", ("bars",), {"period": "period", "roc_period": "roc_period"}
    ),
    "indicator.ulcer_index": Recipe("UlcerIndex"),
    "indicator.true_range": Recipe("bt.ind.TrueRange", ("bars",), {}),
    "indicator.true_high": Recipe("bt.ind.TrueHigh", ("bars",), {}),
    "indicator.true_low": Recipe("bt.ind.TrueLow", ("bars",), {}),
}
