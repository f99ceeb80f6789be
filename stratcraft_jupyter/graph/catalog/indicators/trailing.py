"""Levels that trail the price."""

from stratcraft_jupyter.graph.catalog.base import (
    Kind,
    Param,
    Port,
    bars_input,
    period_param,
)

_MULTIPLE = Param(
    "multiple", "Multiple", "float", 3.0, 0.01, 100, help="distance in average true ranges"
)

KINDS = (
    Kind(
        "indicator.chandelier_exit",
        "Chandelier exit",
        "level a few average true ranges below the highest high, or above the lowest low",
        "`long` is the highest high of the last `period` bars, the present one included, minus "
        "`multiple` times the average true range (Wilder's) over `period`; `short` is the lowest "
        "low plus as much. Neither is held: both can also move back.",
        bars_input(),
        (
            Port("long", "series", "Long exit", "level below which a long position is left"),
            Port("short", "series", "Short exit", "level above which a short position is left"),
        ),
        (period_param(22), _MULTIPLE),
        aliases=("ATR trailing stop", "ATR-based trailing stop", "CE", "LeBeau"),
        formula="long = max(high, n) - k * ATR(n); short = min(low, n) + k * ATR(n)",
        reference="Chuck LeBeau, in Alexander Elder, Come into My Trading Room, 2002",
        lookback="period",
    ),
    Kind(
        "indicator.supertrend",
        "SuperTrend",
        "trailing level that changes sides when the close crosses it",
        "With m = (high + low) / 2 and the average true range (Wilder's) over `period`: the upper "
        "band is m + multiple * ATR and comes down only, the lower band is m - multiple * ATR and "
        "goes up only; each starts anew after a close beyond it. A rising trend ends with a "
        "close below the lower band, a falling one with a close above the upper band, both as "
        "they are on that bar. `value` is the lower band while the trend rises, else the upper "
        "one; `direction` is 1 or -1. The first trend rises if the close is at or above m.",
        bars_input(),
        (
            Port("value", "series", "SuperTrend", "level that trails the price"),
            Port(
                "direction",
                "series",
                "Direction",
                "1 while the trend rises, -1 while it falls",
                minimum=-1,
                maximum=1,
            ),
        ),
        (period_param(10), _MULTIPLE),
        aliases=("super trend", "ATR trend", "ATR-based trend indicator", "Seban"),
        formula="upper[t] = u if u < upper[t-1] or close[t-1] > upper[t-1] else upper[t-1], "
        "u = (high + low) / 2 + k * ATR(n); lower likewise",
        reference="Olivier Seban",
        lookback="period",
    ),
)
