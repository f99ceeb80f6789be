"""Adding to a position, and the stop of a position that grows."""

import pytest

from semantics.by_hand.playing import covers, fills_of, play

ADDS = """
    enter: action.enter_long max_entries=3
    buy -> enter.when
    leave: action.exit_long
    sell -> leave.when
"""
STOP = """
    stop: risk.stop_loss percent=10
    enter.order -> stop.entry
"""


@covers("Branches: Adding")
def test_an_entry_may_be_taken_so_often_while_its_position_is_open():
    bars = "0: 100 buy\n1: 101 buy\n2: 102\n3: 103 buy\n4: 104 buy\n5: 105 sell\n6: 106 buy\n7: 107"
    # Three times; then the exit of all of it, and the count begins anew.
    assert fills_of(ADDS, bars) == [
        (1, "buy", 10, 101),
        (2, "buy", 10, 102),
        (4, "buy", 10, 104),
        (6, "sell", 30, 106),
        (7, "buy", 10, 107),
    ]


@covers("Branches: Adding")
def test_only_the_entry_that_opened_the_position_adds_to_it():
    other = "other: action.enter_long max_entries=3 priority=2\nelse -> other.when"
    bars = "0: 100 buy\n1: 101 else\n2: 102 buy\n3: 103"
    assert fills_of(ADDS + other, bars) == [(1, "buy", 10, 101), (3, "buy", 10, 103)]


@covers("Branches: Adding")
def test_nothing_is_added_on_a_close_on_which_a_part_is_sold():
    part = "part: action.exit_long percent=50\nhalf -> part.when"
    bars = "0: 100 buy\n1: 101 buy half\n2: 102 buy\n3: 103"
    assert fills_of(ADDS + part, bars) == [
        (1, "buy", 10, 101),
        (2, "sell", 5, 102),
        (3, "buy", 10, 103),
    ]


@covers("Branches: Adding")
def test_the_size_of_an_addition_is_worked_out_anew():
    cash = "size: sizing.fixed_cash cash=1000\nsize.size -> enter.size"
    bars = "0: 100 buy\n1: 100\n2: 250 buy\n3: 250"
    assert fills_of(ADDS + cash, bars) == [(1, "buy", 10, 100), (3, "buy", 4, 250)]


@covers("Branches: Adding")
def test_orders_that_are_refused_count():
    bars = "0: 100 buy\n1: 100 buy\n2: 300 buy\n3: 100 buy\n4: 100"
    # 2,050 pay for ten at 100, not for ten at 300 on bar 2, nor at that close on bar 3. Three
    # orders were sent, so the signal of close 3 does nothing.
    found = play(ADDS, bars, cash=2_050)
    assert (found.fills, found.refused) == ([(1, "buy", 10, 100)], 2)


@covers(
    "Stops: Where", "Stops: It never moves back", "Sizing in shares: Stops and targets are always"
)
def test_the_stop_of_a_grown_position_is_for_all_of_it_at_the_average_price():
    bars = "0: 100 buy\n1: 100\n2: 100 buy\n3: 120\n4: 120 120 95 120\n5: 120"
    # 90 at first; the average of 100 and 120 is 110, and the stop 99 for twenty.
    assert fills_of(ADDS + STOP, bars)[2:] == [(4, "sell", 20, 99)]


@covers("Stops: It never moves back")
def test_the_stop_of_a_position_that_grew_cheaper_stays_where_it_is():
    bars = "0: 100 buy\n1: 100\n2: 96 buy\n3: 92\n4: 92 92 {}\n5: 92"
    # 10 % below the average of 96 were 86.4; the stop rests at 90, for twenty.
    assert fills_of(ADDS + STOP, bars.format("90 91"))[2:] == [(4, "sell", 20, 90)]
    assert fills_of(ADDS + STOP, bars.format("90.5 91"))[2:] == []


@covers("Stops: Where")
@pytest.mark.parametrize(
    ("first_open", "stop"),
    [
        (40, 80),  # half of 40 is nearer than half of 81
        (82, 59.5),  # half of 82: at 59; half of 81 is nearer
    ],
)
def test_the_distance_of_the_latest_order_counts(first_open, stop):
    text = """
        stop: risk.stop_loss multiple=0.5
        enter.order -> stop.entry
        bars.open -> stop.distance
    """
    bars = f"""
        0: {first_open} 100 40 100 buy
        1: 100
        2: 81 100 81 100 buy
        3: 100
        4: 100 100 {stop} 100
        5: 100
    """
    assert fills_of(ADDS + text, bars)[2:] == [(4, "sell", 20, stop)]
    untouched = bars.replace(f"100 100 {stop}", f"100 100 {stop + 0.01}")
    assert fills_of(ADDS + text, untouched)[2:] == []


@covers("Stops: Added to on the same bar")
def test_an_addition_on_the_bar_of_the_stop_is_a_new_position():
    bars = "0: 100 buy\n1: 100\n2: 100 buy\n3: 85 85 60 80\n4: 80 80 76.5 78\n5: 78 78 76 78\n6: 78"
    # Bar 3 opens below the stop at 90: ten are sold at 85, then ten bought at 85. The fall to 60
    # finds no stop. On close 3 one is placed at 76.5, which bar 4 touches.
    assert fills_of(ADDS + STOP, bars)[1:] == [
        (3, "sell", 10, 85),
        (3, "buy", 10, 85),
        (4, "sell", 10, 76.5),
    ]


@covers("Targets: A target is a limit", "Sizing in shares: Stops and targets are always")
def test_the_target_goes_with_the_average_price():
    target = "target: risk.take_profit percent=10\nenter.order -> target.entry"
    bars = "0: 100 buy\n1: 100\n2: 100 buy\n3: 104\n4: 104 112 104 104\n5: 104 113 104 104"
    # The average of 100 and 104 is 102: no longer 110, but 112.2, for twenty.
    assert fills_of(ADDS + target, bars)[2:] == [(5, "sell", 20, 112.2)]


@covers("Stops: Added to on the same bar")
@pytest.mark.parametrize(
    ("exits", "bars", "last"),
    [
        (  # ten percent below the high of 200, not below those of bar 3 on
            "stop: risk.trailing_stop percent=10 anchor=extreme",
            "0: 100 buy\n1: 100\n2: 190 200 185 190 buy\n3: 150 160 150 155\n4: 155\n5: 155",
            (4, "sell", 10, 155),
        ),
        (  # three bars from bar 1 on
            "stop: risk.stop_loss percent=10\nlimit: risk.time_limit limit=3",
            "0: 100 buy\n1: 100\n2: 100 buy\n3: 85\n4: 85\n5: 85\n6: 85\n7: 85",
            (5, "sell", 10, 85),
        ),
        (  # 20 % ahead on bar 1: the stop of the addition is at its own 85
            "stop: risk.stop_loss percent=10\neven: risk.break_even trigger_percent=20\n"
            "enter.order -> even.entry",
            "0: 100 buy\n1: 100 120 100 120\n2: 120 120 110 120 buy\n3: 85\n4: 85\n5: 85",
            (4, "sell", 10, 85),
        ),
    ],
    ids=["trailing", "time limit", "break-even"],
)
def test_what_counts_from_the_entry_goes_on_when_stop_and_addition_fill_together(exits, bars, last):
    adds = "enter: action.enter_long max_entries=3\nbuy -> enter.when\nenter.order -> stop.entry\n"
    (*_, stopped, added, ended) = fills_of(adds + exits, bars)
    assert (stopped[:3], added[:3], ended) == ((3, "sell", 10), (3, "buy", 10), last)


@covers("Stops: Added to on the same bar")
def test_an_addition_that_waited_before_the_stop_was_moved_fills_first():
    text = """
        enter: action.enter_long max_entries=2 order_type=limit expiry_bars=9 offset_percent=20
        buy -> enter.when
        stop: risk.trailing_stop percent=10
        enter.order -> stop.entry
    """
    bars = """
        0: 125 buy
        1: 100
        2: 100 buy
        3: 110
        4: 110 110 75 78
        5: 78
    """
    # The limit at 80 waits since bar 2; the stop moved to 99, for ten shares, on bar 3.
    assert fills_of(text, bars) == [(1, "buy", 10, 100), (4, "buy", 10, 80), (4, "sell", 10, 99)]
