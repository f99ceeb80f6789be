"""Cash: which orders the broker refuses, and when it looks."""

import pytest

from semantics.by_hand.playing import LONG, SHORT, covers, fills_of, play

BOTH = """
    bracket: risk.bracket stop_percent=20 target_percent={target}
    enter_short.order -> bracket.entry
"""


@covers("Cash: Two looks at each entry")
@pytest.mark.parametrize(
    ("cash", "bar", "fills"),
    [
        (1_010, "100", [(1, "buy", 10, 100)]),  # ten at 100 and one percent
        (1_009.99, "100", []),
        (1_009.99, "90", []),  # the close of the decision counts, though the open is lower
        (1_010, "101 101 100 100", []),  # then the open: 1,020.1
        (1_020.10, "101 101 100 100", [(1, "buy", 10, 101)]),
    ],
)
def test_an_entry_is_looked_at_twice_with_its_commission(cash, bar, fills):
    found = play(LONG, f"0: 100 buy\n1: {bar}", cash=cash, commission=0.01)
    assert (found.fills, found.refused) == (fills, 0 if fills else 1)


@covers("Cash: Two looks at each entry")
def test_a_refused_entry_leaves_no_position_and_the_next_signal_counts():
    bars = "0: 100 buy\n1: 200\n2: 100 buy\n3: 100\n4: 100"
    # Ten at 200 are refused whole, not bought five.
    found = play(LONG, bars, cash=1_000)
    assert (found.fills, found.refused) == ([(3, "buy", 10, 100)], 1)


@covers("Cash: Two looks at each entry", "Positions and priorities: Turning")
def test_a_turn_pays_with_what_its_exit_leaves():
    text = LONG + SHORT
    bars = "0: 100 short\n1: 100\n2: 100 cover buy\n3: 100"
    # 1,000 from the sale pays for the buy back; the cash of 1,000 for the new shares.
    assert fills_of(text, bars, cash=1_000) == [
        (1, "sell", 10, 100),
        (3, "buy", 10, 100),
        (3, "buy", 10, 100),
    ]
    # At 101 the buy back costs 1,010 of 2,000, and ten more no longer fit.
    found = play(text, bars.replace("3: 100", "3: 101"), cash=1_000)
    assert (found.fills[1:], found.refused) == ([(3, "buy", 10, 101)], 1)


@covers("Cash: Short sales")
def test_a_short_sale_needs_no_cash():
    many = "many: sizing.fixed_shares shares=500\nmany.size -> enter_short.size"
    found = play(SHORT + many, "0: 100 short\n1: 100\n2: 99", cash=10)
    assert (found.fills, found.value) == ([(1, "sell", 500, 100)], 510)


@covers("Cash: Closing a short")
def test_a_refused_exit_is_decided_anew_while_its_signal_is_true():
    bars = "0: 100 short\n1: 100\n2: 210 cover\n3: 150 cover\n4: 150\n5: 150"
    # 2,000 after the sale. 2,100 at close 2 is refused on bar 3; 1,500 at close 3 is not.
    found = play(SHORT, bars, cash=1_000)
    assert (found.fills[1:], found.refused) == ([(4, "buy", 10, 150)], 1)
    # If the signal was true on close 2 alone, the position stays open.
    alone = play(SHORT, bars.replace("150 cover", "150"), cash=1_000)
    assert (alone.fills[1:], alone.refused) == ([], 1)


@covers("Cash: Closing a short")
def test_a_buy_back_that_was_checked_fills_at_an_open_that_leaves_debts():
    found = play(SHORT, "0: 100 short\n1: 100\n2: 150 cover\n3: 250", cash=1_000)
    assert (found.fills[1:], found.value) == ([(3, "buy", 10, 250)], -500)


@covers("Cash: Closing a short", "Sizing in shares: Stops and targets are always")
def test_a_refused_stop_is_sent_again_when_the_number_of_shares_changes():
    text = SHORT.replace("action.exit_short", "action.exit_short percent=50") + (
        "stop: risk.stop_loss percent=99\nenter_short.order -> stop.entry"
    )
    bars = """
        0: 100 short
        1: 100
        2: 100 200 100 100
        3: 100 200 100 100 cover
        4: 100
        5: 100 200 100 100
        6: 100
    """
    # 1,500 after the sale; ten at 199 are too many, and are not sent again on closes 2 and 3.
    # Five are bought for 500, and the stop for the other five costs 995 of 1,000.
    found = play(text, bars, cash=500)
    assert found.fills[1:] == [(4, "buy", 5, 100), (5, "buy", 5, 199)]
    assert found.refused == 1


@covers("Cash: Closing a short")
def test_a_refused_stop_is_sent_again_only_once_it_has_moved_nearer():
    stop = "stop: risk.trailing_stop percent=99\nenter_short.order -> stop.entry"
    bars = """
        0: 100 short
        1: 100
        2: 100 200 100 100
        3: 100 100 50 70
        4: 70 139 70 100
        5: 100 140 100 100
        6: 100
    """
    # At 199 ten cost 1,990 of 1,500. On close 3 the stop comes to 70 + 99 % = 139.3.
    found = play(SHORT + stop, bars, cash=500)
    assert (found.fills[1:], found.refused) == ([(5, "buy", 10, 139.3)], 1)


@covers("Cash: Stop and target of a short")
@pytest.mark.parametrize(
    ("target", "fills"),
    [
        (20, [(2, "buy", 10, 120)]),  # 1,200 at the stop and 800 at the target: all of 2,000
        (19, []),  # 810 at the target are too many, and the stop goes with it
    ],
)
def test_stop_and_target_of_a_short_are_looked_at_as_if_both_filled(target, fills):
    bars = "0: 100 short\n1: 100\n2: 100 130 100 100\n3: 100"
    assert fills_of(SHORT + BOTH.format(target=target), bars, cash=1_000)[1:] == fills


@covers("Cash: In debt")
@pytest.mark.parametrize(
    "size",
    [
        "sizing.percent_of_equity",
        "sizing.risk percent=50",
        "sizing.volatility_target period=2 target=500",
    ],
)
def test_in_debt_the_sizings_by_percent_order_nothing(size):
    text = f"""
        again: action.enter_short priority=2
        second -> again.when
        size: {size}
        size.size -> again.size
        stop: risk.stop_loss percent=50
        again.order -> stop.entry
    """
    bars = """
        0: 100
        1: 101
        2: 100 short
        3: 100
        4: 150 cover
        5: 310
        6: 100 second
        7: 100
    """
    # Ten sold at 100 and bought back at 310 with 1,000 in cash: 1,100 in debt.
    found = play(SHORT + text, bars, cash=1_000)
    assert (found.fills, found.value) == ([(3, "sell", 10, 100), (5, "buy", 10, 310)], -1_100)
    # With 1,000 left of the cash the same entry is taken.
    assert play(SHORT + text, bars, cash=3_100).fills[2][:2] == (7, "sell")


@covers("Cash: Two looks at each entry")
def test_an_entry_that_waits_is_first_looked_at_with_its_own_price():
    text = "enter: action.enter_long order_type=limit offset_percent=5\ngo -> enter.when"
    # Ten at the close of 100 would be 1,000; ten at the limit of 95 are 950.
    bars = "0: 100 go\n1: 100 100 90 95\n2: 95"
    assert fills_of(text, bars, cash=960) == [(1, "buy", 10, 95)]
    assert fills_of(text, bars, cash=940) == []
