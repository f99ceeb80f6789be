"""The bars of further symbols that a strategy reads, for a run from the builder. No widgets."""

from collections.abc import Mapping

from stratcraft_jupyter.backtest import needed_symbols
from stratcraft_jupyter.errors import StratCraftError
from stratcraft_jupyter.graph import BacktestSettings
from stratcraft_jupyter.market import Bars, load_bars


def other_bars(
    source: str, settings: BacktestSettings, bars: Bars | None, others: Mapping[str, Bars]
) -> dict[str, Bars]:
    """The bars of the symbols that the code reads beside the one it trades.

    Args:
        source: The code.
        settings: Names where bars come from.
        bars: Bars the builder was given; None if the settings name them.
        others: Bars of other symbols that the builder was given.

    Raises:
        StratCraftError: There are no bars of one of the symbols.
    """
    traded = settings.symbol if bars is None else bars.symbol
    found = dict(others)
    for symbol in needed_symbols(source):
        if symbol in found or symbol == traded:
            continue
        message = f"The strategy also needs bars of {symbol}."
        if bars is not None:
            raise StratCraftError(
                message,
                hint="Give them to the builder, as it was given those of "
                f"{traded}: others={{{symbol!r}: ...}}.",
            )
        try:
            found[symbol] = load_bars(f"{settings.source}:{symbol}")
        except StratCraftError as error:
            raise StratCraftError(f"{message} {error.message}", hint=error.hint) from error
    return found
