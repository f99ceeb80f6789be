"""Conditions on series: what turns numbers into true or false."""

from stratcraft_jupyter.graph.catalog.base import (
    Kind,
    Param,
    Port,
    expression_inputs,
    period_param,
    signal_output,
)


def _sides(*, history: bool = False) -> tuple[Port, ...]:
    return (
        Port("left", "series", "Left", "the series that is looked at", gaps=True, history=history),
        Port(
            "right",
            "series",
            "Right",
            "the series it is held against",
            required=False,
            gaps=True,
            history=history,
        ),
    )


def _bound(name: str, title: str, help: str) -> Port:
    return Port(name, "series", title, help, required=False, gaps=True)


def _source(help: str = "the series that is looked at") -> tuple[Port, ...]:
    return (Port("source", "series", "Source", help, history=True),)


def _number(name: str, title: str, port: str, default: float = 0.0) -> Param:
    what = port.capitalize()
    return Param(
        name,
        title,
        "float",
        default,
        -1e12,
        1e12,
        help=f"number used while {what} is not connected",
        unless_connected=port,
    )


_VALUE = _number("value", "Value", "right")


def _bars(default: int, help: str, *, minimum: int = 1) -> Param:
    return Param("bars", "Bars", "int", default, minimum, 5_000, unit="bars", help=help)


KINDS = (
    Kind(
        "condition.compare",
        "Compare",
        "a series against another or a number",
        "True on every bar where the left value stands in the chosen relation to the right one. "
        "False while either is missing.",
        _sides(),
        signal_output(),
        (
            Param("operator", "Is", "choice", ">", choices=(">", ">=", "<", "<=")),
            _VALUE,
        ),
        aliases=("above", "below", "greater", "less", "threshold", "breakout", ">", "<", "if"),
    ),
    Kind(
        "condition.between",
        "Between",
        "a series within two limits",
        "True on every bar where the source is at or above the lower and at or below the upper "
        "limit. False while any of the three is missing.",
        (
            Port("source", "series", "Source", "the series that is looked at", gaps=True),
            _bound("low", "Low", "the lower limit"),
            _bound("high", "High", "the upper limit"),
        ),
        signal_output(),
        (
            _number("low_value", "Lower limit", "low"),
            _number("high_value", "Upper limit", "high", 100.0),
        ),
        aliases=("range", "inside", "within", "in range", "band"),
    ),
    Kind(
        "condition.crosses_above",
        "Crosses above",
        "the bar on which a series rises through another",
        "True on the one bar where left - right becomes positive after it was last negative "
        "(bars on which both are equal are passed over; a bar on which one is missing starts "
        "anew). Needs one bar more than its series.",
        _sides(history=True),
        signal_output(),
        (_VALUE,),
        aliases=(
            "crossover",
            "cross up",
            "golden cross",
            "breakout",
            "bullish crossover detection",
        ),
        reference="backtrader CrossUp",
        lookback="1",
    ),
    Kind(
        "condition.crosses_below",
        "Crosses below",
        "the bar on which a series falls through another",
        "True on the one bar where left - right becomes negative after it was last positive "
        "(bars on which both are equal are passed over; a bar on which one is missing starts "
        "anew). Needs one bar more than its series.",
        _sides(history=True),
        signal_output(),
        (_VALUE,),
        aliases=("crossunder", "cross down", "death cross", "bearish crossover detection"),
        reference="backtrader CrossDown",
        lookback="1",
    ),
    Kind(
        "condition.crosses",
        "Crosses",
        "the bar on which a series goes through another, up or down",
        "True on the one bar where left crosses above or below right, as in Crosses above and "
        "Crosses below. Needs one bar more than its series.",
        _sides(history=True),
        signal_output(),
        (_VALUE,),
        aliases=("cross", "crossover", "either way", "zero cross"),
        reference="backtrader CrossOver",
        lookback="1",
    ),
    Kind(
        "condition.rising",
        "Rising",
        "a series that has gone up for n bars in a row",
        "True when each of the last `bars` values is above the one before it.",
        _source(),
        signal_output(),
        (_bars(3, "steps up in a row"),),
        aliases=("going up", "uptrend", "higher", "increasing", "consecutive"),
        formula="x[t] > x[t-1] > ... > x[t-n]",
        lookback="bars",
    ),
    Kind(
        "condition.falling",
        "Falling",
        "a series that has gone down for n bars in a row",
        "True when each of the last `bars` values is below the one before it.",
        _source(),
        signal_output(),
        (_bars(3, "steps down in a row"),),
        aliases=("going down", "downtrend", "lower", "decreasing", "consecutive"),
        formula="x[t] < x[t-1] < ... < x[t-n]",
        lookback="bars",
    ),
    Kind(
        "condition.is_highest",
        "Is highest",
        "a new high of the last n bars",
        "True when none of the last `bars` values, the present one included, is above the "
        "present one. A value equal to an earlier high counts.",
        _source(),
        signal_output(),
        (_bars(20, "values looked at, the present one included", minimum=2),),
        aliases=("new high", "highest", "breakout", "52-week high", "n-bar high"),
        formula="x[t] >= max(x[t-n+1..t])",
        lookback="bars - 1",
    ),
    Kind(
        "condition.is_lowest",
        "Is lowest",
        "a new low of the last n bars",
        "True when none of the last `bars` values, the present one included, is below the "
        "present one. A value equal to an earlier low counts.",
        _source(),
        signal_output(),
        (_bars(20, "values looked at, the present one included", minimum=2),),
        aliases=("new low", "lowest", "breakdown", "52-week low", "n-bar low"),
        formula="x[t] <= min(x[t-n+1..t])",
        lookback="bars - 1",
    ),
    Kind(
        "condition.percent_move",
        "Percent move",
        "a move of at least so many percent in n bars",
        "True when the change of the source over `bars` bars is at least `percent` of the size "
        "it had before: upward, downward, or either way. False if it was 0 before.",
        _source("the series that moves, such as the close"),
        signal_output(),
        (
            Param("percent", "Percent", "float", 5.0, 0.001, 10_000, unit="%"),
            _bars(5, "over so many bars"),
            Param("direction", "Direction", "choice", "up", choices=("up", "down", "either")),
        ),
        aliases=("percent change", "momentum", "gap", "surge", "drop", "move"),
        formula="100 * (x[t] - x[t-n]) / |x[t-n]|",
        lookback="bars",
    ),
    Kind(
        "condition.band_break",
        "Band break",
        "the bar on which a series leaves a band",
        "True when the source is beyond the band now and was not on the bar before: above it, or "
        "below it. At the band is not beyond.",
        (
            Port("source", "series", "Source", "such as the close", gaps=True, history=True),
            Port(
                "band",
                "series",
                "Band",
                "upper, middle or lower line of a band",
                gaps=True,
                history=True,
            ),
        ),
        signal_output(),
        (Param("direction", "Direction", "choice", "above", choices=("above", "below")),),
        aliases=("breakout", "bollinger breakout", "channel break", "band", "breaks"),
        lookback="1",
    ),
    Kind(
        "condition.volatility_threshold",
        "Volatility threshold",
        "returns that scatter more than a limit",
        "True when the standard deviation (of the population) of the last `period` returns from "
        "bar to bar is above `percent`. A return from 0 counts as 0.",
        _source("such as the close"),
        signal_output(),
        (
            period_param(20),
            Param("percent", "Percent", "float", 5.0, 0.0001, 1_000, unit="%"),
        ),
        aliases=("volatility", "volatile", "standard deviation of returns", "threshold"),
        formula="stdev((x[t] - x[t-1]) / x[t-1], n) > percent / 100",
        reference="historical volatility, not annualised",
        lookback="period",
    ),
    Kind(
        "condition.volume_spike",
        "Volume spike",
        "far more volume than usual",
        "True when the source is above `multiple` times the average of the `period` values "
        "before it. The present one is not in the average.",
        _source("the volume"),
        signal_output(),
        (
            period_param(20),
            Param("multiple", "Multiple", "float", 2.0, 0.01, 1_000, help="times the average"),
        ),
        aliases=("volume surge", "unusual volume", "high volume", "relative volume"),
        formula="x[t] > multiple * mean(x[t-n..t-1])",
        lookback="period",
    ),
    Kind(
        "condition.divergence",
        "Divergence",
        "price and oscillator that disagree at two swings in a row",
        "Bullish: the price makes a lower swing low and the oscillator a higher value than at the "
        "swing low before; bearish: a higher swing high with a lower value. A swing low is a bar "
        "whose price is below those of the `swing_bars` bars before it and not above those of the "
        "`swing_bars` bars after it; a swing high the other way round. It is known, and the signal "
        "true, only on the last of those bars. Each swing is compared with the one before, if "
        "they are at most `max_bars` apart.",
        (
            Port("price", "series", "Price", "such as the close", history=True),
            Port("oscillator", "series", "Oscillator", "such as the RSI", history=True),
        ),
        signal_output(),
        (
            Param("direction", "Direction", "choice", "bullish", choices=("bullish", "bearish")),
            Param("swing_bars", "Swing", "int", 3, 1, 500, unit="bars", help="on each side"),
            Param("max_bars", "At most apart", "int", 60, 1, 5_000, unit="bars"),
        ),
        aliases=("bullish divergence", "bearish divergence", "RSI divergence", "swing"),
        reference="regular divergence as in John Murphy, Technical Analysis of the Financial "
        "Markets, 1999, with swings confirmed by the bars after them",
        lookback="2 * swing_bars",
    ),
    Kind(
        "condition.expression",
        "Expression",
        "a condition written as text",
        "The condition that the text says, exactly as the nodes it stands for: prices, the inputs "
        "a to d, numbers, + - * /, > >= < <=, and, or, not, functions such as sma(close, 20), "
        "outputs such as macd(close).signal, and close[1] for the close one bar ago.",
        expression_inputs(),
        signal_output(),
        (
            Param(
                "text",
                "Text",
                "text",
                "close > sma(close, 20)",
                help="such as close > highest(high, 20)[1] and volume > 2 * sma(volume, 20)",
            ),
        ),
        aliases=("formula", "text", "code", "custom", "script", "rule"),
    ),
)
