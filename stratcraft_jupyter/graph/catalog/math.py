"""Arithmetic on series."""

from stratcraft_jupyter.graph.catalog.base import (
    Kind,
    Param,
    Port,
    expression_inputs,
    period_param,
    value_output,
)


def _left(help: str) -> Port:
    return Port("left", "series", "Left", help, gaps=True)


def _right(help: str, *, multiple: bool = False) -> Port:
    return Port("right", "series", "Right", help, required=False, multiple=multiple, gaps=True)


def _value(default: float) -> Param:
    return Param(
        "value",
        "Value",
        "float",
        default,
        -1e12,
        1e12,
        help="number used while Right is not connected",
        unless_connected="right",
    )


def _source(help: str) -> tuple[Port, ...]:
    return (Port("source", "series", "Source", help, history=True),)


_ANY = (
    Port("left", "series", "Left", "the first series"),
    Port("right", "series", "Right", "any number of others", required=False, multiple=True),
)

KINDS = (
    Kind(
        "math.constant",
        "Constant",
        "one number on every bar",
        "The same number on every bar.",
        (),
        value_output(),
        (Param("value", "Value", "float", 0.0, -1e12, 1e12),),
        aliases=("number", "level", "threshold"),
    ),
    Kind(
        "math.shift",
        "Earlier value",
        "a series as it was n bars ago",
        "The source as it was some of its own bars before the present one; `bars` says how many.",
        _source("the series looked back at"),
        value_output(within_input=True),
        (Param("bars", "Bars ago", "int", 1, 1, 5_000, unit="bars"),),
        aliases=(
            "previous",
            "lag",
            "delay",
            "shift",
            "ago",
            "yesterday",
            "bar before",
            "previous bar",
            "last bar",
        ),
        formula="x[t-n]",
        lookback="bars",
    ),
    Kind(
        "math.add",
        "Add",
        "the sum of series, or of a series and a number",
        "Left plus every connected right series, in the order of the edges in the document; plus "
        "`value` if none is.",
        (_left("the first summand"), _right("any number of others", multiple=True)),
        value_output("Sum"),
        (_value(0.0),),
        aliases=("plus", "+", "sum", "offset", "total"),
        formula="left + right + ...",
    ),
    Kind(
        "math.subtract",
        "Subtract",
        "the difference of two series, such as a spread",
        "Left minus right; minus `value` if right is not connected.",
        (_left("what is subtracted from"), _right("what is subtracted")),
        value_output("Difference"),
        (_value(0.0),),
        aliases=("minus", "-", "spread", "distance", "less"),
        formula="left - right",
    ),
    Kind(
        "math.multiply",
        "Multiply",
        "the product of series, or of a series and a number",
        "Left times every connected right series, in the order of the edges in the document; "
        "times `value` if none is.",
        (_left("the first factor"), _right("any number of others", multiple=True)),
        value_output("Product"),
        (_value(1.0),),
        aliases=("times", "*", "x", "scale", "factor"),
        formula="left * right * ...",
    ),
    Kind(
        "math.divide",
        "Divide",
        "the ratio of two series",
        "Left divided by right, or by `value` if right is not connected. On bars on which the "
        "right series is 0 it is `when_zero`.",
        (_left("what is divided"), _right("what it is divided by")),
        value_output("Ratio"),
        (
            _value(1.0),
            Param(
                "when_zero",
                "When zero",
                "float",
                0.0,
                -1e12,
                1e12,
                help="result on bars on which the right series is 0",
                when_connected="right",
            ),
        ),
        aliases=("/", "÷", "ratio", "quotient", "relative strength ratio", "pair ratio"),
        formula="left / right",
        reference="backtrader DivByZero",
    ),
    Kind(
        "math.absolute",
        "Absolute value",
        "a series without its sign",
        "The source, or minus the source where that is below 0.",
        (Port("source", "series", "Source", "the series whose sign is dropped", gaps=True),),
        value_output(minimum=0),
        aliases=("abs", "magnitude", "size"),
        formula="|x|",
    ),
    Kind(
        "math.minimum",
        "Smaller of",
        "the smallest of several series on the same bar",
        "The smallest of left and all connected right series on the bar; of left and `value` if "
        "no right one is. Looking back over bars is Lowest value.",
        _ANY,
        value_output(),
        (_value(0.0),),
        aliases=("min", "minimum", "smallest", "least", "cap", "at most"),
        formula="min(left, right, ...)",
    ),
    Kind(
        "math.maximum",
        "Larger of",
        "the largest of several series on the same bar",
        "The largest of left and all connected right series on the bar; of left and `value` if "
        "no right one is. Looking back over bars is Highest value.",
        _ANY,
        value_output(),
        (_value(0.0),),
        aliases=("max", "maximum", "largest", "greatest", "floor", "at least"),
        formula="max(left, right, ...)",
    ),
    Kind(
        "math.change",
        "Change",
        "how far a series has moved in n bars",
        "The value now minus the value `bars` bars before, in the units of the source. In percent "
        "it is Percentage change.",
        _source("the series that moves"),
        value_output(),
        (Param("bars", "Bars", "int", 1, 1, 5_000, unit="bars"),),
        aliases=("difference", "delta", "momentum", "move", "absolute change"),
        formula="x[t] - x[t-n]",
        lookback="bars",
    ),
    Kind(
        "math.z_score",
        "Z-score",
        "how many standard deviations a value is from its average",
        "The value minus the mean of the last `period` values, divided by their standard deviation "
        "(of the population, divided by n); the present value is among them. It is 0 when they "
        "are all the same.",
        _source("the series that is normalised"),
        value_output(),
        (period_param(20),),
        aliases=("zscore", "standard score", "normalise", "normalize", "standardise"),
        formula="(x - mean(x, n)) / stdev(x, n)",
        reference="standard score of statistics",
        lookback="period - 1",
    ),
    Kind(
        "math.expression",
        "Formula",
        "a series written as text",
        "The series that the text says, exactly as the nodes it stands for: prices, the inputs a "
        "to d, numbers, + - * /, functions such as sma(close, 20), outputs such as "
        "macd(close).signal, and close[1] for the close one bar ago.",
        expression_inputs(),
        value_output(),
        (
            Param(
                "text",
                "Text",
                "text",
                "(high + low) / 2",
                help="such as (close - sma(close, 20)) / atr(14)",
            ),
        ),
        aliases=("expression", "text", "code", "custom", "script", "calculation"),
    ),
)
