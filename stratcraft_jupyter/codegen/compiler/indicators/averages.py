"""Emits moving averages that weigh the past in a fixed way."""

from collections.abc import Mapping

from stratcraft_jupyter.codegen.compiler.recipe import Recipe

EMITTERS: Mapping[str, Recipe] = {
    "indicator.sma": Recipe("bt.ind.SMA"),
    "indicator.ema": Recipe("bt.ind.EMA"),
    "indicator.wma": Recipe("bt.ind.WMA"),
    "indicator.smma": Recipe("bt.ind.SMMA"),
    "indicator.dema": Recipe("bt.ind.DEMA"),
    "indicator.tema": Recipe("bt.ind.TEMA"),
    "indicator.hma": Recipe("bt.ind.HMA"),
    "indicator.zlema": Recipe("bt.ind.ZLEMA"),
    "indicator.t3": Recipe("TillsonT3", params={"period": "period", "factor": "factor"}),
    "indicator.exponential_smoothing": Recipe(
        "bt.ind.ExponentialSmoothing", params={"period": "period", "alpha": "alpha"}
    ),
    "indicator.weighted_average": Recipe(
        "WeightedMean", params={"period": "period", "coefficient": "coefficient"}
    ),
}
