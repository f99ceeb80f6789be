"""Runs a strategy document by docs/semantics.md, bar by bar."""

from collections.abc import Mapping
from dataclasses import dataclass

from book.account import Account, Fill
from book.entries import number
from book.expressions import spelled_out
from book.moment import TooCloseError
from book.trading import Trading
from book.values import Values
from stratcraft_jupyter import Bars, StrategyGraph
from stratcraft_jupyter.graph import remove_nodes
from stratcraft_jupyter.graph.trading_rules import used_nodes


@dataclass(frozen=True)
class Played:
    """What the rules give.

    Attributes:
        fills: Up to the last bar.
        last_bar: The last one that has been played; on its close the last digit of a number
            decides something, unless it is the last of all.
    """

    fills: list[Fill]
    last_bar: int


def run_by_the_book(
    strategy: StrategyGraph,
    bars: Bars,
    *,
    others: Mapping[str, Bars] | None = None,
    cash: float = 100_000.0,
    commission: float = 0.0,
    slippage: float = 0.0,
) -> list[Fill]:
    """The fills that the rules give.

    Raises:
        TooCloseError: The last digit of a number decides something.
    """
    played = play_by_the_book(
        strategy, bars, others=others, cash=cash, commission=commission, slippage=slippage
    )
    if played.last_bar < len(bars) - 1:
        raise TooCloseError(f"on bar {played.last_bar}")
    return played.fills


def play_by_the_book(
    strategy: StrategyGraph,
    bars: Bars,
    *,
    others: Mapping[str, Bars] | None = None,
    cash: float = 100_000.0,
    commission: float = 0.0,
    slippage: float = 0.0,
) -> Played:
    """The fills that the rules give, as far as no last digit decides."""
    strategy = spelled_out(strategy)
    # what can never do anything is no part of the strategy
    idle = {node.id for node in strategy.nodes} - used_nodes(strategy)
    strategy = remove_nodes(strategy, idle)
    values = Values(strategy, bars, others or {})
    account = Account(bars, cash, commission, slippage)
    trading = Trading(strategy, account)
    start = max(values.first_decision(), values.ahead.start + _sizing_wait(strategy))
    for bar in range(len(bars)):
        account.open_bar(bar)
        if bar >= start:
            position = trading.see(bar)
            try:
                trading.decide(values.on_close(bar, position), bar)
            except TooCloseError:
                return Played(account.fills, bar)
    return Played(account.fills, len(bars) - 1)


def _sizing_wait(strategy: StrategyGraph) -> int:
    """How many bars a sizing by volatility waits."""
    periods = [
        int(number(node, "period"))
        for node in strategy.nodes
        if node.kind == "sizing.volatility_target" and strategy.edges_from(node.id)
    ]
    return max(periods, default=0)
