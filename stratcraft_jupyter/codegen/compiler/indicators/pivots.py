"""Emits fractals, zigzag and the parabolic stop."""

from collections.abc import Mapping

from stratcraft_jupyter.codegen.compiler.context import Emitter
from stratcraft_jupyter.codegen.compiler.recipe import Recipe

EMITTERS: Mapping[str, Emitter] = {
    "indicator.fractal": Recipe(
        "Fractal",
        ("bars",),
        {"side": "side"},
        {name: name for name in ("upper", "lower", "new_upper", "new_lower")},
    ),
    "indicator.zigzag": Recipe(
        "Zigzag",
        params={"percent": "percent"},
        lines={name: name for name in ("pivot", "high", "low", "direction")},
        has_once=False,
    ),
    "indicator.parabolic_sar": Recipe(
        "bt.ind.PSAR",
        ("bars",),
        {"period": "period", "af": "acceleration", "afmax": "maximum_acceleration"},
    ),
}
