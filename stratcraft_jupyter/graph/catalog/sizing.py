"""Sizing: how many shares an entry orders. Always whole shares, rounded down."""

from stratcraft_jupyter.graph.catalog.base import Kind, Param, Port

_SIZE = (Port("size", "size", "Size"),)

KINDS = (
    Kind(
        "sizing.fixed_shares",
        "Fixed shares",
        "the same number of shares every time",
        "Orders `shares` shares.",
        outputs=_SIZE,
        params=(Param("shares", "Shares", "int", 100, 1, 10**9, unit="shares"),),
        aliases=("fixed size", "lot"),
    ),
    Kind(
        "sizing.fixed_cash",
        "Fixed cash",
        "shares for the same amount of money every time",
        "Orders as many whole shares as `cash` buys at the close on which the entry is decided.",
        outputs=_SIZE,
        params=(Param("cash", "Cash", "float", 10_000.0, 0.01, 1e12, unit="cash"),),
        aliases=("dollar amount", "fixed amount"),
        formula="floor(cash / close)",
    ),
    Kind(
        "sizing.percent_of_equity",
        "Percent of equity",
        "shares for a share of the account",
        "Orders as many whole shares as `percent` of equity (cash and open position at the close "
        "on which the entry is decided) buys at that close. Keep a few percent back: an order "
        "that the cash cannot pay at the next open is refused. Nothing is ordered while equity is "
        "not above zero.",
        outputs=_SIZE,
        params=(Param("percent", "Percent", "float", 95.0, 0.01, 100, unit="%"),),
        aliases=("percent sizer", "position size", "all in"),
        formula="floor(equity * percent / 100 / close)",
    ),
    Kind(
        "sizing.risk",
        "Percent risk to the stop",
        "lose the same share of the account at every stop",
        "Orders so many whole shares that a fill at the close and an exit at the entry's stop "
        "loses `percent` of equity, but never more than `max_percent` of equity buys. With "
        "several stops the nearest counts. Nothing is ordered while that distance or equity is not "
        "above zero. Without a stop the strategy is refused.",
        outputs=_SIZE,
        params=(
            Param("percent", "Risk", "float", 1.0, 0.01, 100, unit="%", help="equity at risk"),
            Param("max_percent", "At most", "float", 95.0, 0.01, 100, unit="%", help="of equity"),
        ),
        aliases=("risk percent", "fixed fractional", "1% risk", "position size"),
        formula="floor(min(equity * percent / 100 / distance, equity * max_percent / 100 / close))",
        reference="fixed fractional sizing: Ralph Vince, Portfolio Management Formulas, 1990",
    ),
)
