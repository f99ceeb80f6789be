"""Emits extremes of the recent past."""

from collections.abc import Mapping

from stratcraft_jupyter.codegen.compiler.context import Emitter
from stratcraft_jupyter.codegen.compiler.recipe import Recipe

EMITTERS: Mapping[str, Emitter] = {
    "indicator.highest": Recipe("bt.ind.Highest"),
    "indicator.lowest": Recipe("bt.ind.Lowest"),
    "indicator.first_index_of_highest": Recipe("bt.ind.FindFirstIndexHighest"),
    "indicator.first_index_of_lowest": Recipe("bt.ind.FindFirstIndexLowest"),
    "indicator.last_index_of_highest": Recipe("bt.ind.FindLastIndexHighest"),
    "indicator.last_index_of_lowest": Recipe("bt.ind.FindLastIndexLowest"),
    "indicator.donchian_channels": Recipe(
        "DonchianChannels",
        ("bars",),
        lines={"upper": "upper", "middle": "middle", "lower": "lower"},
    ),
}
