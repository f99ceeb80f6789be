"""Extremes of the recent past: highest, lowest and price channels."""

from stratcraft_jupyter.graph.catalog.base import (
    Kind,
    Port,
    bars_input,
    period_param,
    source_input,
    value_output,
)


def _extreme(
    *, never_below: tuple[str, ...] = (), never_above: tuple[str, ...] = ()
) -> tuple[Port, ...]:
    return (
        Port(
            "value",
            "series",
            "Value",
            within_input=True,
            never_below=never_below,
            never_above=never_above,
        ),
    )


KINDS = (
    Kind(
        "indicator.highest",
        "Highest value",
        "largest of the last n values",
        "Largest of the last `period` values, the present one included.",
        source_input(),
        _extreme(never_below=("source",)),
        (period_param(14),),
        aliases=("max", "maximum", "highest high", "rolling maximum"),
        formula="max(x[t-n+1..t])",
        reference="backtrader Highest",
        lookback="period - 1",
    ),
    Kind(
        "indicator.lowest",
        "Lowest value",
        "smallest of the last n values",
        "Smallest of the last `period` values, the present one included.",
        source_input(),
        _extreme(never_above=("source",)),
        (period_param(14),),
        aliases=("min", "minimum", "lowest low", "rolling minimum"),
        formula="min(x[t-n+1..t])",
        reference="backtrader Lowest",
        lookback="period - 1",
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
            Port("upper", "series", "Upper", "highest high", minimum=0, never_below=("bars.high",)),
            Port("middle", "series", "Middle", "mean of upper and lower", minimum=0),
            Port("lower", "series", "Lower", "lowest low", minimum=0, never_above=("bars.low",)),
        ),
        (period_param(20),),
        aliases=(
            "Donchian/breakout channels",
            "breakout",
            "turtle",
            "channel",
            "20-day high",
            "20-day low",
            "price channel",
            "previous-bar channel",
            "DC",
        ),
        formula="upper = max(high, n); lower = min(low, n); middle = (upper + lower) / 2",
        reference="Richard Donchian, 1960s",
        lookback="period - 1",
    ),
    Kind(
        "indicator.first_index_of_highest",
        "First index of highest value",
        "bars since the largest of the last n values",
        "How many bars ago the largest of the last `period` values was, the latest if several are "
        "equal: 0 if the present value is the largest, at most period - 1.",
        source_input(),
        value_output("Bars ago", minimum=0),
        (period_param(14),),
        aliases=("FindFirstIndexHighest", "bars since high", "argmax", "MAXINDEX"),
        formula="smallest i with x[t-i] = max(x[t-n+1..t])",
        reference="backtrader FindFirstIndexHighest",
        lookback="period - 1",
    ),
    Kind(
        "indicator.first_index_of_lowest",
        "First index of lowest value",
        "bars since the smallest of the last n values",
        "How many bars ago the smallest of the last `period` values was, the latest if several "
        "are equal: 0 if the present value is the smallest, at most period - 1.",
        source_input(),
        value_output("Bars ago", minimum=0),
        (period_param(14),),
        aliases=("FindFirstIndexLowest", "bars since low", "argmin", "MININDEX"),
        formula="smallest i with x[t-i] = min(x[t-n+1..t])",
        reference="backtrader FindFirstIndexLowest",
        lookback="period - 1",
    ),
    Kind(
        "indicator.last_index_of_highest",
        "Last index of highest value",
        "bars since the earliest largest of the last n values",
        "How many bars ago the largest of the last `period` values was, the earliest if several "
        "are equal: 0 only if the present value alone is the largest, at most period - 1.",
        source_input(),
        value_output("Bars ago", minimum=0),
        (period_param(14),),
        aliases=("FindLastIndexHighest", "bars since high", "argmax"),
        formula="largest i < n with x[t-i] = max(x[t-n+1..t])",
        reference="backtrader FindLastIndexHighest",
        lookback="period - 1",
    ),
    Kind(
        "indicator.last_index_of_lowest",
        "Last index of lowest value",
        "bars since the earliest smallest of the last n values",
        "How many bars ago the smallest of the last `period` values was, the earliest if several "
        "are equal: 0 only if the present value alone is the smallest, at most period - 1.",
        source_input(),
        value_output("Bars ago", minimum=0),
        (period_param(14),),
        aliases=("FindLastIndexLowest", "bars since low", "argmin"),
        formula="largest i < n with x[t-i] = min(x[t-n+1..t])",
        reference="backtrader FindLastIndexLowest",
        lookback="period - 1",
    ),
)
