"""Moving averages that adapt to how the series moves, and filters that correct themselves."""

from stratcraft_jupyter.graph.catalog.base import (
    Kind,
    Param,
    Port,
    bars_input,
    period_param,
    source_input,
    value_output,
)
from stratcraft_jupyter.graph.catalog.indicators.averages import average

_GAIN_LIMIT = Param(
    "gain_limit", "Gain limit", "int", 50, 0, 1_000, help="largest gain tried, in tenths"
)

KINDS = (
    average(
        "kama",
        "Kaufman adaptive moving average",
        "average that is fast in trends and slow in noise",
        "Starts, on bar `period`, as the mean of the last `period` values; then moves to each new "
        "value by the square of slow + efficiency * (fast - slow), where fast and slow are "
        "2 / (period + 1) of their periods. The efficiency is how far the source got in `period` "
        "bars, divided by the way it went from bar to bar; 0 where it did not move.",
        period_param(14),
        period_param(2, name="fast_period", title="Fast period"),
        period_param(30, name="slow_period", title="Slow period"),
        short="KAMA",
        aliases=("KAMA", "AMA", "adaptive moving average", "efficiency ratio"),
        formula="y[t] = y[t-1] + s^2 * (x[t] - y[t-1]), s = e * (f - w) + w, "
        "e = |x[t] - x[t-n]| / sum(|x[i] - x[i-1]|)",
        reference="Perry Kaufman, Smarter Trading, 1995; on prices the values of backtrader KAMA, "
        "which ends with an error where nothing moves; seeded unlike TA-Lib",
        lookback="period",
    ),
    average(
        "vidya",
        "Variable index dynamic average",
        "exponential average that is fast when momentum is strong",
        "Starts as the value on bar `momentum_period`; then moves to each new value by "
        "2 / (period + 1) times the size of Chande's momentum of the last `momentum_period` "
        "changes (0 to 1): their sum divided by the sum of their sizes, 0 where nothing moved.",
        period_param(14),
        period_param(9, name="momentum_period", title="Momentum period"),
        short="VIDYA",
        aliases=("VIDYA", "VMA", "variable moving average", "Chande"),
        formula="y[t] = y[t-1] + a * |CMO(x, m)| / 100 * (x[t] - y[t-1]), a = 2 / (n + 1)",
        reference="Tushar Chande and Stanley Kroll, The New Technical Trader, 1994",
        lookback="momentum_period",
    ),
    Kind(
        "indicator.frama",
        "Fractal adaptive moving average",
        "average that is fast in trends and slow in noise, by fractal dimension",
        "Averages (high + low) / 2 over `period` bars, an odd period counting as the even one "
        "below. With R1, R2 and R3 the ranges (highest high - lowest low) of the newer half, the "
        "older half and all of them, the dimension less 1 is d = log2((R1 + R2) / R3), and alpha "
        "is (2 / (slow_period + 1)) ^ d, at least 2 / (slow_period + 1) and at most 1. The "
        "matching number of bars 2 / alpha - 1 is stretched from 1..slow_period to "
        "fast_period..slow_period and gives the alpha that is used; where a range is 0, the last "
        "one (first: that of fast_period). Starts as (high + low) / 2 on bar period - 1.",
        bars_input(),
        value_output(),
        (
            Param("period", "Period", "int", 16, 2, 5_000, unit="bars"),
            period_param(4, name="fast_period", title="Fast period"),
            Param("slow_period", "Slow period", "int", 300, 2, 5_000, unit="bars"),
        ),
        aliases=("FRAMA", "fractal average", "Ehlers"),
        formula="y[t] = y[t-1] + a * ((high + low) / 2 - y[t-1]), a = 2 / (N + 1), "
        "N = (w - f) * (M - 1) / (w - 1) + f, M = 2 / clip((2 / (w + 1)) ^ d) - 1",
        reference="John Ehlers, Fractal Adaptive Moving Averages, 2005, with the fast and slow "
        "periods added at etfhq.com, 2010",
        short="FRAMA",
        lookback="period // 2 * 2 - 1",
    ),
    Kind(
        "indicator.dynamic_smoothing",
        "Dynamic exponential smoothing",
        "exponential average whose weight is another series",
        "Starts, on the first bar with `period` values of the source and of alpha, as the mean of "
        "the last `period` values of the source; then moves to each new value by the alpha of "
        "that bar. An alpha below 0 counts as 0, one above 1 as 1.",
        (
            Port("source", "series", "Source", "the series it is computed from"),
            Port("alpha", "series", "Alpha", "part of the way moved to each new value, 0 to 1"),
        ),
        value_output(),
        (period_param(1),),
        aliases=("dynamic exp smoothing", "variable alpha", "adaptive average"),
        formula="y[t] = (1 - a[t]) * y[t-1] + a[t] * x[t], seed mean(x[1..n])",
        reference="as backtrader ExponentialSmoothingDynamic, but for when it starts",
        lookback="period - 1",
    ),
    average(
        "zero_lag",
        "Zero-lag indicator",
        "exponential average corrected by its last error",
        "Starts as the EMA over `period`. Then, with a = 2 / (period + 1) and y the value before, "
        "it is a * (EMA + gain * (source - y)) + (1 - a) * y, with the gain, of all from "
        "-gain_limit to gain_limit in tenths, that ends nearest to the source; the lowest if "
        "several do.",
        period_param(20),
        _GAIN_LIMIT,
        short="ZLInd",
        aliases=("ZLIndicator", "ZLInd", "error correcting", "EC"),
        formula="y[t] = a * (EMA[t] + g * (x[t] - y[t-1])) + (1 - a) * y[t-1], "
        "g in -k/10..k/10 with the least |x[t] - y[t]|",
        reference="John Ehlers and Ric Way, Zero Lag, 2010; backtrader ZeroLagIndicator",
    ),
    average(
        "dickson_average",
        "Dickson moving average",
        "mean of the zero-lag indicator and the Hull average",
        "Mean of the zero-lag indicator over `period`, with gains up to `gain_limit` tenths, and "
        "the Hull moving average over `hull_period`.",
        period_param(20),
        _GAIN_LIMIT,
        Param("hull_period", "Hull period", "int", 7, 2, 5_000, unit="bars"),
        short="DMA",
        aliases=("DMA", "Dickson", "Jurik"),
        formula="(zero_lag(x, n, k) + HMA(x, h)) / 2",
        reference="Nathan Dickson, 2016; backtrader DicksonMovingAverage",
        lookback="max(period - 1, hull_period + isqrt(hull_period) - 2)",
    ),
    Kind(
        "indicator.laguerre_filter",
        "Laguerre filter",
        "smooth average from four damped steps",
        "Four filters in a row that all start from 0: L0 moves by (1 - gamma) of the way to the "
        "source, each further one is -gamma times the present value of the one before it, plus "
        "that one's last value, plus gamma times its own last value. The result is "
        "(L0 + 2 L1 + 2 L2 + L3) / 6. It has a value from the first bar on, but the first ones "
        "lie far below the source.",
        source_input(),
        value_output(),
        (Param("gamma", "Gamma", "float", 0.5, 0, 0.99, help="damping; more is smoother"),),
        aliases=("LAGF", "Laguerre", "Ehlers"),
        formula="L0 = (1 - g) * x + g * L0'; Lk = -g * L(k-1) + L(k-1)' + g * Lk'; "
        "(L0 + 2 * L1 + 2 * L2 + L3) / 6, where ' is the bar before",
        reference="John Ehlers, Cybernetic Analysis for Stocks and Futures, 2004; "
        "backtrader LaguerreFilter",
    ),
)
