"""Extremes of the recent past: highest, lowest and price channels."""

from stratcraft_jupyter.graph.catalog.base import (
    Kind,
    Port,
    bars_input,
    period_param,
    source_input,
    value_output,
)

KINDS = (
    Kind(
        "indicator.highest",
        "Highest value",
        "largest of the last n values",
        "Largest of the last `period` values, the present one included.",
        source_input(),
        value_output(),
        (period_param(14),),
        aliases=("max", "maximum", "highest high", "rolling maximum"),
        formula="max(x[t-n+1..t])",
        reference="backtrader Highest",
    ),
    Kind(
        "indicator.lowest",
        "Lowest value",
        "smallest of the last n values",
        "Smallest of the last `period` values, the present one included.",
        source_input(),
        value_output(),
        (period_param(14),),
        aliases=("min", "minimum", "lowest low", "rolling minimum"),
        formula="min(x[t-n+1..t])",
        reference="backtrader Lowest",
    ),
    Kind(
        "indicator.donchian_channels",
        "Donchian channels",
        "highest high and lowest low of n bars",
        "`upper` is the highest high and `lower` the lowest low of the last `period` bars, the "
        "present one included; `middle` is their mean. For a breakout, compare with the channel "
        "of the bar before (Earlier value).",
        bars_input(),
        (
            Port("upper", "series", "Upper", "highest high"),
            Port("middle", "series", "Middle", "mean of upper and lower"),
            Port("lower", "series", "Lower", "lowest low"),
        ),
        (period_param(20),),
        aliases=("breakout", "turtle", "price channel", "DC"),
        formula="upper = max(high, n); lower = min(low, n); middle = (upper + lower) / 2",
        reference="Richard Donchian, 1960s",
    ),
)
