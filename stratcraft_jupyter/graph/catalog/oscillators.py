"""Oscillators and momentum."""

from stratcraft_jupyter.graph.catalog.base import (
    Kind,
    Port,
    period_param,
    source_input,
    value_output,
)

KINDS = (
    Kind(
        "indicator.rsi",
        "Relative strength index",
        "strength of rises against falls, 0 to 100",
        "100 - 100 / (1 + U / D), where U and D are Wilder's smoothed averages of the rises and "
        "falls from value to value. Without any fall it is 100; without any change, 50.",
        source_input(),
        value_output("RSI"),
        (period_param(14),),
        aliases=("RSI", "overbought", "oversold", "momentum"),
        formula="100 - 100 / (1 + SMMA(up, n) / SMMA(down, n))",
        reference="J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
    ),
    Kind(
        "indicator.macd",
        "MACD",
        "distance between a fast and a slow exponential average",
        "`macd` is the fast EMA minus the slow EMA of the source, `signal` the EMA of `macd`, "
        "`histogram` their difference.",
        source_input(),
        (
            Port("macd", "series", "MACD", "fast average minus slow average"),
            Port("signal", "series", "Signal line", "average of the MACD"),
            Port("histogram", "series", "Histogram", "MACD minus signal line"),
        ),
        (
            period_param(12, name="fast_period", title="Fast period"),
            period_param(26, name="slow_period", title="Slow period"),
            period_param(9, name="signal_period", title="Signal period"),
        ),
        aliases=("moving average convergence divergence", "MACD histogram"),
        formula="macd = EMA(x, f) - EMA(x, s); signal = EMA(macd, g); histogram = macd - signal",
        reference="Gerald Appel, 1979; backtrader MACDHisto",
    ),
)
