"""Risk: what protects an open position."""

from stratcraft_jupyter.graph.catalog.base import Kind, Param, Port

_INPUTS = (
    Port("entry", "order", "Entry", "the entries it protects", multiple=True),
    Port("distance", "series", "Distance", "price distance, such as an ATR", required=False),
)
_PERCENT = Param(
    "percent",
    "Percent",
    "float",
    5.0,
    0.01,
    99.0,
    unit="%",
    help="distance while Distance is not connected",
    unless_connected="distance",
)
_MULTIPLE = Param(
    "multiple",
    "Multiple",
    "float",
    2.0,
    0.01,
    100.0,
    help="times the connected distance",
    when_connected="distance",
)

KINDS = (
    Kind(
        "risk.stop_loss",
        "Stop loss",
        "closes a position that has lost too much",
        "A stop order for the whole position. Its price is the fill price minus the distance (plus "
        "it, for a short): `percent` of the fill price, or `multiple` times the Distance series on "
        "the bar on which the entry was decided. It is placed on the close of the bar on which the "
        "entry filled, works from the next bar on, and fills at its price, or at the open if the "
        "bar opens beyond it. Of several stops on one entry, the nearest price holds.",
        _INPUTS,
        params=(_PERCENT, _MULTIPLE),
        formula="fill * (100 -+ percent) / 100, or fill -+ multiple * distance",
        aliases=("SL", "stop", "protective stop", "ATR stop", "hard stop"),
    ),
    Kind(
        "risk.trailing_stop",
        "Trailing stop",
        "a stop that follows the price and never moves back",
        "A stop order for the whole position. On every close from the bar of the fill on, its "
        "price becomes the close minus the distance (plus it, for a short) if that is nearer "
        "than where it stands: `percent` of the close, or `multiple` times the Distance series "
        "on that bar. It works from the next bar on, and fills at its price, or at the open if "
        "the bar opens beyond it. Of several stops on one entry, the nearest price holds.",
        _INPUTS,
        params=(_PERCENT, _MULTIPLE),
        formula="nearest so far of close * (100 -+ percent) / 100, or close -+ multiple * distance",
        aliases=("trail", "ATR trailing stop", "chandelier", "follow"),
    ),
)
