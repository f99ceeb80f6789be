"""Oscillators that rate the price within a fixed range, such as 0 to 100."""

from stratcraft_jupyter.graph.catalog.base import (
    Kind,
    Param,
    bars_input,
    period_param,
    source_input,
    value_output,
)

KINDS: tuple[Kind, ...] = (
    Kind(
        "indicator.rsi",
        "Relative strength index",
        "strength of rises against falls, 0 to 100",
        "100 - 100 / (1 + U / D), where U and D are Wilder's smoothed averages of the rises and "
        "falls from value to value. Without any fall it is 100; without any change, 50.",
        source_input(),
        value_output("RSI", minimum=0, maximum=100),
        (period_param(14),),
        aliases=("RSI", "overbought", "oversold", "momentum", "Safe Division RSI", "RSI_Safe"),
        formula="100 - 100 / (1 + SMMA(up, n) / SMMA(down, n))",
        reference="J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
        short="RSI",
        lookback="period",
    ),
    Kind(
        "indicator.rsi_sma",
        "RSI with simple average",
        "strength of rises against falls over exactly n changes, 0 to 100",
        "100 - 100 / (1 + U / D), where U and D are the simple averages of the rises and falls of "
        "the last `period` changes from value to value. Without any fall among them it is 100; "
        "without any change, 50.",
        source_input(),
        value_output("RSI", minimum=0, maximum=100),
        (period_param(14),),
        aliases=("RSI SMA", "Cutler's RSI", "RSI with Simple Moving Average", "RSI_SMA"),
        formula="100 - 100 / (1 + SMA(up, n) / SMA(down, n))",
        reference="Cutler's RSI; backtrader RSI_SMA",
        short="RSI-SMA",
        lookback="period",
    ),
    Kind(
        "indicator.rsi_ema",
        "RSI with exponential average",
        "strength of rises against falls, quicker than Wilder's, 0 to 100",
        "100 - 100 / (1 + U / D), where U and D are the exponential averages of the rises and "
        "falls from value to value, seeded with the mean of the first `period`. Without any fall "
        "it is 100; without any change, 50.",
        source_input(),
        value_output("RSI", minimum=0, maximum=100),
        (period_param(14),),
        aliases=("RSI EMA", "RSI with Exponential Moving Average", "RSI_EMA"),
        formula="100 - 100 / (1 + EMA(up, n) / EMA(down, n))",
        reference="backtrader RSI_EMA",
        short="RSI-EMA",
        lookback="period",
    ),
    Kind(
        "indicator.rmi",
        "Relative momentum index",
        "an RSI of changes over several bars, 0 to 100",
        "100 - 100 / (1 + U / D), where U and D are Wilder's smoothed averages of the rises and "
        "falls of the source since its value `lookback` bars ago. Without any fall it is 100; "
        "without any change, 50. With a lookback of 1 it is the RSI.",
        source_input(),
        value_output("RMI", minimum=0, maximum=100),
        (
            period_param(20),
            Param(
                "lookback",
                "Change over",
                "int",
                5,
                1,
                5_000,
                unit="bars",
                help="bars a change spans",
            ),
        ),
        aliases=("RMI", "Altman"),
        formula="100 - 100 / (1 + SMMA(max(x[t] - x[t-k], 0), n) / SMMA(max(x[t-k] - x[t], 0), n))",
        reference="Roger Altman, Stocks & Commodities, 1993; backtrader RelativeMomentumIndex",
        short="RMI",
        lookback="period + lookback - 1",
    ),
    Kind(
        "indicator.laguerre_rsi",
        "Laguerre RSI",
        "an RSI of a four-stage filter, 0 to 1",
        "Four filters in a row follow the source, each damped by `gamma`. Of the three differences "
        "between neighbours, the result is the sum of those where the quicker filter is higher, "
        "divided by the sum of all their sizes; 1 if all are 0. The filters start at 0 on the bar "
        "of the first value, so that the first values show a rise.",
        source_input(),
        value_output("Laguerre RSI", minimum=0, maximum=1),
        (
            Param("gamma", "Gamma", "float", 0.5, 0.0, 0.99, help="damping: higher is smoother"),
            Param(
                "period", "Period", "int", 6, 1, 5_000, unit="bars", help="bar of the first value"
            ),
        ),
        aliases=("LRSI", "LaguerreRSI", "Ehlers"),
        formula="l0 = (1-g)*x + g*l0[-1]; l1 = -g*l0 + l0[-1] + g*l1[-1]; l2, l3 alike; "
        "up / (up + down) of l0-l1, l1-l2, l2-l3",
        reference="John F. Ehlers, Cybernetic Analysis for Stocks and Futures, 2004; "
        "backtrader LaguerreRSI",
        short="LRSI",
        lookback="period - 1",
    ),
    Kind(
        "indicator.cmo",
        "Chande momentum oscillator",
        "rises minus falls as a share of all changes, -100 to 100",
        "100 times the sum of the rises minus the sum of the falls, divided by both together, of "
        "the last `period` changes from value to value. 0 without any change.",
        source_input(),
        value_output("CMO", minimum=-100, maximum=100),
        (period_param(14),),
        aliases=("CMO", "Chande"),
        formula="100 * (sum(up, n) - sum(down, n)) / (sum(up, n) + sum(down, n))",
        reference="Tushar Chande and Stanley Kroll, The New Technical Trader, 1994; sums, where "
        "TA-Lib smooths",
        short="CMO",
        lookback="period",
    ),
    Kind(
        "indicator.tsi",
        "True strength index",
        "doubly smoothed changes as a share of their size, -100 to 100",
        "100 times the EMA of the EMA of the changes of the source, divided by the same of their "
        "absolute values. The changes span `change_period` bars, the inner EMA `slow_period` "
        "values and the outer `fast_period`. If the source has not changed since its first value "
        "the run stops with a division by zero.",
        source_input(),
        value_output("TSI", minimum=-100, maximum=100),
        (
            Param(
                "slow_period",
                "Slow period",
                "int",
                25,
                2,
                5_000,
                unit="bars",
                help="of the inner EMA",
            ),
            Param(
                "fast_period",
                "Fast period",
                "int",
                13,
                1,
                5_000,
                unit="bars",
                help="of the outer EMA",
            ),
            period_param(1, name="change_period", title="Change over"),
        ),
        aliases=("TSI", "True Strength Indicator", "Blau"),
        formula="c = x[t] - x[t-k]; 100 * EMA(EMA(c, s), f) / EMA(EMA(|c|, s), f)",
        reference="William Blau, Stocks & Commodities, 1991; backtrader TrueStrengthIndicator",
        short="TSI",
        lookback="slow_period + fast_period + change_period - 2",
    ),
    Kind(
        "indicator.ultimate_oscillator",
        "Ultimate oscillator",
        "buying pressure over three periods, 0 to 100",
        "Buying pressure is the close minus the true low. Its sum is divided by the sum of the "
        "true ranges, over each of three periods; the three count 4, 2 and 1 times. Where the "
        "true ranges of a whole period are 0, which takes as many bars at one price, the run "
        "stops with a division by zero.",
        bars_input(),
        value_output("UO", minimum=0, maximum=100),
        (
            period_param(7, name="fast_period", title="Fast period"),
            period_param(14, name="middle_period", title="Middle period"),
            period_param(28, name="slow_period", title="Slow period"),
        ),
        aliases=("UO", "ULTOSC", "Larry Williams"),
        formula="a_n = sum(close - true low, n) / sum(true range, n); "
        "100 * (4 * a_f + 2 * a_m + a_s) / 7",
        reference="Larry Williams, Stocks & Commodities, 1985; the same as TA-Lib",
        short="UO",
        lookback="max(fast_period, middle_period, slow_period)",
    ),
    Kind(
        "indicator.dv2",
        "DV2",
        "rank of the close's place in its bars among the last n, 0 to 100",
        "The close divided by the middle of its bar, (high + low) / 2, averaged over the last "
        "`average_period` bars. The result is how many percent of the last `period` such averages "
        "are smaller than the present one, which is one of them.",
        bars_input(),
        value_output("DV2", minimum=0, maximum=100),
        (
            period_param(252),
            period_param(2, name="average_period", title="Average period"),
        ),
        aliases=("DV2 indicator", "DVI", "David Varadi"),
        formula="r = SMA(close / ((high + low) / 2), m); 100 * count(r[t-n+1..t] < r[t]) / n",
        reference="David Varadi, CSS Analytics; backtrader DV2",
        short="DV2",
        lookback="period + average_period - 2",
    ),
)
