"""Actions: entries, exits, and how several entries are chosen among."""

from stratcraft_jupyter.graph.catalog.base import Kind, Param, Port

_WHEN = Port("when", "signal", "When", "the condition that triggers it")
_REGIME = Port("regime", "signal", "Regime", "the market it is meant for", required=False)
_FILTER = Port("filter", "signal", "Filter", "what must be true as well", required=False)
_CONFIRM = Port(
    "confirm", "signal", "Confirm", "what must be true on a later close", required=False
)
_SIZE = Port("size", "size", "Size", "how much to order", required=False)
_RESTING = ("order_type", ("limit", "stop", "stop_limit"))
_PRICE = Port(
    "price",
    "series",
    "Price",
    "where a limit or stop order waits, in place of the close",
    required=False,
    when_choice=_RESTING,
)
_DISTANCE = Port(
    "distance",
    "series",
    "Distance",
    "distance of the order's price, such as an ATR",
    required=False,
    when_choice=_RESTING,
)
_ORDER = (Port("order", "order", "Order", "this entry, for stops and its own exits"),)
_ENTRY_PARAMS = (
    Param(
        "order_type",
        "Order",
        "choice",
        "market",
        choices=("market", "limit", "stop", "stop_limit"),
        help="market fills at the next open; the others wait for their price",
    ),
    Param(
        "offset_percent",
        "Offset",
        "float",
        0.0,
        0.0,
        50.0,
        unit="%",
        help="the order waits so far away: lower for a limit that buys, higher for a stop",
        unless_connected="distance",
        when_choice=_RESTING,
    ),
    Param(
        "offset_multiple",
        "Offset multiple",
        "float",
        1.0,
        0.0,
        100.0,
        help="times the connected distance",
        when_connected="distance",
        when_choice=_RESTING,
    ),
    Param(
        "limit_percent",
        "Limit",
        "float",
        0.5,
        0.0,
        50.0,
        unit="%",
        help="how much worse than its stop price a stop-limit order may fill",
        when_choice=("order_type", ("stop_limit",)),
    ),
    Param(
        "expiry_bars",
        "Expires after",
        "int",
        1,
        0,
        5_000,
        unit="bars",
        help="how long the order waits; 0 until it is cancelled",
        when_choice=_RESTING,
    ),
    Param(
        "confirm_bars",
        "Confirm within",
        "int",
        1,
        1,
        5_000,
        unit="bars",
        help="how many closes later the confirmation may come",
        when_connected="confirm",
    ),
    Param(
        "max_entries",
        "Entries at most",
        "int",
        1,
        1,
        50,
        help="more than 1 adds to the position on later signals (pyramiding)",
    ),
    Param("priority", "Priority", "int", 1, 1, 1_000, help="1 is looked at first"),
    Param("weight", "Weight", "float", 1.0, 0.0, 1_000.0, help="counts in Choice of entries"),
)
_ENTRY_INPUTS = (_WHEN, _REGIME, _FILTER, _CONFIRM, _SIZE, _PRICE, _DISTANCE)
_EXIT_INPUTS = (
    _WHEN,
    Port(
        "entry",
        "order",
        "Entry",
        "only positions that these entries opened",
        required=False,
        multiple=True,
    ),
)
_EXIT_PARAMS = (
    Param("percent", "Percent", "float", 100.0, 0.01, 100.0, unit="%", help="of the position"),
)
_RESTING_ORDER = (
    " A limit, stop or stop-limit order waits at Price (the close, if nothing is connected), "
    "Offset away from it, until it fills, expires, or an exit of its side is true."
)

KINDS = (
    Kind(
        "action.enter_long",
        "Enter long",
        "buy, to gain when the price rises",
        "When the bar closes, no position is open (or a short one is being closed on this bar) "
        "and When, Regime and Filter are true: orders a buy. With Confirm, it orders when Confirm "
        "is true on a later close; `confirm_bars` says how many closes later at most. A market "
        "order fills at the next open." + _RESTING_ORDER,
        _ENTRY_INPUTS,
        _ORDER,
        _ENTRY_PARAMS,
        aliases=("buy", "long entry", "open long", "limit order", "pyramiding", "branch"),
    ),
    Kind(
        "action.enter_short",
        "Enter short",
        "sell borrowed shares, to gain when the price falls",
        "When the bar closes, no position is open (or a long one is being closed on this bar) "
        "and When, Regime and Filter are true: orders a sale. With Confirm, it orders when Confirm "
        "is true on a later close; `confirm_bars` says how many closes later at most. A market "
        "order fills at the next open. When a long entry is taken on the same bar, the short one "
        "is not." + _RESTING_ORDER,
        _ENTRY_INPUTS,
        _ORDER,
        _ENTRY_PARAMS,
        aliases=("sell short", "short entry", "open short", "limit order", "pyramiding", "branch"),
    ),
    Kind(
        "action.exit_long",
        "Exit long",
        "sell the long position, or part of it",
        "If a long position is open when the bar closes and the signal is true: orders the sale "
        "of `percent` of its shares (rounded down) at the market, filled at the next open. With "
        "100 % its stop and target are cancelled. With Entry connected, only of positions that "
        "those entries opened.",
        _EXIT_INPUTS,
        params=_EXIT_PARAMS,
        aliases=("sell", "close long", "long exit", "partial exit", "scale out"),
    ),
    Kind(
        "action.exit_short",
        "Exit short",
        "buy back the short position, or part of it",
        "If a short position is open when the bar closes and the signal is true: orders the buy "
        "back of `percent` of its shares (rounded down) at the market, filled at the next open. "
        "With 100 % its stop and target are cancelled. With Entry connected, only of positions "
        "that those entries opened.",
        _EXIT_INPUTS,
        params=_EXIT_PARAMS,
        aliases=("cover", "close short", "short exit", "partial exit", "scale out"),
    ),
    Kind(
        "action.reverse",
        "Reverse",
        "turn a long position into a short one, or the other way round",
        "If a position is open when the bar closes and the signal is true: orders its closing "
        "and, at once, an entry of the other side at the market. Does nothing while no position "
        "is open.",
        (_WHEN, _SIZE),
        _ORDER,
        (_ENTRY_PARAMS[-2], _ENTRY_PARAMS[-1]),
        aliases=("stop and reverse", "flip", "SAR"),
    ),
    Kind(
        "action.choice",
        "Choice of entries",
        "which entry is taken when several are true",
        "first_match: the one with the lowest priority number; among equals long before short, "
        "then by id. priority: the same, and an entry of the other side with a lower number than "
        "that of the open position closes it and turns. vote: a side is entered when at least "
        "`votes` of its entries are true; the first of them in that order is taken. weight: the "
        "weights of the true long entries minus those of the true short ones; long at `threshold` "
        "or above, short at minus `threshold` or below. Without this node: first_match.",
        params=(
            Param(
                "mode",
                "Mode",
                "choice",
                "first_match",
                choices=("first_match", "priority", "vote", "weight"),
            ),
            Param("votes", "Votes", "int", 2, 1, 1_000, when_choice=("mode", ("vote",))),
            Param(
                "threshold", "Threshold", "float", 1.0, 0.0, 1e6, when_choice=("mode", ("weight",))
            ),
        ),
        aliases=("combine", "vote", "weight", "priority", "ensemble", "branches"),
    ),
)
