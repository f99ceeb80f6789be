"""Fills: when an order is filled, at what price, at what cost, and when the broker refuses it."""

import pytest

from semantics.desk import Stop, market, on_marks, trade


def test_order_decided_on_a_close_fills_at_the_next_open():
    bars = market("""
        0: 100 101  99 100
        1: 100 102  99 101 buy
        2: 103 105 102 104
        3: 104 106 103 105 sell
        4: 107 108 105 106
        5: 106 107 105 106
    """)
    assert trade(on_marks(bars), bars).fills == [(2, "buy", 10, 103), (4, "sell", 10, 107)]


def test_order_decided_on_the_last_close_never_fills():
    bars = market("""
        0: 100 100 100 100
        1: 100 100 100 100 buy
        2: 100 100 100 100
        3: 105 105 105 105 sell
    """)
    outcome = trade(on_marks(bars), bars)
    assert outcome.fills == [(2, "buy", 10, 100)]
    assert (outcome.position, outcome.value) == (10, 100_050)


def test_entry_decided_on_the_last_close_never_fills():
    bars = market("""
        0: 100 100 100 100
        1: 100 100 100 100
        2: 100 100 100 100 buy
    """)
    outcome = trade(on_marks(bars), bars)
    assert outcome.fills == []
    assert (outcome.position, outcome.pending) == (0, 1)


def test_commission_is_a_fraction_of_the_value_of_each_fill():
    bars = market("""
        0: 100 100 100 100 buy
        1: 110 110 110 110
        2: 120 120 120 120 sell
        3: 130 130 130 130
    """)
    outcome = trade(on_marks(bars), bars, commission=0.01)
    assert outcome.fills == [(1, "buy", 10, 110), (3, "sell", 10, 130)]
    assert outcome.commissions == [11.0, 13.0]
    assert outcome.value == 100_000 - 1_100 - 11 + 1_300 - 13


def test_slippage_makes_buys_dearer_and_sales_cheaper():
    bars = market("""
        0: 100 100 100 100 buy
        1: 100 110  90 100
        2: 100 110  90 100 sell
        3: 200 220 180 200
    """)
    outcome = trade(on_marks(bars), bars, slippage=0.01)
    assert outcome.fills == [(1, "buy", 10, 101), (3, "sell", 10, 198)]


def test_slippage_never_leads_out_of_the_bar():
    bars = market("""
        0: 100 100   100   100 buy
        1: 100 100.5  90   100
        2: 100 110    90   100 sell
        3: 200 220   200   200
    """)
    outcome = trade(on_marks(bars), bars, slippage=0.01)
    assert outcome.fills == [(1, "buy", 10, 100.5), (3, "sell", 10, 200)]


def test_buy_that_the_cash_cannot_pay_at_the_open_is_refused_as_a_whole():
    bars = market("""
        0: 100 100 100 100 buy
        1: 101 101 101 101
        2: 100 100 100 100
        3: 100 100 100 100 buy
        4: 100 100 100 100
        5: 100 100 100 100
    """)
    outcome = trade(on_marks(bars), bars, cash=1_000)  # ten shares at 100 are all of it
    assert outcome.refused == [1]
    assert outcome.fills == [(4, "buy", 10, 100)]


def test_buy_that_the_cash_cannot_pay_at_the_decision_close_is_refused_even_if_the_open_is_lower():
    bars = market("""
        0: 100 100 100 100 buy
        1:  90  90  90  90
        2:  90  90  90  90
    """)
    outcome = trade(on_marks(bars), bars, cash=999)
    assert outcome.refused == [1]
    assert outcome.fills == []


def test_commission_counts_when_the_cash_is_checked():
    bars = market("""
        0: 100 100 100 100 buy
        1: 100 100 100 100
        2: 100 100 100 100
    """)
    assert trade(on_marks(bars), bars, cash=1_001, commission=0.001).refused == []
    assert trade(on_marks(bars), bars, cash=1_000.99, commission=0.001).refused == [1]


def test_short_sale_brings_cash_and_is_not_refused_for_its_size():
    bars = market("""
        0: 100 100 100 100 short
        1: 100 100 100 100
        2:  90  90  90  90 cover
        3:  90  90  90  90
    """)
    outcome = trade(on_marks(bars, size=("sizing.fixed_shares", {"shares": 500})), bars, cash=1_000)
    assert outcome.fills == [(1, "sell", 500, 100), (3, "buy", 500, 90)]
    assert outcome.value == 6_000


def test_exit_of_a_short_is_refused_while_its_last_close_costs_more_than_the_cash():
    bars = market("""
        0: 100 100 100 100 short
        1: 100 100 100 100
        2: 250 250 250 250 cover
        3: 150 150 150 150
        4: 150 150 150 150 cover
        5: 150 150 150 150
    """)
    outcome = trade(on_marks(bars), bars, cash=1_000)  # 2,000 with what the sale brought
    assert outcome.refused == [3]  # 2,500 at the close of bar 2
    assert outcome.fills == [(1, "sell", 10, 100), (5, "buy", 10, 150)]


def test_exit_of_a_short_fills_at_an_open_that_leaves_debts():
    bars = market("""
        0: 100 100 100 100 short
        1: 100 100 100 100
        2: 150 150 150 150 cover
        3: 250 250 250 250
        4: 100 100 100 100
    """)
    outcome = trade(on_marks(bars), bars, cash=1_000)
    assert outcome.fills == [(1, "sell", 10, 100), (3, "buy", 10, 250)]
    assert outcome.value == -500


@pytest.mark.parametrize(
    "size",
    [
        ("sizing.percent_of_equity", {"percent": 50.0}),
        ("sizing.risk", {"percent": 45.0, "max_percent": 50.0}),
        None,
    ],
)
def test_in_debt_nothing_is_entered(size):
    bars = market("""
        0: 100 100 100 100 short
        1: 100 100 100 100
        2: 150 150 150 150 cover
        3: 350 350 350 350
        4: 100 100 100 100 short
        5: 100 100 100 100
        6: 100 100 100 100
    """)
    stops = [Stop("stop_loss", percent=90, entries=("enter_short",))]
    outcome = trade(on_marks(bars, size=size, stops=stops), bars, cash=2_000)
    assert [fill[0] for fill in outcome.fills] == [1, 3]
    assert outcome.value < 0
