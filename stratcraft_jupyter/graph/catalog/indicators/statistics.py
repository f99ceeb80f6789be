"""Statistics of the last values."""

from stratcraft_jupyter.graph.catalog.base import (
    Kind,
    Param,
    Port,
    period_param,
    source_input,
    value_output,
)


def _period(default: int, least: int) -> Param:
    """A period with fewer values than which there is nothing to compute."""
    help = "bars looked back over"
    return Param("period", "Period", "int", default, least, 5_000, unit="bars", help=help)


KINDS: tuple[Kind, ...] = (
    Kind(
        "indicator.cumulative_sum",
        "Cumulative sum",
        "all values so far, added up",
        "`seed` plus the sum of all values from the first one to the present one.",
        source_input(),
        value_output(),
        (Param("seed", "Start", "float", 0.0, -1e15, 1e15, help="the sum before the first value"),),
        aliases=("CumSum", "Accum", "running total"),
        formula="seed + sum(x[0..t])",
        reference="backtrader Accum",
    ),
    Kind(
        "indicator.rolling_sum",
        "Rolling sum",
        "sum of the last n values",
        "Sum of the last `period` values, the present one included.",
        source_input(),
        value_output(),
        (period_param(14),),
        aliases=("SumN", "moving sum"),
        formula="sum(x[t-n+1..t])",
        reference="backtrader SumN",
        lookback="period - 1",
    ),
    Kind(
        "indicator.mean_deviation",
        "Mean deviation",
        "mean distance of values from their average",
        "Mean, over the last `period` bars, of the distance between each value and the simple "
        "average over `period` bars at that same bar. So it reads twice as far back as a "
        "deviation from one mean would.",
        source_input(),
        value_output(minimum=0),
        (period_param(14),),
        aliases=("MeanDev", "mean absolute deviation", "MAD"),
        formula="SMA(|x - SMA(x, n)|, n)",
        reference="backtrader MeanDeviation",
        lookback="2 * period - 2",
    ),
    Kind(
        "indicator.percent_rank",
        "Percentile rank",
        "share of the last n values that are below the present one",
        "Number of values among the last `period`, the present one included, that are below the "
        "present one, divided by `period`: a fraction from 0 to (period - 1) / period.",
        source_input(),
        value_output(minimum=0, maximum=1),
        (period_param(14),),
        aliases=("rolling rank", "percent rank", "PctRank", "percentile"),
        formula="count(x[i] < x[t], i = t-n+1..t) / n",
        reference="backtrader PercentRank",
        lookback="period - 1",
    ),
    Kind(
        "indicator.correlation",
        "Correlation",
        "how closely two series move together, -1 to 1",
        "Pearson's coefficient of the last `period` pairs of values, the present ones included. "
        "0 if one of the two did not change.",
        (
            Port("left", "series", "Left", "one series"),
            Port("right", "series", "Right", "the other series"),
        ),
        value_output(minimum=-1, maximum=1),
        (_period(20, 2),),
        aliases=("rolling correlation", "Pearson correlation", "CORREL", "correlation coefficient"),
        formula="cov(left, right) / (stdev(left) * stdev(right)) over n values",
        reference="Karl Pearson, 1896; as TA-Lib CORREL",
        lookback="period - 1",
    ),
    Kind(
        "indicator.r_squared",
        "R squared",
        "how straight the last values lie, 0 to 1",
        "Share of the variance of the last `period` values that the least-squares line through "
        "them over time explains: the square of their correlation with the bar number. 0 if all "
        "are equal.",
        source_input(),
        value_output("R²", minimum=0, maximum=1),
        (_period(20, 2),),
        aliases=("coefficient of determination", "RSquared", "R2", "trend quality"),
        formula="correlation(x, time)^2 over n values",
        reference="least squares; as the square of TA-Lib CORREL with the bar number",
        lookback="period - 1",
    ),
    Kind(
        "indicator.ols_regression",
        "Linear regression",
        "line of one series on another: slope and intercept",
        "Ordinary least squares over the last `period` pairs: left = intercept + slope * right. "
        "If right did not change, the slope is 0 and the intercept the mean of left.",
        (
            Port("left", "series", "Left", "the series to explain"),
            Port("right", "series", "Right", "the series that explains it"),
        ),
        (
            Port("slope", "series", "Slope", "change of left for a change of right by 1"),
            Port("intercept", "series", "Intercept", "value of left where right is 0"),
        ),
        (_period(10, 2),),
        aliases=("OLS", "OLS regression slope & intercept", "hedge ratio", "beta", "pairs"),
        formula="slope = cov(left, right) / var(right); "
        "intercept = mean(left) - slope * mean(right)",
        reference="ordinary least squares; as backtrader OLS_Slope_InterceptN where right changes",
        short="OLS",
        lookback="period - 1",
    ),
    Kind(
        "indicator.hurst_exponent",
        "Hurst exponent",
        "trending above 0.5, mean-reverting below",
        "For each lag from `lag_start` up to, but without, `lag_end`: the square root of the "
        "population standard deviation of the changes over that lag within the last `period` "
        "values. The exponent is twice the slope of the least-squares line of the logarithm of "
        "these roots on the logarithm of the lag. `lag_end` 0 means half of the period; below 3 it "
        "counts as 3, above period - 1 as period - 1, and a `lag_start` above `lag_end` - 2 as "
        "`lag_end` - 2. If the changes over a lag are all equal, it is 0.5. Estimates from few "
        "values are unsteady.",
        source_input(),
        value_output("Hurst"),
        (
            _period(40, 4),
            Param("lag_start", "First lag", "int", 2, 1, 5_000, unit="bars", help="shortest lag"),
            Param("lag_end", "End of lags", "int", 0, 0, 5_000, unit="bars", help="0: half"),
        ),
        aliases=("Hurst", "long memory", "fractal dimension"),
        formula="2 * slope of log(sqrt(stdev(x[i+lag] - x[i]))) on log(lag)",
        reference="H. E. Hurst, 1951; as backtrader HurstExponent where that has a value",
        short="Hurst",
        lookback="period - 1",
    ),
)
