"""Emits statistics of the last values."""

from collections.abc import Mapping

from stratcraft_jupyter.codegen.compiler.context import Emitter
from stratcraft_jupyter.codegen.compiler.recipe import Recipe

_TWO = ("left", "right")

EMITTERS: Mapping[str, Emitter] = {
    "indicator.cumulative_sum": Recipe("bt.ind.CumSum", params={"seed": "seed"}),
    "indicator.rolling_sum": Recipe("bt.ind.SumN"),
    "indicator.mean_deviation": Recipe("bt.ind.MeanDev"),
    "indicator.percent_rank": Recipe("bt.ind.PctRank"),
    "indicator.correlation": Recipe("Correlation", _TWO),
    "indicator.r_squared": Recipe("RSquared"),
    "indicator.ols_regression": Recipe(
        "OlsRegression", _TWO, lines={"slope": "slope", "intercept": "intercept"}
    ),
    "indicator.hurst_exponent": Recipe(
        "HurstExponent",
        params={"period": "period", "lag_start": "lag_start", "lag_end": "lag_end"},
    ),
}
