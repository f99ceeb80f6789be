"""Fills: market, limit and stop orders, slippage and commission."""

import pytest

from semantics.by_hand.playing import LONG, SHORT, covers, fills_of, play

TARGET = """
    target: risk.take_profit percent=10
    enter.order -> target.entry
"""


def waiting(bars: str, order_type: str, side: str = "long", slippage: float = 0.0):
    """What an entry fills that waits 5 % away from the close of bar 0, 100."""
    return fills_of(
        f"""
        enter: action.enter_{side} order_type={order_type} offset_percent=5 expiry_bars=3
        go -> enter.when
        """,
        f"0: 100 go\n{bars}\n{bars.count(':') + 1}: 100",
        slippage=slippage,
    )


@covers("Fills: Market orders")
def test_a_market_order_fills_whole_at_the_next_open():
    many = "many: sizing.fixed_shares shares=900\nmany.size -> enter.size"
    bars = "0: 100 buy\n1: 103 105 99 104\n2: 104 sell\n3: 101\n4: 100 buy"
    # The volume of bar 1 is 0, that of bar 3 too. What is decided on bar 4 finds no bar.
    assert fills_of(LONG + many, bars) == [(1, "buy", 900, 103), (3, "sell", 900, 101)]


@covers("Fills: Slippage")
def test_slippage_of_market_orders_ends_at_the_high_and_the_low():
    bars = """
        0: 100 buy
        1: 80 100 80 80 sell
        2: 80 80 72 80 buy
        3: 80 80 80 80 sell
        4: 80 84 80 84
    """
    # An eighth: 80 -> 90; the sale of bar 2 at 70 stops at the low of 72; the buy of bar 3 has
    # its open for a high; the sale of bar 4 has its open for a low.
    assert fills_of(LONG, bars, slippage=0.125) == [
        (1, "buy", 10, 90),
        (2, "sell", 10, 72),
        (3, "buy", 10, 80),
        (4, "sell", 10, 80),
    ]


@covers("Fills: Slippage")
@pytest.mark.parametrize(
    ("bar", "price"),
    [
        ("1: 80 100 80 80", 90),  # at the open: 80 and an eighth
        ("1: 88 100 80 80", 95),  # 99 would be beyond the limit
        ("1: 80 85 80 80", 85),  # never above the high
        ("1: 96 100 80 80", 95),  # at the limit there is none
    ],
)
def test_slippage_of_a_limit_that_buys(bar, price):
    assert waiting(bar, "limit", slippage=0.125) == [(1, "buy", 10, price)]


@covers("Fills: Slippage")
def test_slippage_of_a_target_that_fills_at_the_open():
    bars = "0: 100 buy\n1: 100 100 100 100\n2: 160 170 130 150\n3: 150"
    # Entered at 100 (its high), target 110; the open of 160 less an eighth is 140.
    assert fills_of(LONG + TARGET, bars, slippage=0.125)[1:] == [(2, "sell", 10, 140)]
    near = bars.replace("160 170 130 150", "112 170 90 150")
    assert fills_of(LONG + TARGET, near, slippage=0.125)[1:] == [(2, "sell", 10, 110)]


@covers("Fills: Slippage")
def test_slippage_of_stops():
    stop = "stop: risk.stop_loss percent=20\nenter.order -> stop.entry"
    bars = "0: 100 buy\n1: 100\n2: 100 100 60 90\n3: 90"
    # The stop at 80, less an eighth.
    assert fills_of(LONG + stop, bars, slippage=0.125)[1:] == [(2, "sell", 10, 70)]
    assert waiting("1: 100 200 100 100", "stop", slippage=0.125) == [
        (1, "buy", 10, 118.125)  # 105 and an eighth
    ]


@covers("Fills: Commission")
def test_commission_is_of_the_price_with_slippage():
    found = play(LONG, "0: 100 buy\n1: 80 100 80 80", commission=0.01, slippage=0.125)
    # Ten at 90 cost 900 and 9; they are worth 800.
    assert found.value == 100_000 - 900 - 9 + 800


@covers("Fills: Limit orders")
@pytest.mark.parametrize(
    ("bars", "fills"),
    [
        ("1: 100 100 95 99", [(1, "buy", 10, 95)]),  # touching is enough
        ("1: 100 100 95.01 99", []),
        ("1: 94 97 93 96", [(1, "buy", 10, 94)]),  # the open is better
        ("1: 95 99 95 99", [(1, "buy", 10, 95)]),
        ("1: 100 100 96 99\n2: 99 99 90 91", [(2, "buy", 10, 95)]),  # the first such bar
    ],
)
def test_a_limit_that_buys(bars, fills):
    assert waiting(bars, "limit") == fills


@covers("Fills: Limit orders", "Actions: Enter short")
@pytest.mark.parametrize(
    ("bars", "fills"),
    [
        ("1: 100 105 100 101", [(1, "sell", 10, 105)]),
        ("1: 100 104.99 100 101", []),
        ("1: 107 108 100 101", [(1, "sell", 10, 107)]),
    ],
)
def test_a_limit_that_sells(bars, fills):
    assert waiting(bars, "limit", "short") == fills


@covers("Fills: Stop orders")
@pytest.mark.parametrize(
    ("bars", "fills"),
    [
        ("1: 100 105 99 100", [(1, "buy", 10, 105)]),
        ("1: 100 104.99 99 100", []),
        ("1: 108 110 99 100", [(1, "buy", 10, 108)]),  # a gap over it
        ("1: 90 90 80 85\n2: 85 120 85 85", [(2, "buy", 10, 105)]),
    ],
)
def test_a_stop_that_buys(bars, fills):
    assert waiting(bars, "stop") == fills


@covers("Fills: Stop orders")
@pytest.mark.parametrize(
    ("bars", "fills"),
    [
        ("1: 100 100 95 100", [(1, "sell", 10, 95)]),
        ("1: 100 100 95.01 100", []),
        ("1: 92 99 90 95", [(1, "sell", 10, 92)]),
    ],
)
def test_a_stop_that_sells(bars, fills):
    assert waiting(bars, "stop", "short") == fills


@covers("Fills: What is not there")
def test_holding_costs_and_brings_nothing():
    bars = "0: 100 short\n1: 100\n2: 100\n3: 100\n4: 90 cover\n5: 90\n6: 90"
    # Ten sold at 100 and bought back at 90; the volume of the bars is 0 where they fill.
    assert play(SHORT, bars).value == 100_000 + 100
