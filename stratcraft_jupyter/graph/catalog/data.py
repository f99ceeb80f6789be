"""Kinds that bring market data into a strategy."""

from stratcraft_jupyter.graph.catalog.base import Kind, Port

KINDS = (
    Kind(
        "data.bars",
        "Bars",
        "prices and volume of the traded symbol",
        "The bars the strategy runs on. Each line has its value once the bar has closed.",
        outputs=(
            Port("bars", "bars", "Bars", "whole bars, for indicators that need them"),
            Port("open", "series", "Open", "first price of the bar"),
            Port("high", "series", "High", "highest price of the bar"),
            Port("low", "series", "Low", "lowest price of the bar"),
            Port("close", "series", "Close", "last price of the bar"),
            Port("volume", "series", "Volume", "shares traded during the bar"),
        ),
        aliases=("price", "ohlcv", "data", "feed", "candles", "symbol"),
    ),
)
