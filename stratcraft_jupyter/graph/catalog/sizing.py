"""Sizing: how many shares an entry orders. Always whole shares, rounded down."""

from stratcraft_jupyter.graph.catalog.base import Kind, Param, Port

_SIZE = (Port("size", "size", "Size"),)
_AT_MOST = Param("max_percent", "At most", "float", 95.0, 0.01, 100, unit="%", help="of equity")

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
            _AT_MOST,
        ),
        aliases=("risk percent", "fixed fractional", "1% risk", "position size"),
        formula="floor(min(equity * percent / 100 / distance, equity * max_percent / 100 / close))",
        reference="fixed fractional sizing: Ralph Vince, Portfolio Management Formulas, 1990",
    ),
    Kind(
        "sizing.atr_risk",
        "Risk by distance",
        "lose the same share of the account when the price moves by a multiple of ATR",
        "Orders so many whole shares that a move of `multiple` times the Distance series (on the "
        "close on which the entry is decided) loses `percent` of equity, but never more than "
        "`max_percent` of equity buys. It needs no stop. Nothing is ordered while the distance or "
        "equity is not above zero.",
        (Port("distance", "series", "Distance", "price distance, such as an ATR"),),
        _SIZE,
        (
            Param("percent", "Risk", "float", 1.0, 0.01, 100, unit="%", help="equity at risk"),
            Param("multiple", "Multiple", "float", 2.0, 0.01, 100.0, help="times the distance"),
            _AT_MOST,
        ),
        aliases=("ATR sizing", "ATR risk", "volatility sizing", "turtle unit", "N"),
        formula="floor(min(equity * percent / 100 / (multiple * distance), "
        "equity * max_percent / 100 / close))",
        reference="the Turtles' unit: Curtis Faith, Way of the Turtle, 2007",
    ),
    Kind(
        "sizing.volatility_target",
        "Volatility target",
        "larger positions in calm markets, smaller ones in wild markets",
        "Orders as many whole shares as `target` divided by the yearly volatility, times equity, "
        "buys at the close; never more than `max_percent` of equity. The volatility is the "
        "population standard deviation of the last `period` changes of the close in percent, times "
        "the square root of `bars_per_year`. While it is zero, `max_percent` counts.",
        (),
        _SIZE,
        (
            Param("target", "Target", "float", 15.0, 0.1, 500, unit="% a year"),
            Param("period", "Period", "int", 20, 2, 5_000, unit="bars"),
            Param("bars_per_year", "Bars a year", "int", 252, 1, 1_000_000, unit="bars"),
            _AT_MOST,
        ),
        aliases=("vol target", "volatility targeting", "inverse volatility", "risk parity"),
        formula="floor(equity * min(target / volatility, max_percent / 100) / close)",
        reference="Robert Carver, Systematic Trading, 2015",
        lookback="period",
    ),
    Kind(
        "sizing.kelly",
        "Capped Kelly",
        "bet by how well the last trades went",
        "Kelly's share is W - (1 - W) / R over the last `trades` closed trades: W is the part that "
        "won, R the mean win divided by the mean loss (both after commission). Orders as many "
        "whole shares as `fraction` times that share of equity buys at the close, but never more "
        "than `max_percent`; nothing while the share is not above zero. Without any loss the share "
        "is W. Until `trades` trades are closed, `start_percent` of equity counts.",
        (),
        _SIZE,
        (
            Param("fraction", "Fraction", "float", 0.5, 0.01, 1.0, help="0.5 is half Kelly"),
            Param("trades", "Trades", "int", 20, 2, 1_000, unit="trades"),
            Param("start_percent", "At first", "float", 10.0, 0.01, 100, unit="%"),
            _AT_MOST,
        ),
        aliases=("Kelly criterion", "half Kelly", "optimal f"),
        formula="floor(equity * min(fraction * (W - (1 - W) / R), max_percent / 100) / close)",
        reference="J. L. Kelly, A New Interpretation of Information Rate, 1956",
    ),
    Kind(
        "sizing.confidence",
        "Confidence weighted",
        "shares for a share of the account that a series scales",
        "Orders as many whole shares as `percent` of equity times the Confidence series buys at "
        "the close on which the entry is decided. Confidence below 0 or missing counts as 0, above "
        "1 as 1.",
        (Port("confidence", "series", "Confidence", "from 0, nothing, to 1, all", gaps=True),),
        _SIZE,
        (Param("percent", "Percent", "float", 95.0, 0.01, 100, unit="%", help="of equity at 1"),),
        aliases=("conviction", "score", "signal strength"),
        formula="floor(equity * percent / 100 * confidence / close)",
    ),
)
