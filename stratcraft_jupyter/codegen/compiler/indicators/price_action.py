"""Emits moves from value to value and Heikin-Ashi."""

from collections.abc import Mapping

from stratcraft_jupyter.codegen.compiler.context import Emitter
from stratcraft_jupyter.codegen.compiler.recipe import Recipe

EMITTERS: Mapping[str, Emitter] = {
    "indicator.percent_change": Recipe("PercentChange"),
    "indicator.up_move": Recipe("bt.ind.UpMove", params={}),
    "indicator.down_move": Recipe("bt.ind.DownMove", params={}),
    "indicator.up_day": Recipe("bt.ind.UpDay"),
    "indicator.down_day": Recipe("bt.ind.DownDay"),
    "indicator.up_day_boolean": Recipe("bt.ind.UpDayBool"),
    "indicator.down_day_boolean": Recipe("bt.ind.DownDayBool"),
    "indicator.heikin_ashi": Recipe(
        "HeikinAshi", ("bars",), {}, {name: name for name in ("open", "high", "low", "close")}
    ),
    "indicator.heikin_ashi_delta": Recipe(
        "HeikinAshiDelta",
        ("bars",),
        {"period": "period", "convert": "convert"},
        {"delta": "delta", "smoothed": "smoothed"},
    ),
}
