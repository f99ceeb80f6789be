"""Turning points of the price: fractals, zigzag, parabolic stop and reverse."""

from stratcraft_jupyter.graph.catalog.base import (
    Kind,
    Param,
    Port,
    bars_input,
    source_input,
    value_output,
)

KINDS: tuple[Kind, ...] = (
    Kind(
        "indicator.fractal",
        "Fractal",
        "highs and lows that stand out from the bars on both sides",
        "An upper fractal is a high above the highs of all `side` bars before and `side` bars "
        "after it, a lower fractal a low below their lows; equal ones do not count. It is known, "
        "and changes these outputs, only `side` bars after its bar. `upper` and `lower` are the "
        "prices of the last known ones, missing before the first. `new_upper` and `new_lower` are "
        "1 on the bars on which one becomes known, else 0.",
        bars_input(),
        (
            Port("upper", "series", "Upper", "high of the last upper fractal", gaps=True),
            Port("lower", "series", "Lower", "low of the last lower fractal", gaps=True),
            Port("new_upper", "series", "New upper", "1 when an upper fractal becomes known"),
            Port("new_lower", "series", "New lower", "1 when a lower fractal becomes known"),
        ),
        (
            Param(
                "side",
                "Bars on each side",
                "int",
                2,
                1,
                500,
                unit="bars",
                help="bars before and after that must be lower, or higher",
            ),
        ),
        aliases=("Bill Williams fractal", "fractals", "swing high", "swing low", "pivot high"),
        formula="upper = high[t-k] if high[t-k] > high[t-i] for all other i = 0..2k",
        reference="Bill Williams, Trading Chaos, 1995",
        short="Fractal",
        lookback="2 * side",
    ),
    Kind(
        "indicator.zigzag",
        "Zigzag",
        "turning points between moves of at least a percentage",
        "A high becomes a pivot once a value lies more than `percent` below it without a higher "
        "one between, a low once a value lies more than `percent` above it without a lower one "
        "between; highs and lows take turns. A pivot is known only on the bar of that value, "
        "never earlier. `pivot` is the last one known, `high` and `low` the last of their sort; "
        "they are missing before the first. `direction` is -1 after a high, 1 after a low, and 0 "
        "before the first pivot. The percentage is of the high or low itself.",
        source_input(),
        (
            Port("pivot", "series", "Pivot", "value of the last pivot", gaps=True),
            Port("high", "series", "High", "value of the last high", gaps=True),
            Port("low", "series", "Low", "value of the last low", gaps=True),
            Port("direction", "series", "Direction", "1 since a low, -1 since a high"),
        ),
        (
            Param(
                "percent",
                "Retracement",
                "float",
                5.0,
                0.01,
                99,
                unit="%",
                help="move back that confirms a turning point",
            ),
        ),
        aliases=("ZigZag", "percent-threshold pivot detector", "swing", "retrace", "pivots"),
        formula="pivot = extreme since the last pivot, once x < high * (1 - p) or > low * (1 + p)",
        reference="Arthur Merrill, Filtered Waves, 1977",
        short="Zigzag",
    ),
    Kind(
        "indicator.parabolic_sar",
        "Parabolic SAR",
        "stop that follows the price faster the longer a trend lasts",
        "The stop moves, for the next bar, by `acceleration` times its distance to the extreme of "
        "the trend, but not beyond the low (in a rise; else the high) of this bar or the one "
        "before. The acceleration grows by `acceleration` with each new extreme, up to "
        "`maximum_acceleration`. A bar that touches the stop turns the trend: the stop becomes "
        "the extreme of the trend that ends, and the acceleration starts anew. The second bar "
        "begins a rise, with the first low as its stop, if its close is not below the first close, "
        "else a fall with the first high. `period` only says from which bar on there is a value.",
        bars_input(),
        value_output("SAR"),
        (
            Param("period", "First bar", "int", 2, 2, 5_000, unit="bars", help="first bar shown"),
            Param("acceleration", "Acceleration", "float", 0.02, 0.0001, 1, help="start and step"),
            Param("maximum_acceleration", "Largest acceleration", "float", 0.2, 0.0001, 1),
        ),
        aliases=("PSAR", "SAR", "parabolic stop and reverse", "Wilder"),
        formula="SAR[t+1] = SAR[t] + AF * (extreme - SAR[t])",
        reference="J. Welles Wilder, 1978; backtrader ParabolicSAR, begun unlike TA-Lib SAR",
        short="PSAR",
        lookback="period - 1",
    ),
)
