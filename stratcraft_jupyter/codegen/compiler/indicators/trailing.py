"""Emits levels that trail the price."""

from collections.abc import Mapping

from stratcraft_jupyter.codegen.compiler.context import Emitter
from stratcraft_jupyter.codegen.compiler.recipe import Recipe

_PARAMS = {"period": "period", "multiple": "multiple"}

EMITTERS: Mapping[str, Emitter] = {
    "indicator.chandelier_exit": Recipe(
        "ChandelierExit", ("bars",), _PARAMS, {"long": "long", "short": "short"}
    ),
    "indicator.supertrend": Recipe(
        "SuperTrend", ("bars",), _PARAMS, {"value": "value", "direction": "direction"}
    ),
}
