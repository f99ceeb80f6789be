"""What volume says about price."""

from stratcraft_jupyter.graph.catalog.base import (
    Kind,
    Param,
    Port,
    bars_input,
    period_param,
    value_output,
)

KINDS: tuple[Kind, ...] = (
    Kind(
        "indicator.obv",
        "On-balance volume",
        "volume of rises less volume of falls, added up",
        "Adds the volume of every bar that closed above the close before, and subtracts that of "
        "every bar that closed below it; an unchanged close changes nothing. It starts from 0 "
        "before the second bar, so only its changes have a meaning.",
        bars_input(),
        value_output("OBV"),
        aliases=("OBV", "on balance volume", "Granville"),
        formula="OBV[t] = OBV[t-1] + sign(close[t] - close[t-1]) * volume[t]",
        reference="Joseph Granville, 1963; unlike TA-Lib, which starts from the first volume",
        short="OBV",
        lookback="1",
    ),
    Kind(
        "indicator.accumulation_distribution",
        "Accumulation/distribution line",
        "volume added up by where bars close in their range",
        "Adds ((close - low) - (high - close)) / (high - low) times the volume of every bar: all "
        "of it for a close at the high, minus all of it for a close at the low. A bar without a "
        "range adds nothing. It starts from 0 before the first bar.",
        bars_input(),
        value_output("A/D"),
        aliases=("Chaikin A/D line", "A/D line", "ADL", "AD", "accumulation distribution"),
        formula="AD[t] = AD[t-1] + ((close - low) - (high - close)) / (high - low) * volume",
        reference="Marc Chaikin; as TA-Lib AD",
        short="A/D line",
    ),
    Kind(
        "indicator.williams_ad",
        "Williams accumulation/distribution",
        "distance of closes from the true low or high, added up",
        "Adds close - min(low, close before) for every bar that closed above the close before, "
        "and close - max(high, close before), which is negative, for every bar that closed below "
        "it. It uses no volume. It starts from 0 before the second bar.",
        bars_input(),
        value_output("Williams A/D"),
        aliases=("WilliamsAD", "Williams A/D", "WAD"),
        formula="AD[t] = AD[t-1] + (close - true low if up, close - true high if down, else 0)",
        reference="Larry Williams; backtrader WilliamsAD",
        short="Williams A/D",
        lookback="1",
    ),
    Kind(
        "indicator.cmf",
        "Chaikin money flow",
        "buying against selling pressure, -1 to 1",
        "The terms of the accumulation/distribution line (place of the close in the bar's range, "
        "from -1 to 1, times volume) summed over the last `period` bars, divided by their volume. "
        "A bar without a range counts as 0; if there was no volume, the value is 0.",
        bars_input(),
        value_output("CMF", minimum=-1, maximum=1),
        (period_param(20),),
        aliases=("CMF", "money flow"),
        formula="sum(((close-low)-(high-close)) / (high-low) * volume, n) / sum(volume, n)",
        reference="Marc Chaikin, 1980s",
        short="CMF",
        lookback="period - 1",
    ),
    Kind(
        "indicator.mfi",
        "Money flow index",
        "strength of turnover in rises against falls, 0 to 100",
        "With the typical price (high + low + close) / 3, the turnover (price times volume) of "
        "the last `period` bars whose typical price rose, in percent of the turnover of those "
        "whose typical price rose or fell. If there was none, it is 50.",
        bars_input(),
        value_output("MFI", minimum=0, maximum=100),
        (period_param(14),),
        aliases=("MFI", "volume-weighted RSI", "overbought", "oversold"),
        formula="100 * sum(flow if up, n) / (sum(flow if up, n) + sum(flow if down, n))",
        reference="Gene Quong and Avrum Soudack, 1989; as TA-Lib MFI, but for bars without flow",
        short="MFI",
        lookback="period",
    ),
    Kind(
        "indicator.ease_of_movement",
        "Ease of movement",
        "how far the price moves for its volume",
        "For every bar, the change of its middle (high + low) / 2 from the bar before, times "
        "high - low, times `divisor`, divided by the volume; then the simple average over "
        "`period` bars. A bar without volume counts as 0.",
        bars_input(),
        value_output("EMV"),
        (
            period_param(14),
            Param("divisor", "Volume divisor", "float", 10_000.0, 1.0, 1e12, help="scales volume"),
        ),
        aliases=("EMV", "EOM", "EaseOfMovement"),
        formula="SMA(change of (high+low)/2 * (high-low) / (volume / divisor), n)",
        reference="Richard Arms, Volume Cycles in the Stock Market, 1994",
        short="EMV",
        lookback="period",
    ),
    Kind(
        "indicator.klinger_oscillator",
        "Klinger oscillator",
        "volume in the direction of the trend, fast less slow",
        "The trend is 1 or -1 as high + low + close is above or below that of the bar before, and "
        "goes on where both are equal. R adds up high - low while the trend lasts; on a change it "
        "starts as that of the bar before plus the present one. The volume force is 100 * volume "
        "* |2 * (high - low) / R - 1| * trend (0 if R is 0). `oscillator` is the fast EMA of the "
        "force minus the slow one, `signal` an EMA of it.",
        bars_input(),
        (
            Port("oscillator", "series", "Oscillator", "fast average minus slow average"),
            Port("signal", "series", "Signal line", "average of the oscillator"),
        ),
        (
            period_param(34, name="fast_period", title="Fast period"),
            period_param(55, name="slow_period", title="Slow period"),
            period_param(13, name="signal_period", title="Signal period"),
        ),
        aliases=("KVO", "Klinger volume oscillator", "volume force"),
        formula="EMA(force, f) - EMA(force, s); signal = EMA(oscillator, g)",
        reference="Stephen Klinger, Stocks & Commodities 15:12, 1997; averages seeded with means",
        short="KVO",
        lookback="max(fast_period, slow_period) + signal_period - 1",
    ),
    Kind(
        "indicator.pvt",
        "Price-volume trend",
        "volume added up by the relative change of the close",
        "Adds, for every bar, its volume times the relative change of the close from the bar "
        "before (a fraction; 0 where that close is 0). It starts from 0 before the second bar.",
        bars_input(),
        value_output("PVT"),
        aliases=("PVT", "VPT", "volume price trend"),
        formula="PVT[t] = PVT[t-1] + volume * (close[t] - close[t-1]) / close[t-1]",
        reference="as in Achelis, Technical Analysis from A to Z, 1995",
        short="PVT",
        lookback="1",
    ),
    Kind(
        "indicator.vwap",
        "Volume-weighted average price",
        "average price of the session, weighted by volume",
        "Mean of the typical prices (high + low + close) / 3 weighted by volume, from the first "
        "bar of the present session, week, month or year to the present bar. It starts anew on "
        "the first bar whose time is on another calendar day (a session), in another ISO week, "
        "month or year. On daily or coarser bars a session is one bar: take a longer one there, "
        "or Rolling VWAP. Until there is volume, it is the typical price of the bar.",
        bars_input(),
        value_output("VWAP", minimum=0),
        (
            Param(
                "anchor",
                "Starts anew each",
                "choice",
                "session",
                choices=("session", "week", "month", "year"),
                help="when the average starts anew",
            ),
        ),
        aliases=("VWAP", "anchored VWAP", "session VWAP", "volume weighted average price"),
        formula="sum(typical * volume) / sum(volume), since the anchor",
        reference="Berkowitz, Logue and Noser, Journal of Finance 43, 1988",
        short="VWAP",
    ),
    Kind(
        "indicator.rolling_vwap",
        "Rolling VWAP",
        "average price of the last n bars, weighted by volume",
        "Mean of the typical prices (high + low + close) / 3 of the last `period` bars, the "
        "present one included, weighted by volume. If there was no volume, it is the typical "
        "price of the present bar.",
        bars_input(),
        value_output("VWAP", minimum=0),
        (period_param(20),),
        aliases=("VWMA", "volume-weighted moving average", "moving VWAP"),
        formula="sum(typical * volume, n) / sum(volume, n)",
        reference="the average of VWAP over a moving window",
        short="Rolling VWAP",
        lookback="period - 1",
    ),
)
