"""Emits crossings and tests for zero, as numbers."""

from collections.abc import Mapping

from stratcraft_jupyter.codegen.compiler.context import Emitter
from stratcraft_jupyter.codegen.compiler.recipe import Recipe

_TWO = ("left", "right")

EMITTERS: Mapping[str, Emitter] = {
    "indicator.crossover": Recipe("bt.ind.CrossOver", _TWO, {}),
    "indicator.non_zero_difference": Recipe("bt.ind.NonZeroDifference", _TWO, {}),
    "indicator.all_non_zero": Recipe("bt.ind.AllN"),
    "indicator.any_non_zero": Recipe("bt.ind.AnyN"),
}
