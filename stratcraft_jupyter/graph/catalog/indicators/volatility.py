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

_WILDER = "J. Welles Wilder, New Concepts in Technical Trading Systems, 1978"
_BANDS = (
    Port("upper", "series", "Upper band"),
    Port("middle", "series", "Middle band"),
    Port("lower", "series", "Lower band"),
)
_DEVIATIONS = Param("deviations", "Deviations", "float", 2.0, 0.01, 100, help="width of the bands")

KINDS = (
    Kind(
        "indicator.atr",
        "Average true range",
        "average distance the price covers in a bar",
        "Wilder's smoothed average of the true range. The true range of a bar is the largest of "
        "high - low, |high - previous close| and |low - previous close|.",
        bars_input(),
        value_output("ATR", minimum=0),
        (period_param(14),),
        aliases=("ATR", "volatility", "true range"),
        formula="SMMA(max(high, close[-1]) - min(low, close[-1]), n)",
        reference=_WILDER,
        short="ATR",
        lookback="period",
    ),
    Kind(
        "indicator.standard_deviation",
        "Standard deviation",
        "spread of the last n values",
        "Population standard deviation of the last `period` values.",
        source_input(),
        value_output(minimum=0),
        (period_param(14),),
        aliases=("rolling stdev", "StdDev", "sigma", "volatility"),
        formula="sqrt(mean(x^2) - mean(x)^2) over n values",
        reference="backtrader StdDev",
        lookback="period - 1",
    ),
    Kind(
        "indicator.bollinger_bands",
        "Bollinger bands",
        "average with bands n standard deviations away",
        "`middle` is the simple average of the source, `upper` and `lower` lie `deviations` "
        "population standard deviations above and below it.",
        source_input(),
        _BANDS,
        (period_param(20), _DEVIATIONS),
        aliases=("BB", "BBands", "bands", "squeeze"),
        formula="middle = SMA(x, n); upper, lower = middle +- k * stdev(x, n)",
        reference="John Bollinger, Bollinger on Bollinger Bands, 2001",
        lookback="period - 1",
    ),
    Kind(
        "indicator.bollinger_percent",
        "Bollinger %B and bandwidth",
        "where the source lies in its Bollinger bands, and how wide they are",
        "`percent` is 0 on the lower band and 1 on the upper, below 0 or above 1 outside them; 0.5 "
        "where the bands are equal. `bandwidth` is the upper band minus the lower, as a fraction "
        "of the middle; 0 where the middle is 0. The bands are those of Bollinger bands.",
        source_input(),
        (
            Port("percent", "series", "%B", "place within the bands"),
            Port("bandwidth", "series", "Bandwidth", "width of the bands"),
        ),
        (period_param(20), _DEVIATIONS),
        aliases=("%B", "percent B", "pctb", "BBW", "BollingerBandsPct", "squeeze"),
        formula="percent = (x - lower) / (upper - lower); bandwidth = (upper - lower) / middle",
        reference="John Bollinger, Bollinger on Bollinger Bands, 2001",
        short="%B",
        lookback="period - 1",
    ),
    Kind(
        "indicator.keltner_channel",
        "Keltner channel",
        "average with bands some average true ranges away",
        "`middle` is the EMA of the close over `period` bars, `upper` and `lower` lie `multiple` "
        "average true ranges, over `atr_period` bars, above and below it.",
        bars_input(),
        _BANDS,
        (
            period_param(20),
            period_param(20, name="atr_period", title="ATR period"),
            Param(
                "multiple", "Multiple", "float", 2.0, 0.01, 100, unit="ATR", help="bands' distance"
            ),
        ),
        aliases=("KC", "Keltner bands", "EMA + ATR bands", "squeeze"),
        formula="middle = EMA(close, n); upper, lower = middle +- k * ATR(m)",
        reference="Chester Keltner, 1960, in Linda Bradford Raschke's form with EMA and ATR",
        short="Keltner",
        lookback="max(period - 1, atr_period)",
    ),
    Kind(
        "indicator.chaikin_volatility",
        "Chaikin volatility",
        "change of the average range of the bars, in percent",
        "The change in percent, over `roc_period` bars, of the EMA of high - low over `period` "
        "bars; 0 where that average was 0.",
        bars_input(),
        value_output(),
        (period_param(10), period_param(10, name="roc_period", title="Change over")),
        aliases=("CHV", "ROC of EMA(High-Low)", "Chaikin"),
        formula="e = EMA(high - low, n); 100 * (e[t] - e[t-m]) / e[t-m]",
        reference="Marc Chaikin; Steven Achelis, Technical Analysis from A to Z, 1995",
        lookback="period + roc_period - 1",
    ),
    Kind(
        "indicator.ulcer_index",
        "Ulcer index",
        "depth and length of the falls from the recent high",
        "How many percent the source lies below the highest of the last `period` values, the "
        "present one included; of that, the root of the mean of the squares over `period` values. "
        "It is in percent and never negative. A fall counts as 0 where the highest is 0.",
        source_input(),
        value_output("Ulcer index", minimum=0),
        (period_param(14),),
        aliases=("UI", "downside volatility", "drawdown"),
        formula="d = 100 * (x - max(x, n)) / max(x, n); sqrt(SMA(d^2, n))",
        reference="Peter Martin and Byron McCann, The Investor's Guide to Fidelity Funds, 1989",
        short="UI",
        lookback="2 * period - 2",
    ),
    Kind(
        "indicator.true_range",
        "True range",
        "distance the price covers in a bar, a gap included",
        "The true high minus the true low: the largest of high - low, |high - previous close| and "
        "|low - previous close|.",
        bars_input(),
        value_output("True range", minimum=0),
        aliases=("TR", "TRANGE", "volatility"),
        formula="max(high, close[-1]) - min(low, close[-1])",
        reference=_WILDER,
        short="TR",
        lookback="1",
    ),
    Kind(
        "indicator.true_high",
        "True high",
        "high of a bar, or the close before if that was higher",
        "The larger of the bar's high and the close before it.",
        bars_input(),
        value_output("True high", minimum=0),
        aliases=("TrueHigh",),
        formula="max(high, close[-1])",
        reference=_WILDER,
        lookback="1",
    ),
    Kind(
        "indicator.true_low",
        "True low",
        "low of a bar, or the close before if that was lower",
        "The smaller of the bar's low and the close before it.",
        bars_input(),
        value_output("True low", minimum=0),
        aliases=("TrueLow",),
        formula="min(low, close[-1])",
        reference=_WILDER,
        lookback="1",
    ),
)
