"""Two series against each other, and which values are not zero, as numbers."""

from stratcraft_jupyter.graph.catalog.base import (
    Kind,
    Port,
    period_param,
    source_input,
    value_output,
)

_TWO = (
    Port("left", "series", "Left", "the series that is compared"),
    Port("right", "series", "Right", "the series it is compared with"),
)

KINDS: tuple[Kind, ...] = (
    Kind(
        "indicator.crossover",
        "Crossover",
        "1 when left crosses above right, -1 when it crosses below",
        "1 on a bar on which left is above right, if it was below on the last bar before on which "
        "the two differed; -1 the other way round; else 0.",
        _TWO,
        value_output(minimum=-1, maximum=1),
        aliases=("crossover detection", "CrossOver", "cross", "crossing"),
        formula="1 if left > right and the last non-zero left - right < 0; -1 reversed; else 0",
        reference="backtrader CrossOver",
        lookback="1",
    ),
    Kind(
        "indicator.non_zero_difference",
        "Non-zero difference",
        "left minus right, the last one that was not 0",
        "Left minus right; where that is 0, the last difference that was not. 0 while all have "
        "been 0.",
        _TWO,
        value_output(),
        aliases=("NonZeroDifference", "NZD", "difference", "spread"),
        formula="left - right, or the value before if that is 0",
        reference="backtrader NonZeroDifference",
    ),
    Kind(
        "indicator.all_non_zero",
        "All non-zero",
        "1 if none of the last n values is 0",
        "1 if all of the last `period` values, the present one included, are other than 0; else 0.",
        source_input(),
        value_output(minimum=0, maximum=1),
        (period_param(14),),
        aliases=("all non-zero in period", "AllN", "all true"),
        formula="1 if x[i] != 0 for all i = t-n+1..t, else 0",
        reference="backtrader AllN",
        lookback="period - 1",
    ),
    Kind(
        "indicator.any_non_zero",
        "Any non-zero",
        "1 if one of the last n values is not 0",
        "1 if any of the last `period` values, the present one included, is other than 0; else 0.",
        source_input(),
        value_output(minimum=0, maximum=1),
        (period_param(14),),
        aliases=("any non-zero in period", "AnyN", "any true"),
        formula="1 if x[i] != 0 for an i = t-n+1..t, else 0",
        reference="backtrader AnyN",
        lookback="period - 1",
    ),
)
