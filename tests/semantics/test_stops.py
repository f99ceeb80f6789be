"""Stop losses: where they stand, when they work, what they fill at, what takes them away."""

import pytest

from semantics.desk import Stop, market, on_marks, trade

FIVE_PERCENT = Stop("stop_loss", percent=5)
BOTH = ("enter_long", "enter_short")


def test_stop_stands_below_the_fill_price_and_fills_at_its_price():
    bars = market("""
        0: 100 100 100 100 buy
        1: 200 205 195 202
        2: 202 203 191 195
        3: 195 196 189 193
        4: 193 193 193 193
    """)
    assert trade(on_marks(bars, stops=[FIVE_PERCENT]), bars).fills == [
        (1, "buy", 10, 200),
        (3, "sell", 10, 190),
    ]


def test_stop_of_a_short_stands_above_the_fill_price():
    bars = market("""
        0: 100 100 100 100 short
        1: 200 205 195 202
        2: 202 209 191 195
        3: 195 211 189 193
        4: 193 193 193 193
    """)
    stops = [Stop("stop_loss", percent=5, entries=("enter_short",))]
    assert trade(on_marks(bars, stops=stops), bars).fills == [
        (1, "sell", 10, 200),
        (3, "buy", 10, 210),
    ]


def test_stop_does_not_work_on_the_bar_of_the_fill():
    bars = market("""
        0: 100 100 100 100 buy
        1: 100 100  80  99
        2:  99  99  96  98
        3:  98  98  94  97
        4:  97  97  97  97
    """)
    assert trade(on_marks(bars, stops=[FIVE_PERCENT]), bars).fills == [
        (1, "buy", 10, 100),
        (3, "sell", 10, 95),
    ]


def test_stop_fills_at_an_open_beyond_it():
    bars = market("""
        0: 100 100 100 100 buy
        1: 100 100 100 100
        2:  90  93  85  92
        3:  92  92  92  92
    """)
    assert trade(on_marks(bars, stops=[FIVE_PERCENT]), bars).fills == [
        (1, "buy", 10, 100),
        (2, "sell", 10, 90),
    ]


def test_stop_above_the_close_of_the_bar_of_the_fill_fills_on_the_next_bar():
    bars = market("""
        0: 100 100 100 100 buy
        1: 100 100  80  80
        2:  97  99  82  90
        3:  90  90  90  90
    """)
    assert trade(on_marks(bars, stops=[FIVE_PERCENT]), bars).fills == [
        (1, "buy", 10, 100),
        (2, "sell", 10, 95),
    ]


@pytest.mark.parametrize(
    ("percent", "low", "sells"),
    [(7, 18.6, True), (7, 18.61, False), (6, 18.8, True), (0.5, 19.9, True), (99, 0.2, True)],
)
def test_stop_fills_when_the_price_just_touches_it(percent, low, sells):
    bars = market(f"""
        0: 20 20 20    20 buy
        1: 20 20 20    20
        2: 20 20 {low} 20
        3: 20 20 20    20
    """)
    fills = trade(on_marks(bars, stops=[Stop("stop_loss", percent=percent)]), bars).fills
    assert fills[1:] == ([(2, "sell", 10, low)] if sells else [])


def test_stop_of_a_short_fills_when_the_price_just_touches_it():
    bars = market("""
        0: 100 100 100 100 short
        1: 100 100 100 100
        2: 100 110 100 100
        3: 100 100 100 100
    """)
    stops = [Stop("stop_loss", percent=10, entries=("enter_short",))]
    assert trade(on_marks(bars, stops=stops), bars).fills[1:] == [(2, "buy", 10, 110)]


def test_slippage_applies_to_the_fill_that_carries_the_stop_and_to_the_stop():
    bars = market("""
        0: 100 100 100 100 buy
        1: 100 110 100 110
        2: 110 110  40 100
        3: 100 100 100 100
    """)
    outcome = trade(on_marks(bars, stops=[Stop("stop_loss", percent=50)]), bars, slippage=0.1)
    assert outcome.fills == [(1, "buy", 10, 110), (2, "sell", 10, 49.5)]  # 110 / 2, less a tenth


def test_slippage_applies_to_a_stop_that_fills_at_the_open():
    bars = market("""
        0: 100 100 100 100 buy
        1: 100 100 100 100
        2:  80  90  50  80
        3:  80  80  80  80
    """)
    outcome = trade(on_marks(bars, stops=[FIVE_PERCENT]), bars, slippage=0.1)
    assert outcome.fills[1:] == [(2, "sell", 10, 72)]


def test_distance_is_that_of_the_bar_on_which_the_entry_was_decided():
    # the distance is the opening price of a bar: 3 on bar 1, 4 on bar 2
    bars = market("""
        0: 2 10 2 10
        1: 3 10 3 10 buy
        2: 4 10 4 10
        3: 9 10 2 9
        4: 9  9 1 9
        5: 9  9 9 9
    """)
    stops = [Stop("stop_loss", distance="bars.open", multiple=0.5)]
    assert trade(on_marks(bars, stops=stops), bars).fills == [
        (2, "buy", 10, 4),
        (3, "sell", 10, 2.5),
    ]


def test_exit_cancels_the_stop():
    # without that, the fall of bar 4 would sell ten shares more
    bars = market("""
        0: 100 100 100 100 buy
        1: 100 100 100 100
        2: 100 100 100 100 sell
        3: 100 100 100 100
        4: 100 100  50  50
        5:  50  50  50  50
    """)
    outcome = trade(on_marks(bars, stops=[FIVE_PERCENT]), bars)
    assert outcome.fills == [(1, "buy", 10, 100), (3, "sell", 10, 100)]
    assert (outcome.position, outcome.pending) == (0, 0)


def test_exit_fills_at_the_open_even_if_the_bar_then_falls_to_the_stop():
    bars = market("""
        0: 100 100 100 100 buy
        1: 100 100 100 100
        2: 100 100 100 100 sell
        3:  99  99  50  50
        4:  50  50  50  50
    """)
    outcome = trade(on_marks(bars, stops=[FIVE_PERCENT]), bars)
    assert outcome.fills == [(1, "buy", 10, 100), (3, "sell", 10, 99)]


def test_exit_decided_on_the_bar_of_the_fill_leaves_no_stop_behind():
    bars = market("""
        0: 100 100 100 100 buy
        1: 100 100 100 100 sell
        2: 100 100 100 100
        3: 100 100  50  50
        4:  50  50  50  50
    """)
    outcome = trade(on_marks(bars, stops=[FIVE_PERCENT]), bars)
    assert outcome.fills == [(1, "buy", 10, 100), (2, "sell", 10, 100)]
    assert (outcome.position, outcome.pending) == (0, 0)


def test_stop_fill_ends_the_position_and_later_exits_do_nothing():
    bars = market("""
        0: 100 100 100 100 buy
        1: 100 100 100 100
        2: 100 100  90  92 sell
        3:  92  92  92  92 sell
        4:  92  92  92  92
    """)
    outcome = trade(on_marks(bars, stops=[FIVE_PERCENT]), bars)
    assert outcome.fills == [(1, "buy", 10, 100), (2, "sell", 10, 95)]
    assert outcome.position == 0


def test_turned_position_has_its_own_stop():
    bars = market("""
        0: 100 100 100 100 buy
        1: 100 100 100 100
        2: 100 100 100 100 sell short
        3: 120 120 120 120
        4: 120 127 120 120
        5: 120 120 120 120
    """)
    stops = [Stop("stop_loss", percent=5, entries=BOTH)]
    assert trade(on_marks(bars, stops=stops), bars).fills == [
        (1, "buy", 10, 100),
        (3, "sell", 10, 120),
        (3, "sell", 10, 120),
        (4, "buy", 10, 126),
    ]


@pytest.mark.parametrize("step", [1, -1])
def test_nearest_of_several_stops_holds(step):
    stops = [Stop("stop_loss", percent=5), Stop("stop_loss", distance=3.0, multiple=1)]
    bars = market("""
        0: 100 100 100 100 buy
        1: 100 100 100 100
        2: 100 100  90  90
        3:  90  90  90  90
    """)
    fills = trade(on_marks(bars, stops=stops[::step]), bars).fills
    assert fills[1:] == [(2, "sell", 10, 97)]


def test_stop_further_away_than_the_price_never_fills():
    bars = market("""
        0: 100 100 100 100 buy
        1: 100 100 100 100
        2: 100 100 0.01 50
        3:  50  50  50  50
    """)
    outcome = trade(on_marks(bars, stops=[Stop("stop_loss", distance=150.0)]), bars)
    assert outcome.fills == [(1, "buy", 10, 100)]


def test_stop_at_exactly_zero_is_not_placed():
    bars = market("""
        0: 100 100 100 100 buy
        1: 100 120 100 120
        2: 125 130 110 115
        3: 115 115 115 115
    """)
    outcome = trade(on_marks(bars, stops=[Stop("stop_loss", distance=100.0)]), bars)
    assert outcome.fills == [(1, "buy", 10, 100)]


def test_stop_is_placed_on_the_close_after_a_refused_exit():
    bars = market("""
        0: 100 100 100 100 short
        1: 100 200 100 200 cover
        2: 150 150 150 150
        3: 150 185 150 150
        4: 150 150 150 150
    """)
    stops = [Stop("stop_loss", percent=80, entries=("enter_short",))]
    # the sale leaves 1,900 in cash; buying back at the close of bar 1 would cost 2,000
    outcome = trade(on_marks(bars, stops=stops), bars, cash=900)
    assert outcome.refused == [2]
    assert outcome.fills == [(1, "sell", 10, 100), (3, "buy", 10, 180)]


def test_stop_that_the_cash_could_not_pay_is_refused_and_protects_nothing():
    bars = market("""
        0: 100 100 100 100 short
        1: 100 100 100 100
        2: 100 210 100 100
        3: 100 210 100 100 cover
        4: 100 100 100 100
    """)
    stops = [Stop("stop_loss", percent=99, entries=("enter_short",))]
    outcome = trade(on_marks(bars, stops=stops), bars, cash=500)
    assert outcome.refused == [2]
    assert outcome.fills == [(1, "sell", 10, 100), (4, "buy", 10, 100)]
