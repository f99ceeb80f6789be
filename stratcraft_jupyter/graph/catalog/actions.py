"""Actions: entries and exits."""

from stratcraft_jupyter.graph.catalog.base import Kind, Port

_WHEN = Port("when", "signal", "When", "the condition that triggers it")
_SIZE = Port("size", "size", "Size", "how much to order", required=False)
_ORDER = (Port("order", "order", "Order", "this entry, for stops"),)

KINDS = (
    Kind(
        "action.enter_long",
        "Enter long",
        "buy, to gain when the price rises",
        "If no position is open when the bar closes, or a short one is being closed on this bar, "
        "and the signal is true: orders a buy at the market, filled at the next open.",
        (_WHEN, _SIZE),
        _ORDER,
        aliases=("buy", "long entry", "open long"),
    ),
    Kind(
        "action.enter_short",
        "Enter short",
        "sell borrowed shares, to gain when the price falls",
        "If no position is open when the bar closes, or a long one is being closed on this bar, "
        "and the signal is true: orders a sale at the market, filled at the next open. When a "
        "long entry is taken on the same bar, the short one is not.",
        (_WHEN, _SIZE),
        _ORDER,
        aliases=("sell short", "short entry", "open short"),
    ),
    Kind(
        "action.exit_long",
        "Exit long",
        "sell the whole long position",
        "If a long position is open when the bar closes and the signal is true: cancels its "
        "stop and orders its sale at the market, filled at the next open.",
        (_WHEN,),
        aliases=("sell", "close long", "long exit"),
    ),
    Kind(
        "action.exit_short",
        "Exit short",
        "buy back the whole short position",
        "If a short position is open when the bar closes and the signal is true: cancels its "
        "stop and orders the buy back at the market, filled at the next open.",
        (_WHEN,),
        aliases=("cover", "close short", "short exit"),
    ),
)
