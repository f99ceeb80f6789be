"""Oscillators without a fixed range: distances between averages, and from them."""

from dataclasses import replace

from stratcraft_jupyter.graph.catalog.base import (
    Kind,
    Param,
    Port,
    bars_input,
    period_param,
    source_input,
    value_output,
)

_FAST_AND_SLOW = (
    period_param(12, name="fast_period", title="Fast period"),
    period_param(26, name="slow_period", title="Slow period"),
)
_SIGNAL = period_param(9, name="signal_period", title="Signal period")
_PPO_OUTPUTS = (
    Port("ppo", "series", "PPO", "distance of the averages in percent"),
    Port("signal", "series", "Signal line", "average of the PPO"),
    Port("histogram", "series", "Histogram", "PPO minus signal line"),
)

KINDS = (
    Kind(
        "indicator.macd",
        "MACD",
        "distance between a fast and a slow exponential average",
        "`macd` is the fast EMA minus the slow EMA of the source, `signal` the EMA of `macd`, "
        "`histogram` their difference. Each EMA starts as the mean of its own first values.",
        source_input(),
        (
            Port("macd", "series", "MACD", "fast average minus slow average"),
            Port("signal", "series", "Signal line", "average of the MACD"),
            Port("histogram", "series", "Histogram", "MACD minus signal line"),
        ),
        (*_FAST_AND_SLOW, _SIGNAL),
        aliases=("moving average convergence divergence", "MACD histogram"),
        formula="macd = EMA(x, f) - EMA(x, s); signal = EMA(macd, g); histogram = macd - signal",
        reference="Gerald Appel, 1979; backtrader MACDHisto; the fast EMA is seeded unlike TA-Lib",
        short="MACD",
        lookback="max(fast_period, slow_period) + signal_period - 2",
    ),
    Kind(
        "indicator.apo",
        "Absolute price oscillator",
        "fast minus slow exponential average, in price",
        "The fast EMA minus the slow EMA of the source, in the units of the source. Each EMA "
        "starts as the mean of its own first values.",
        source_input(),
        value_output("APO"),
        _FAST_AND_SLOW,
        aliases=("APO", "price oscillator"),
        formula="EMA(x, f) - EMA(x, s)",
        reference="backtrader PriceOscillator; seeded as TA-Lib",
        short="APO",
        lookback="max(fast_period, slow_period) - 1",
    ),
    Kind(
        "indicator.ppo",
        "Percentage price oscillator",
        "distance of two exponential averages, in percent of the slow one",
        "`ppo` is the fast EMA minus the slow EMA of the source, in percent of the slow EMA, "
        "`signal` the EMA of `ppo`, `histogram` their difference. Where the slow EMA is 0 the run "
        "stops with a division by zero.",
        source_input(),
        _PPO_OUTPUTS,
        (*_FAST_AND_SLOW, _SIGNAL),
        aliases=("PPO", "percent price oscillator"),
        formula="ppo = 100 * (EMA(x, f) - EMA(x, s)) / EMA(x, s); signal = EMA(ppo, g)",
        reference="backtrader PercentagePriceOscillator; seeded as TA-Lib",
        short="PPO",
        lookback="max(fast_period, slow_period) + signal_period - 2",
    ),
    Kind(
        "indicator.ppo_short",
        "Percentage price oscillator, short",
        "distance of two exponential averages, in percent of the fast one",
        "`ppo` is the fast EMA minus the slow EMA of the source, in percent of the fast EMA, "
        "`signal` the EMA of `ppo`, `histogram` their difference. Where the fast EMA is 0 the run "
        "stops with a division by zero.",
        source_input(),
        _PPO_OUTPUTS,
        (*_FAST_AND_SLOW, _SIGNAL),
        aliases=("PPO short", "PPOShort", "percentage price oscillator short"),
        formula="ppo = 100 * (EMA(x, f) - EMA(x, s)) / EMA(x, f); signal = EMA(ppo, g)",
        reference="backtrader PercentagePriceOscillatorShort",
        short="PPO short",
        lookback="max(fast_period, slow_period) + signal_period - 2",
    ),
    Kind(
        "indicator.awesome_oscillator",
        "Awesome oscillator",
        "fast minus slow average of the middle of the bars",
        "The simple average of (high + low) / 2 over the last `fast_period` bars, minus that over "
        "the last `slow_period` bars, the present bar included in both.",
        bars_input(),
        value_output("AO"),
        (
            period_param(5, name="fast_period", title="Fast period"),
            period_param(34, name="slow_period", title="Slow period"),
        ),
        aliases=("AO", "Bill Williams", "awesome"),
        formula="m = (high + low) / 2; SMA(m, f) - SMA(m, s)",
        reference="Bill Williams, New Trading Dimensions, 1998; backtrader AwesomeOscillator",
        short="AO",
        lookback="max(fast_period, slow_period) - 1",
    ),
    Kind(
        "indicator.cci",
        "Commodity channel index",
        "distance of the typical price from its average, in mean deviations",
        "The typical price of a bar is (high + low + close) / 3. The CCI is its distance from its "
        "simple average over `period` bars, divided by `factor` times its mean deviation. The "
        "mean deviation is the simple average over `period` bars of how far each bar's typical "
        "price was from the average of that very bar. After 2 * `period` - 1 bars at one price it "
        "is 0, and the run stops with a division by zero; or a rounding error, and the value "
        "says nothing.",
        bars_input(),
        value_output("CCI"),
        (
            replace(period_param(20), minimum=2),
            Param("factor", "Factor", "float", 0.015, 0.0001, 100, help="scales the result"),
        ),
        aliases=("CCI", "Lambert"),
        formula="p = (high + low + close) / 3; m = SMA(p, n); (p - m) / (k * SMA(|p - m|, n))",
        reference="Donald Lambert, Commodities magazine, 1980; backtrader CommodityChannelIndex, "
        "whose mean deviation is not TA-Lib's",
        short="CCI",
        lookback="2 * period - 2",
    ),
    Kind(
        "indicator.dpo",
        "Detrended price oscillator",
        "distance from the average of half a period ago",
        "The source minus its simple average over `period` values as it was half of `period` - 1 "
        "bars ago, rounded down: 9 bars for 20. It looks at past bars only and is not shifted "
        "back.",
        source_input(),
        value_output("DPO"),
        (period_param(20),),
        aliases=("DPO", "detrended price"),
        formula="x[t] - SMA(x, n)[t - (n-1)//2]",
        reference="backtrader DetrendedPriceOscillator",
        short="DPO",
        lookback="period - 1 + (period - 1) // 2",
    ),
    Kind(
        "indicator.pretty_good_oscillator",
        "Pretty good oscillator",
        "distance of the close from its average, in average true ranges",
        "The close minus its simple average over the last `period` bars, the present one "
        "included, divided by the average true range over the same period. If no price has "
        "changed since the first bar the run stops with a division by zero.",
        bars_input(),
        value_output("PGO"),
        (replace(period_param(14), minimum=2),),
        aliases=("PGO", "Mark Johnson"),
        formula="(close - SMA(close, n)) / ATR(n)",
        reference="Mark Johnson; backtrader PrettyGoodOscillator",
        short="PGO",
        lookback="period",
    ),
    Kind(
        "indicator.fisher_transform",
        "Fisher transform",
        "place within the range of n bars, with its extremes stretched",
        "The middle of the bar, (high + low) / 2, is placed between the lowest (-1) and the "
        "highest (1) middle of the last `period` bars, the present one included; 0 where these are "
        "equal. Its moving value v is 0.33 of that place plus 0.67 of v before; above 0.99 it "
        "becomes 0.999, below -0.99 it becomes -0.999. `fisher` is ln((1 + v) / (1 - v)) / 2 "
        "plus half of `fisher` before, `trigger` is `fisher` before; all of them are 0 before the "
        "first value.",
        bars_input(),
        (
            Port("fisher", "series", "Fisher", "the transformed place"),
            Port("trigger", "series", "Trigger", "Fisher of the bar before"),
        ),
        (period_param(10),),
        aliases=("Ehlers Fisher", "Fisher"),
        formula="v = 0.33 * (2 * (m - min(m, n)) / (max(m, n) - min(m, n)) - 1) + 0.67 * v[-1]; "
        "fisher = 0.5 * ln((1 + v) / (1 - v)) + 0.5 * fisher[-1]; trigger = fisher[-1]",
        reference="John F. Ehlers, Using the Fisher Transform, Stocks & Commodities, 2002",
        short="Fisher",
        lookback="period - 1",
    ),
)
