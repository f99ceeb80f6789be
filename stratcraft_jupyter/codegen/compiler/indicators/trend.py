"""Emits indicators of trend."""

from collections.abc import Mapping

from stratcraft_jupyter.codegen.compiler.context import Emitter
from stratcraft_jupyter.codegen.compiler.recipe import Recipe

_DI = {"plus": "plusDI", "minus": "minusDI"}

EMITTERS: Mapping[str, Emitter] = {
    "indicator.adx": Recipe("bt.ind.ADX", ("bars",)),
    "indicator.adxr": Recipe("bt.ind.ADXR", ("bars",), lines={"value": "adxr"}),
    "indicator.directional_indicator": Recipe("bt.ind.DirectionalIndicator", ("bars",), lines=_DI),
    "indicator.directional_movement": Recipe(
        "bt.ind.DirectionalMovement", ("bars",), lines={"adx": "adx", "adxr": "adxr", **_DI}
    ),
    "indicator.aroon": Recipe(
        "bt.ind.AroonUpDownOscillator",
        ("bars",),
        lines={"up": "aroonup", "down": "aroondown", "oscillator": "aroonosc"},
    ),
    "indicator.vortex": Recipe(
        "bt.ind.Vortex", ("bars",), lines={"plus": "vi_plus", "minus": "vi_minus"}
    ),
}
