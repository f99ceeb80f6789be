"""Rates of change, and what is built from them."""

from stratcraft_jupyter.graph.catalog.base import (
    Kind,
    Port,
    period_param,
    source_input,
    value_output,
)

_NO_ZERO = "Where that earlier value is 0 the run stops with a division by zero."

KINDS = (
    Kind(
        "indicator.roc",
        "Rate of change",
        "change over n bars, as a fraction",
        "The change of the source since its value `period` bars ago, as a fraction of that value: "
        f"0.05 is 5 % more. {_NO_ZERO}",
        source_input(),
        value_output("ROC"),
        (period_param(12),),
        aliases=("ROC", "momentum", "return", "ROCP"),
        formula="(x[t] - x[t-n]) / x[t-n]",
        reference="backtrader RateOfChange",
        short="ROC",
        lookback="period",
    ),
    Kind(
        "indicator.roc_percent",
        "Rate of change (x100)",
        "change over n bars, in percent",
        "The change of the source since its value `period` bars ago, in percent of that value. "
        f"{_NO_ZERO}",
        source_input(),
        value_output("ROC"),
        (period_param(12),),
        aliases=("ROC100", "ROC", "percent rate of change", "momentum"),
        formula="100 * (x[t] - x[t-n]) / x[t-n]",
        reference="backtrader RateOfChange100",
        short="ROC100",
        lookback="period",
    ),
    Kind(
        "indicator.momentum_oscillator",
        "Momentum oscillator",
        "present value in percent of the value n bars ago",
        "The source in percent of its value `period` bars ago: 100 is no change. " + _NO_ZERO,
        source_input(),
        value_output("Momentum"),
        (period_param(12),),
        aliases=("momentum", "MomentumOsc", "ROCR100"),
        formula="100 * x[t] / x[t-n]",
        reference="backtrader MomentumOscillator",
        lookback="period",
    ),
    Kind(
        "indicator.coppock_curve",
        "Coppock curve",
        "weighted average of two rates of change",
        "The weighted moving average over `average_period` values of the sum of two rates of "
        "change of the source in percent, over `fast_period` and `slow_period` bars. Coppock used "
        "monthly prices. Where an earlier value is 0 the run stops with a division by zero.",
        source_input(),
        value_output("Coppock"),
        (
            period_param(11, name="fast_period", title="Fast period"),
            period_param(14, name="slow_period", title="Slow period"),
            period_param(10, name="average_period", title="Average period"),
        ),
        aliases=("Coppock", "Coppock guide"),
        formula="WMA(100 * (x[t]/x[t-f] - 1) + 100 * (x[t]/x[t-s] - 1), n)",
        reference="Edwin Coppock, Barron's, 1962",
        short="Coppock",
        lookback="max(fast_period, slow_period) + average_period - 1",
    ),
    Kind(
        "indicator.trix",
        "TRIX",
        "change of a triply smoothed average, in percent",
        "`value` is the change in percent, over `change_period` bars, of the EMA of the EMA of "
        "the EMA of the source, each over `period` values; `signal` is the EMA of it. Where the "
        "triple average was 0 the run stops with a division by zero.",
        source_input(),
        (
            Port("value", "series", "TRIX", "change of the triple average in percent"),
            Port("signal", "series", "Signal line", "average of the TRIX"),
        ),
        (
            period_param(15),
            period_param(1, name="change_period", title="Change over"),
            period_param(9, name="signal_period", title="Signal period"),
        ),
        aliases=("Triple Exponential Average", "TRIX with signal line", "TrixSignal"),
        formula="e = EMA(EMA(EMA(x, n), n), n); value = 100 * (e[t] / e[t-c] - 1); "
        "signal = EMA(value, g)",
        reference="Jack Hutson, Stocks & Commodities, 1983; backtrader TrixSignal",
        short="TRIX",
        lookback="3 * (period - 1) + change_period + signal_period - 1",
    ),
    Kind(
        "indicator.kst",
        "Know sure thing",
        "sum of four smoothed rates of change",
        "`kst` is 1, 2, 3 and 4 times the simple average of four rates of change of the source in "
        "percent, added up; each has its own period and its own average. `signal` is the simple "
        "average of `kst`. Where an earlier value is 0 the run stops with a division by zero.",
        source_input(),
        (
            Port("kst", "series", "KST", "weighted sum of the smoothed rates of change"),
            Port("signal", "series", "Signal line", "average of the KST"),
        ),
        (
            *(
                period_param(bars, name=f"roc_period_{number}", title=f"Rate of change {number}")
                for number, bars in enumerate((10, 15, 20, 30), start=1)
            ),
            *(
                period_param(bars, name=f"average_period_{number}", title=f"Average {number}")
                for number, bars in enumerate((10, 10, 10, 15), start=1)
            ),
            period_param(9, name="signal_period", title="Signal period"),
        ),
        aliases=("KST", "Pring", "KnowSureThing"),
        formula="kst = sum(i * SMA(100 * (x[t] / x[t-r_i] - 1), n_i), i = 1..4); "
        "signal = SMA(kst, g)",
        reference="Martin Pring, Stocks & Commodities, 1992; backtrader KnowSureThing",
        short="KST",
        lookback="max(roc_period_1 + average_period_1, roc_period_2 + average_period_2, "
        "roc_period_3 + average_period_3, roc_period_4 + average_period_4) + signal_period - 2",
    ),
)
