"""Fills of stop-limit orders, on both sides of their stop price."""

import pytest
from book.account import Account, Order

from semantics.by_hand.playing import bars_of, covers, fills_of, play_source

NEARER = """
import backtrader as bt


class Nearer(bt.Strategy):
    def next(self):
        if len(self.data) == 1:
            self.{side}(size=10, exectype=bt.Order.StopLimit, price={price}, plimit={limit})
"""


WAITS = "order_type=stop_limit offset_percent=5 limit_percent=20 expiry_bars=0"


def waiting(bars: str, side: str = "long"):
    """What an entry fills with its stop 5 % from 100, and its limit a fifth beyond that."""
    return fills_of(
        f"""
        enter: action.enter_{side} {WAITS}
        go -> enter.when
        """,
        f"0: 100 go\n{bars}",
    )


@covers("Fills: Stop-limit orders", "Entry orders that wait: An entry of the type")
@pytest.mark.parametrize(
    ("bars", "fills"),
    [
        ("1: 100 105 99 101", [(1, "buy", 10, 105)]),  # reached within the bar
        ("1: 100 104.99 99 101", []),
        ("1: 110 112 99 101", [(1, "buy", 10, 110)]),  # opens between stop and limit
        ("1: 130 131 126 130", [(1, "buy", 10, 126)]),  # opens beyond both, comes back to 126
        ("1: 130 131 126.01 130", []),
        # From the next bar on it is a limit order: at the limit, or at a better open.
        ("1: 130 131 127 130\n2: 130 130 125 127", [(2, "buy", 10, 126)]),
        ("1: 130 131 127 130\n2: 90 91 80 85", [(2, "buy", 10, 90)]),
    ],
)
def test_one_that_buys_stops_at_105_and_pays_126_at_most(bars, fills):
    assert waiting(bars) == fills


@covers("Fills: Stop-limit orders", "Entry orders that wait: An entry of the type")
@pytest.mark.parametrize(
    ("bars", "fills"),
    [
        ("1: 100 100 95 99", [(1, "sell", 10, 95)]),
        ("1: 90 99 80 85", [(1, "sell", 10, 90)]),
        ("1: 70 76 60 70", [(1, "sell", 10, 76)]),
        ("1: 70 75.99 60 70", []),
        ("1: 70 75 60 70\n2: 101 102 100 101", [(2, "sell", 10, 101)]),
    ],
)
def test_one_that_sells_stops_at_95_and_takes_76_at_least(bars, fills):
    assert waiting(bars, "short") == fills


@covers("Fills: Stop-limit orders")
@pytest.mark.parametrize(
    ("bar", "fills"),
    [
        ("104 106 101 102", [(1, "buy", 10, 103)]),  # turned: closes below its open, at 102
        ("100 106 99 102", [(2, "buy", 10, 101)]),  # a bar that rose does not come back to 103
        ("104.5 106 101 103.5", [(2, "buy", 10, 101)]),  # closes above the limit
    ],
)
def test_a_limit_nearer_than_the_stop_that_buys(bar, fills):
    assert nearer("buy", 105.0, 103.0, f"0: 100\n1: {bar}\n2: 101") == fills


@covers("Fills: Stop-limit orders")
@pytest.mark.parametrize(
    ("bar", "fills"),
    [
        ("96 99 94 98", [(1, "sell", 10, 97)]),
        ("98 99 94 98", [(1, "sell", 10, 97)]),  # the open is not above the close
        ("99 99 94 98", [(2, "sell", 10, 99)]),
        ("96 98 94 96.5", [(2, "sell", 10, 99)]),  # closes below the limit
    ],
)
def test_a_limit_nearer_than_the_stop_that_sells(bar, fills):
    assert nearer("sell", 95.0, 97.0, f"0: 100\n1: {bar}\n2: 99") == fills


def nearer(side: str, price: float, limit: float, text: str):
    """The same order in our backtest, in plain Backtrader and by the book."""
    bars = bars_of(text)
    source = NEARER.format(side=side, price=price, limit=limit)
    account = Account(bars, 100_000.0, 0.0, 0.0)
    account.send(Order(10 if side == "buy" else -10, price, "stop_limit", limit))
    for bar in range(1, len(bars)):
        account.open_bar(bar)
    costs = {"cash": 100_000.0, "commission": 0.0, "slippage": 0.0}
    assert play_source(source, bars, **costs).fills == account.fills
    return account.fills


@covers("Fills: Slippage")
def test_slippage_of_an_order_reached_within_the_bar_goes_beyond_its_limit():
    text = """
        enter: action.enter_long order_type=stop_limit offset_percent=5 limit_percent=0
        go -> enter.when
    """
    # Stop and limit at 105; 105 and a thirty-second of it are 108.28125.
    bars = "0: 100 go\n1: 100 110 100 105\n2: 105"
    assert fills_of(text, bars, slippage=0.03125) == [(1, "buy", 10, 108.28125)]
