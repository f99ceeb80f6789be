"""Kinds that bring market data into a strategy."""

from stratcraft_jupyter.graph.catalog.base import Kind, Param, Port

TIMEFRAMES = ("1m", "5m", "15m", "30m", "1h", "2h", "4h", "1d", "1w", "1M")
"""Every timeframe, the finest first."""


def _prices(whose: str) -> tuple[Port, ...]:
    return (
        Port("bars", "bars", "Bars", "whole bars, for indicators that need them"),
        Port("open", "series", "Open", f"first price of the {whose}", minimum=0),
        Port(
            "high",
            "series",
            "High",
            f"highest price of the {whose}",
            minimum=0,
            never_below=("open", "low", "close"),
        ),
        Port(
            "low",
            "series",
            "Low",
            f"lowest price of the {whose}",
            minimum=0,
            never_above=("open", "high", "close"),
        ),
        Port("close", "series", "Close", f"last price of the {whose}", minimum=0),
        Port("volume", "series", "Volume", f"shares traded during the {whose}", minimum=0),
    )


KINDS = (
    Kind(
        "data.bars",
        "Bars",
        "prices and volume of the traded symbol",
        "The bars the strategy runs on. Each line has its value once the bar has closed.",
        outputs=_prices("bar"),
        aliases=("price", "ohlcv", "data", "feed", "candles", "symbol"),
    ),
    Kind(
        "data.timeframe",
        "Timeframe",
        "the same bars in a coarser timeframe",
        "The bars merged into calendar periods: weeks from Monday, calendar months, days, hours "
        "and minutes counted from midnight. A period becomes known on the first of the "
        "strategy's bars of the next period, and stands until the one after is known.",
        (Port("bars", "bars", "Bars", "the strategy's bars, or those of another symbol"),),
        _prices("period"),
        (
            Param(
                "timeframe",
                "Timeframe",
                "choice",
                "1w",
                choices=TIMEFRAMES,
                help="length of a period, longer than the strategy's bars",
            ),
        ),
        aliases=("weekly", "monthly", "daily", "hourly", "resample", "multi-timeframe", "higher"),
    ),
    Kind(
        "data.symbol",
        "Symbol",
        "prices and volume of another symbol, to read but not to trade",
        "Bars of another symbol, in the timeframe of the strategy's bars. On each of the "
        "strategy's bars it shows its latest bar that is not later.",
        outputs=_prices("bar"),
        params=(
            Param("symbol", "Symbol", "text", "MSFT", help="name of the symbol, as in its source"),
        ),
        aliases=("ticker", "second", "index", "benchmark", "pair", "other", "market"),
    ),
)
