"""Risk: orders and time limits that protect an open position."""

from typing import Literal

from stratcraft_jupyter.graph.catalog.base import Kind, Param, Port

_ENTRY = Port("entry", "order", "Entry", "the entries it protects", multiple=True)
_DISTANCE = Port("distance", "series", "Distance", "price distance, such as an ATR", required=False)
_INPUTS = (_ENTRY, _DISTANCE)


def _percent(
    default: float,
    reach: Literal["against", "along"],
    title: str = "Percent",
    name: str = "percent",
) -> Param:
    """A distance from the entry in percent, while no series is connected."""
    return Param(
        name,
        title,
        "float",
        default,
        0.01,
        99.0 if (name, reach) == ("percent", "against") else 1_000.0,
        unit="%",
        help="distance while Distance is not connected",
        unless_connected="distance",
        reach=reach,
    )


def _multiple(default: float, title: str = "Multiple", name: str = "multiple") -> Param:
    """The same as a multiple of the connected series."""
    return Param(
        name,
        title,
        "float",
        default,
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
        params=(_percent(5.0, "against"), _multiple(2.0)),
        formula="fill * (100 -+ percent) / 100, or fill -+ multiple * distance",
        aliases=("SL", "stop", "protective stop", "ATR stop", "hard stop"),
    ),
    Kind(
        "risk.trailing_stop",
        "Trailing stop",
        "a stop that follows the price and never moves back",
        "A stop order for the whole position. On every close from the bar of the fill on, its "
        "price becomes the anchor minus the distance (plus it, for a short) if that is nearer "
        "than where it stands: `percent` of the anchor, or `multiple` times the Distance series "
        "on that bar. The anchor is the close, or the highest high since the fill (lowest low, for "
        "a short). It works from the next bar on, and fills at its price, or at the open if "
        "the bar opens beyond it. Of several stops on one entry, the nearest price holds.",
        _INPUTS,
        params=(
            _percent(5.0, "against"),
            _multiple(2.0),
            Param(
                "anchor",
                "From",
                "choice",
                "close",
                choices=("close", "extreme"),
                help="extreme is the highest high since the fill: a chandelier stop",
            ),
        ),
        formula="nearest so far of anchor * (100 -+ percent) / 100, or anchor -+ multiple * "
        "distance",
        aliases=("trail", "ATR trailing stop", "chandelier", "chandelier stop", "follow"),
        reference="chandelier stop: Chuck LeBeau, 1990s",
    ),
    Kind(
        "risk.break_even",
        "Break-even stop",
        "moves the stop to the entry price once the trade is far enough ahead",
        "On the first close that is at least the trigger better than the average entry price "
        "(`trigger_percent` of it, or `trigger_multiple` times the Distance series on that bar), a "
        "stop is placed at the entry price plus `offset_percent` of it (minus, for a short), if "
        "that is nearer than the stop there is. It stays until the position ends.",
        _INPUTS,
        params=(
            _percent(5.0, "along", "Trigger", "trigger_percent"),
            _multiple(2.0, "Trigger multiple", "trigger_multiple"),
            Param("offset_percent", "Offset", "float", 0.0, 0.0, 50.0, unit="%"),
        ),
        aliases=("breakeven", "move stop to entry", "BE stop"),
    ),
    Kind(
        "risk.take_profit",
        "Take profit",
        "closes a position that has gained enough",
        "A limit order for the whole position at the average entry price plus the distance (minus "
        "it, for a short): `percent` of that price, or `multiple` times the Distance series on the "
        "bar on which the entry was decided. It is placed with the stops and works from the next "
        "bar on. It fills at its price, or at the open if the bar opens beyond it. If stop and "
        "target can both fill within a bar, the stop does. Of several targets on one entry, the "
        "nearest holds.",
        _INPUTS,
        params=(_percent(10.0, "along"), _multiple(3.0)),
        formula="fill * (100 +- percent) / 100, or fill +- multiple * distance",
        aliases=("TP", "profit target", "target", "limit exit"),
    ),
    Kind(
        "risk.bracket",
        "Bracket",
        "stop loss and take profit in one",
        "A Stop loss and a Take profit as described there; when one fills, the other is cancelled.",
        _INPUTS,
        params=(
            _percent(5.0, "against", "Stop", "stop_percent"),
            _percent(10.0, "along", "Target", "target_percent"),
            _multiple(2.0, "Stop multiple", "stop_multiple"),
            _multiple(4.0, "Target multiple", "target_multiple"),
        ),
        aliases=("OCO", "bracket order", "stop and target", "risk reward"),
    ),
    Kind(
        "risk.time_limit",
        "Time limit",
        "ends a position that has been held for too long",
        "Counts from the fill of the first entry: 0 on the close of its bar. On a close on which "
        "the count (in bars, or in hours between the time stamps of the bars) is `limit` or more, "
        "the position is closed at the market. With a decay it shrinks until then: on every close "
        "it is cut to its largest size times 1 - count / limit (linear) or times 0.05 to the power "
        "of count / limit (exponential), rounded up to whole shares. Without Entry it counts for "
        "every position.",
        (
            Port(
                "entry",
                "order",
                "Entry",
                "only positions that these entries opened",
                required=False,
                multiple=True,
            ),
        ),
        params=(
            Param("limit", "At most", "int", 48, 1, 1_000_000),
            Param("unit", "Unit", "choice", "bars", choices=("bars", "hours")),
            Param(
                "decay",
                "Decay",
                "choice",
                "none",
                choices=("none", "linear", "exponential"),
                help="how the position shrinks until then",
            ),
        ),
        aliases=("time stop", "max holding", "holding period", "time exit", "decay"),
    ),
)
