"""Trailing stops: they follow the close, never back, and work from the next bar on."""

import pytest

from semantics.desk import Stop, market, on_marks, trade_plain

TEN_AWAY = Stop("trailing_stop", distance=10.0)


def test_trailing_stop_begins_on_the_close_of_the_bar_of_the_fill():
    bars = market("""
        0: 100 100 100 100 buy
        1: 100 120  85 110
        2: 110 110 101 105
        3: 105 105  99 105
        4: 105 105 105 105
    """)
    assert trade_plain(on_marks(bars, stops=[TEN_AWAY]), bars).fills == [
        (1, "buy", 10, 100),
        (3, "sell", 10, 100),
    ]


def test_trailing_stop_follows_the_close_up_and_never_goes_back():
    bars = market("""
        0: 100 100 100 100 buy
        1: 100 100 100 100
        2: 100 130 100 120
        3: 120 125 111 112
        4: 112 140 111 116
        5: 116 116 109 115
        6: 115 115 115 115
    """)
    # 90, then 110 (the close of bar 2 counts, not its high), then neither 102 nor 106
    assert trade_plain(on_marks(bars, stops=[TEN_AWAY]), bars).fills == [
        (1, "buy", 10, 100),
        (5, "sell", 10, 110),
    ]


def test_moved_stop_works_from_the_next_bar_on():
    # bar 2 closes at 150 and falls to 120 before: its new stop at 140 comes too late for that
    bars = market("""
        0: 100 100 100 100 buy
        1: 100 100 100 100
        2: 130 150 120 150
        3: 150 150 139 145
        4: 145 145 145 145
    """)
    assert trade_plain(on_marks(bars, stops=[TEN_AWAY]), bars).fills == [
        (1, "buy", 10, 100),
        (3, "sell", 10, 140),
    ]


def test_trailing_stop_fills_at_an_open_beyond_it():
    bars = market("""
        0: 100 100 100 100 buy
        1: 100 100 100 100
        2:  80  80  80  80
        3:  80  80  80  80
    """)
    assert trade_plain(on_marks(bars, stops=[TEN_AWAY]), bars).fills[1:] == [(2, "sell", 10, 80)]


def test_trailing_stop_of_a_short_follows_the_close_down():
    bars = market("""
        0: 100 100 100 100 short
        1: 100 100 100 100
        2: 100 100  70  80
        3:  80  89  79  85
        4:  85  91  85  88
        5:  88  88  88  88
    """)
    stops = [Stop("trailing_stop", distance=10.0, entries=("enter_short",))]
    assert trade_plain(on_marks(bars, stops=stops), bars).fills == [
        (1, "sell", 10, 100),
        (4, "buy", 10, 90),
    ]


def test_percent_is_taken_of_each_close():
    bars = market("""
        0: 100 100 100 100 buy
        1: 100 100 100 100
        2: 100 200 100 200
        3: 200 200 181 190
        4: 190 190 179 190
        5: 190 190 190 190
    """)
    stops = [Stop("trailing_stop", percent=10)]
    assert trade_plain(on_marks(bars, stops=stops), bars).fills[1:] == [(4, "sell", 10, 180)]


def test_distance_is_that_of_each_bar():
    # the distance is the opening price: 20 on bar 2 gives 80 - 20, 10 on bar 3 gives 75 - 10
    bars = market("""
        0: 100 100 100 100 buy
        1:  60 100  60 100
        2:  20  90  20  80
        3:  10  80  10  75
        4:  70  70  64  70
        5:  70  70  70  70
    """)
    stops = [Stop("trailing_stop", distance="bars.open")]
    fills = trade_plain(on_marks(bars, stops=stops), bars).fills
    assert fills == [(1, "buy", 10, 60), (2, "sell", 10, 20)]  # 100 - 60 stands above the open
    stops = [Stop("trailing_stop", distance="bars.open", multiple=2.0)]
    fills = trade_plain(on_marks(bars, stops=stops), bars).fills
    # 100 - 120, then 80 - 40 = 40, which the open of bar 3 has passed
    assert fills == [(1, "buy", 10, 60), (3, "sell", 10, 10)]


@pytest.mark.parametrize(
    ("low", "price"),
    [(96, None), (95, 95)],  # the stop loss at 95 is nearer than the trailing stop at 90
)
def test_stop_loss_holds_while_it_is_nearer_than_the_trailing_stop(low, price):
    bars = market(f"""
        0: 100 100 100 100 buy
        1: 100 100 100 100
        2: 100 100 {low} 100
        3: 100 100 100 100
    """)
    stops = [Stop("stop_loss", percent=5), TEN_AWAY]
    fills = trade_plain(on_marks(bars, stops=stops), bars).fills[1:]
    assert fills == ([(2, "sell", 10, price)] if price else [])


def test_trailing_stop_takes_over_once_it_is_nearer_than_the_stop_loss():
    bars = market("""
        0: 100 100 100 100 buy
        1: 100 100 100 100
        2: 100 110 100 110
        3: 110 110  99 105
        4: 105 105 105 105
    """)
    stops = [TEN_AWAY, Stop("stop_loss", percent=5)]
    assert trade_plain(on_marks(bars, stops=stops), bars).fills[1:] == [(3, "sell", 10, 100)]


def test_exit_cancels_the_trailing_stop():
    bars = market("""
        0: 100 100 100 100 buy
        1: 100 100 100 100
        2: 100 120 100 120
        3: 120 120 120 120 sell
        4: 120 120 120 120
        5: 120 120  50  50
        6:  50  50  50  50
    """)
    outcome = trade_plain(on_marks(bars, stops=[TEN_AWAY]), bars)
    assert outcome.fills == [(1, "buy", 10, 100), (4, "sell", 10, 120)]
    assert (outcome.position, outcome.pending) == (0, 0)


def test_next_position_begins_with_a_fresh_trailing_stop():
    bars = market("""
        0: 100 100 100 100 buy
        1: 200 200 200 200
        2: 190 190 190 190 buy
        3:  50  50  50  50
        4:  50  50  45  50
        5:  50  50  39  45
        6:  45  45  45  45
    """)
    assert trade_plain(on_marks(bars, stops=[TEN_AWAY]), bars).fills == [
        (1, "buy", 10, 200),
        (2, "sell", 10, 190),
        (3, "buy", 10, 50),
        (5, "sell", 10, 40),
    ]


def test_trailing_stop_is_sent_when_it_has_come_near_enough_to_be_paid():
    # 1,500 in cash: ten at 210 are too many, at 140 they are not
    bars = market("""
        0: 100 100 100 100 short
        1: 100 100 100 100
        2: 100 100  30  30
        3:  30 145  30 100
        4: 100 100 100 100
    """)
    stops = [Stop("trailing_stop", distance=110.0, entries=("enter_short",))]
    outcome = trade_plain(on_marks(bars, stops=stops), bars, cash=500)
    assert outcome.refused == [2]
    assert outcome.fills == [(1, "sell", 10, 100), (3, "buy", 10, 140)]
