"""Moving averages that weigh the past in a fixed way."""

from stratcraft_jupyter.graph.catalog.base import (
    Kind,
    Param,
    period_param,
    source_input,
    value_output,
)


def alpha_param() -> Param:
    """How far an average moves towards each new value."""
    return Param(
        "alpha", "Alpha", "float", 0.5, 0.0001, 1, help="part of the way moved to each new value"
    )


def average(
    name: str,
    title: str,
    help: str,
    semantics: str,
    *params: Param,
    short: str = "",
    aliases: tuple[str, ...],
    formula: str,
    reference: str,
    lookback: str = "period - 1",
    within_input: bool = False,
) -> Kind:
    """A kind that averages one series."""
    return Kind(
        f"indicator.{name}",
        title,
        help,
        semantics,
        source_input(),
        value_output(within_input=within_input),
        params or (period_param(14),),
        aliases=aliases,
        formula=formula,
        reference=reference,
        short=short,
        lookback=lookback,
    )


KINDS = (
    average(
        "sma",
        "Simple moving average",
        "mean of the last n values",
        "Mean of the last `period` values, the present one included.",
        short="SMA",
        within_input=True,
        aliases=("SMA", "moving average", "MA", "mean", "arithmetic mean", "average"),
        formula="sum(x[t-n+1..t]) / n",
        reference="backtrader SMA",
    ),
    average(
        "ema",
        "Exponential moving average",
        "average that weighs recent values more",
        "Starts as the simple mean of the first `period` values; then moves by 2 / (period + 1) "
        "of the way to each new value.",
        short="EMA",
        within_input=True,
        aliases=("EMA", "exponential average"),
        formula="y[t] = y[t-1] + a * (x[t] - y[t-1]), a = 2 / (n + 1), seed mean(x[1..n])",
        reference="backtrader EMA; the same seed as TA-Lib",
    ),
    average(
        "wma",
        "Weighted moving average",
        "average with linearly falling weights",
        "Mean of the last `period` values, the present one weighted `period`, the oldest 1.",
        short="WMA",
        within_input=True,
        aliases=("WMA", "linear weighted average"),
        formula="sum(i * x[t-n+i], i = 1..n) / (n * (n + 1) / 2)",
        reference="backtrader WMA",
    ),
    average(
        "smma",
        "Smoothed moving average",
        "slow exponential average, as Wilder used it",
        "Starts as the simple mean of the first `period` values; then moves by 1 / period of the "
        "way to each new value.",
        short="SMMA",
        within_input=True,
        aliases=("SMMA", "Wilder's average", "modified moving average", "MMA", "RMA"),
        formula="y[t] = (y[t-1] * (n - 1) + x[t]) / n, seed mean(x[1..n])",
        reference="J. Welles Wilder, New Concepts in Technical Trading Systems, 1978; "
        "backtrader SMMA",
    ),
    average(
        "dema",
        "Double exponential moving average",
        "exponential average with less lag",
        "Twice the EMA of the source minus the EMA of that EMA, both over `period` and both "
        "seeded with the mean of their first `period` values.",
        short="DEMA",
        aliases=("DEMA", "double EMA"),
        formula="2 * EMA(x) - EMA(EMA(x))",
        reference="Patrick Mulloy, Smoothing Data with Faster Moving Averages, 1994; "
        "backtrader DEMA; the same seed as TA-Lib",
        lookback="2 * period - 2",
    ),
    average(
        "tema",
        "Triple exponential moving average",
        "exponential average with even less lag",
        "Three times the EMA of the source, minus three times the EMA of that EMA, plus the EMA "
        "of the latter; all over `period` and seeded with the mean of their first `period` "
        "values.",
        short="TEMA",
        aliases=("TEMA", "triple EMA"),
        formula="3 * EMA(x) - 3 * EMA(EMA(x)) + EMA(EMA(EMA(x)))",
        reference="Patrick Mulloy, Smoothing Data with Faster Moving Averages, 1994; "
        "backtrader TEMA; the same seed as TA-Lib",
        lookback="3 * period - 3",
    ),
    average(
        "hma",
        "Hull moving average",
        "weighted averages combined for little lag",
        "With WMA the weighted moving average: the WMA, over the square root of `period` (rounded "
        "down), of twice the WMA over half of `period` (rounded down) minus the WMA over "
        "`period`.",
        Param("period", "Period", "int", 14, 2, 5_000, unit="bars", help="bars looked back over"),
        short="HMA",
        aliases=("HMA", "Hull"),
        formula="WMA(2 * WMA(x, n // 2) - WMA(x, n), isqrt(n))",
        reference="Alan Hull, 2005; backtrader HMA",
        lookback="period + isqrt(period) - 2",
    ),
    average(
        "zlema",
        "Zero-lag exponential moving average",
        "exponential average of a series pushed ahead by its own momentum",
        "The EMA, over `period`, of twice the source minus the source `(period - 1) // 2` bars "
        "before, seeded with the mean of its first `period` values.",
        short="ZLEMA",
        aliases=("ZLEMA", "zero lag EMA"),
        formula="EMA(2 * x[t] - x[t-k], n), k = (n - 1) // 2",
        reference="John Ehlers and Ric Way, Zero Lag, 2010; backtrader ZLEMA",
        lookback="period - 1 + (period - 1) // 2",
    ),
    average(
        "t3",
        "Tillson T3",
        "six exponential averages in a row, with little lag",
        "With v the factor and e1 to e6 six EMAs in a row, each of the one before, over `period` "
        "and seeded with the mean of its first `period` values: (1 + v)^3 * e3 - 3 * (1 + v)^2 * "
        "v * e4 + 3 * (1 + v) * v^2 * e5 - v^3 * e6.",
        period_param(5),
        Param(
            "factor",
            "Volume factor",
            "float",
            0.7,
            0,
            1,
            help="0 gives an EMA of EMAs, 1 a DEMA of DEMAs",
        ),
        short="T3",
        aliases=("T3", "Tillson", "triple generalised DEMA"),
        formula="GD(GD(GD(x))), GD(x) = (1 + v) * EMA(x) - v * EMA(EMA(x)), multiplied out",
        reference="Tim Tillson, Smoothing Techniques for More Accurate Signals, 1998; "
        "the same seed as TA-Lib",
        lookback="6 * period - 6",
    ),
    average(
        "exponential_smoothing",
        "Exponential smoothing",
        "exponential average with a chosen weight",
        "Starts as the simple mean of the first `period` values; then moves by `alpha` of the way "
        "to each new value. `period` says only where it starts.",
        period_param(1),
        alpha_param(),
        aliases=("exp smoothing", "alpha"),
        formula="y[t] = (1 - a) * y[t-1] + a * x[t], seed mean(x[1..n])",
        reference="Robert Brown, 1956; backtrader ExponentialSmoothing",
    ),
    average(
        "weighted_average",
        "Weighted average",
        "weighted moving average times a number",
        "`coefficient` times the mean of the last `period` values, the present one weighted "
        "`period`, the oldest 1. With a coefficient of 1 it is the weighted moving average.",
        period_param(14),
        Param("coefficient", "Coefficient", "float", 1.0, -1e6, 1e6, help="multiplies the mean"),
        aliases=("average weighted",),
        formula="c * sum(i * x[t-n+i], i = 1..n) / (n * (n + 1) / 2)",
        reference="backtrader WeightedAverage, with weights that add up to 1",
    ),
)
