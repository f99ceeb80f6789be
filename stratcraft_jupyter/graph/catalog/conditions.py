"""Conditions: what turns numbers into true or false."""

from stratcraft_jupyter.graph.catalog.base import Kind, Param, Port, signal_output

_SIDES = (
    Port("left", "series", "Left", "the series that is looked at"),
    Port("right", "series", "Right", "the series it is held against", required=False),
)
_VALUE = Param(
    "value",
    "Value",
    "float",
    0.0,
    -1e12,
    1e12,
    help="number used while Right is not connected",
    unless_connected="right",
)

KINDS = (
    Kind(
        "condition.compare",
        "Compare",
        "a series against another or a number",
        "True on every bar where the left value stands in the chosen relation to the right one. "
        "False while either is missing.",
        _SIDES,
        signal_output(),
        (
            Param("operator", "Is", "choice", ">", choices=(">", ">=", "<", "<=")),
            _VALUE,
        ),
        aliases=("above", "below", "greater", "less", "threshold", ">", "<", "if"),
    ),
    Kind(
        "condition.crosses_above",
        "Crosses above",
        "the bar on which a series rises through another",
        "True on the one bar where left - right becomes positive after it was last negative "
        "(bars on which both are equal are passed over). Needs one bar more than its series.",
        _SIDES,
        signal_output(),
        (_VALUE,),
        aliases=("crossover", "cross up", "golden cross", "bullish cross"),
        reference="backtrader CrossUp",
    ),
    Kind(
        "condition.crosses_below",
        "Crosses below",
        "the bar on which a series falls through another",
        "True on the one bar where left - right becomes negative after it was last positive "
        "(bars on which both are equal are passed over). Needs one bar more than its series.",
        _SIDES,
        signal_output(),
        (_VALUE,),
        aliases=("crossunder", "cross down", "death cross", "bearish cross"),
        reference="backtrader CrossDown",
    ),
)
