"""Moving averages."""

from stratcraft_jupyter.graph.catalog.base import Kind, period_param, source_input, value_output

KINDS = (
    Kind(
        "indicator.sma",
        "Simple moving average",
        "mean of the last n values",
        "Mean of the last `period` values, the present one included.",
        source_input(),
        value_output(),
        (period_param(14),),
        aliases=("SMA", "moving average", "MA", "mean"),
        formula="sum(x[t-n+1..t]) / n",
        reference="backtrader SMA",
    ),
    Kind(
        "indicator.ema",
        "Exponential moving average",
        "average that weighs recent values more",
        "Starts as the simple mean of the first `period` values; then moves by 2 / (period + 1) "
        "of the way to each new value.",
        source_input(),
        value_output(),
        (period_param(14),),
        aliases=("EMA", "exponential average"),
        formula="y[t] = y[t-1] + a * (x[t] - y[t-1]), a = 2 / (n + 1), seed mean(x[1..n])",
        reference="backtrader EMA; the same seed as TA-Lib",
    ),
    Kind(
        "indicator.wma",
        "Weighted moving average",
        "average with linearly falling weights",
        "Mean of the last `period` values, the present one weighted `period`, the oldest 1.",
        source_input(),
        value_output(),
        (period_param(14),),
        aliases=("WMA", "linear weighted average"),
        formula="sum(i * x[t-n+i], i = 1..n) / (n * (n + 1) / 2)",
        reference="backtrader WMA",
    ),
)
