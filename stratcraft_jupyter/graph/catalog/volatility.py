"""Volatility: ranges, deviations and bands."""

from stratcraft_jupyter.graph.catalog.base import (
    Kind,
    Param,
    Port,
    bars_input,
    period_param,
    source_input,
    value_output,
)

_BANDS = (
    Port("upper", "series", "Upper band"),
    Port("middle", "series", "Middle band"),
    Port("lower", "series", "Lower band"),
)

KINDS = (
    Kind(
        "indicator.atr",
        "Average true range",
        "average distance the price covers in a bar",
        "Wilder's smoothed average of the true range. The true range of a bar is the largest of "
        "high - low, |high - previous close| and |low - previous close|.",
        bars_input(),
        value_output("ATR"),
        (period_param(14),),
        aliases=("ATR", "volatility", "true range"),
        formula="SMMA(max(high, close[-1]) - min(low, close[-1]), n)",
        reference="J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
    ),
    Kind(
        "indicator.standard_deviation",
        "Standard deviation",
        "spread of the last n values",
        "Population standard deviation of the last `period` values.",
        source_input(),
        value_output(),
        (period_param(14),),
        aliases=("StdDev", "sigma", "volatility"),
        formula="sqrt(mean(x^2) - mean(x)^2) over n values",
        reference="backtrader StdDev",
    ),
    Kind(
        "indicator.bollinger_bands",
        "Bollinger bands",
        "average with bands n standard deviations away",
        "`middle` is the simple average of the source, `upper` and `lower` lie `deviations` "
        "population standard deviations above and below it.",
        source_input(),
        _BANDS,
        (
            period_param(20),
            Param("deviations", "Deviations", "float", 2.0, 0.01, 100, help="width of the bands"),
        ),
        aliases=("BB", "BBands", "bands", "squeeze"),
        formula="middle = SMA(x, n); upper, lower = middle +- k * stdev(x, n)",
        reference="John Bollinger, Bollinger on Bollinger Bands, 2001",
    ),
)
