"""The open position, as conditions see it."""

from stratcraft_jupyter.graph.catalog.base import Kind, Port

KINDS = (
    Kind(
        "data.position",
        "Position",
        "the open position: its side, its age and what it has gained",
        "The position as it stands when the bar closes. `bars` counts from the bar on which its "
        "first entry filled, which is 0. `gain` is how far the close is from the average entry "
        "price in the direction of the position, and `profit` the same in percent of that price; "
        "commission is not counted. All three are 0 without a position. They are known only "
        "now: nothing that looks back over bars takes them.",
        outputs=(
            Port("is_open", "signal", "Is open", "whether there is a position"),
            Port("is_long", "signal", "Is long", "whether it gains when the price rises"),
            Port("is_short", "signal", "Is short", "whether it gains when the price falls"),
            Port("bars", "series", "Bars held", "bars since the first entry filled", minimum=0),
            Port("profit", "series", "Profit", "gain in percent of the average entry price"),
            Port("gain", "series", "Gain", "gain as a price distance, such as for an ATR"),
        ),
        aliases=(
            *("in position", "open position", "bars since entry", "unrealized profit"),
            *("profit", "holding time", "entry price", "P&L"),
        ),
        formula="profit = 100 * gain / entry price",
    ),
)
