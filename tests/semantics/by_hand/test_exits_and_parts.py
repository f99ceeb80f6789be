"""Positions and priorities: turning, several exits, parts of a position, states."""

import pytest

from semantics.by_hand.playing import LONG, SHORT, covers, fills_of, play

STOP = """
    stop: risk.stop_loss percent=5
    enter.order -> stop.entry
"""
A_AND_B = """
    a: action.enter_long
    b: action.enter_long priority=2
    is_a -> a.when
    is_b -> b.when
"""


@covers("Positions and priorities: One position")
def test_entries_do_nothing_while_a_position_is_open():
    bars = "0: 100 buy\n1: 101 buy\n2: 102 short\n3: 103 sell\n4: 104\n5: 105"
    assert fills_of(LONG + SHORT, bars) == [(1, "buy", 10, 101), (4, "sell", 10, 104)]


@covers("Positions and priorities: Turning")
def test_turning_needs_an_exit_that_is_true():
    bars = "0: 100 buy\n1: 101 short\n2: 102 sell short\n3: 103 buy\n4: 104"
    # The short entry of close 1 does nothing; with the exit of close 2 the position turns. The
    # long entry of close 3 does not close the short position.
    assert fills_of(LONG + SHORT, bars) == [
        (1, "buy", 10, 101),
        (3, "sell", 10, 103),
        (3, "sell", 10, 103),
    ]


@covers("Positions and priorities: Turning")
@pytest.mark.parametrize(
    "closing",
    [
        "guard: risk.indicator_guard side=long\nclose -> guard.when",
        "limit: risk.time_limit limit=1",
    ],
)
def test_a_guard_and_a_time_limit_let_a_position_turn_too(closing):
    bars = "0: 100 buy\n1: 101\n2: 102 short close\n3: 103\n4: 104"
    # Held for one bar on close 2; the guard blocks long entries alone.
    assert fills_of(LONG + SHORT + closing, bars)[:3] == [
        (1, "buy", 10, 101),
        (3, "sell", 10, 103),
        (3, "sell", 10, 103),
    ]


@covers("Positions and priorities: The same side is not entered again on the close of its own exit")
def test_the_same_side_waits_for_the_close_after_its_exit_but_not_after_a_stop():
    bars = "0: 100 buy\n1: 101\n2: 102 sell buy\n3: 103 buy\n4: 104 104 90 92 buy\n5: 93"
    # Not on close 2, but on close 3. That is bought at 104, and has no stop on bar 4.
    assert fills_of(LONG + STOP, bars) == [
        (1, "buy", 10, 101),
        (3, "sell", 10, 103),
        (4, "buy", 10, 104),
        (5, "sell", 10, 93),
    ]
    stopped = "0: 100 buy\n1: 100\n2: 100 100 90 92 buy\n3: 93\n4: 93"
    # The stop at 95 ends it during bar 2; on its close nothing is open.
    assert fills_of(LONG + STOP, stopped)[1:] == [(2, "sell", 10, 95), (3, "buy", 10, 93)]


@covers("Positions and priorities: Several exits", "Actions: Exit long")
def test_an_exit_with_entries_acts_on_their_positions_alone():
    exits = """
        of_a: action.exit_long
        a.order -> of_a.entry
        leave_a -> of_a.when
        of_all: action.exit_long
        leave -> of_all.when
    """
    bars = """
        0: 100 is_a
        1: 101 leave_a
        2: 102 is_b
        3: 103 leave_a
        4: 104 leave
        5: 105
    """
    assert fills_of(A_AND_B + exits, bars) == [
        (1, "buy", 10, 101),
        (2, "sell", 10, 102),
        (3, "buy", 10, 103),  # by b: the exit of close 3 is not for it
        (5, "sell", 10, 105),
    ]


PARTS = """
    quarter: action.exit_long percent=25
    third: action.exit_long percent=34
    is_quarter -> quarter.when
    is_third -> third.when
"""


@covers("Positions and priorities: Parts", "Actions: Exit long")
def test_a_part_is_rounded_down_and_sold_on_every_close_on_which_it_is_true():
    bars = "0: 100 buy\n1: 100 is_quarter\n2: 101 is_quarter\n3: 102 is_quarter\n4: 103"
    # 2.5 of 10, 2 of 8, 1.5 of 6.
    assert fills_of(LONG + PARTS, bars)[1:] == [
        (2, "sell", 2, 101),
        (3, "sell", 2, 102),
        (4, "sell", 1, 103),
    ]


@covers("Positions and priorities: Parts", "Positions and priorities: Several exits")
def test_the_largest_part_counts_and_an_exit_of_everything_before_all():
    bars = "0: 100 buy\n1: 100 is_quarter is_third\n2: 101\n3: 102 is_quarter sell\n4: 103\n5: 104"
    # 3.4 of 10 and not 2.5 as well; then all seven.
    assert fills_of(LONG + PARTS, bars)[1:] == [(2, "sell", 3, 101), (4, "sell", 7, 103)]


@covers("Positions and priorities: Parts", "Actions: Exit short")
def test_stop_and_target_are_made_anew_for_what_remains():
    text = """
        enter_short: action.enter_short
        short -> enter_short.when
        half: action.exit_short percent=50
        cover -> half.when
        bracket: risk.bracket stop_percent=5 target_percent=20
        enter_short.order -> bracket.entry
    """
    bars = "0: 100 short\n1: 100\n2: 100 cover\n3: 100\n4: 100 {}\n5: 100"
    assert fills_of(text, bars.format("110 90 100"))[1:] == [
        (3, "buy", 5, 100),
        (4, "buy", 5, 105),
    ]
    assert fills_of(text, bars.format("100 75 100"))[2:] == [(4, "buy", 5, 80)]


@covers("Positions and priorities: Exit before stop")
def test_no_stop_is_moved_on_the_close_of_an_exit():
    stop = "stop: risk.trailing_stop percent=10\nenter_short.order -> stop.entry"
    bars = """
        0: 100 short
        1: 100
        2: 100 100 30 60
        3: 60 90 60 80 cover
        4: 300
        5: 300
    """
    # On close 2 the stop moves to 66, which bar 3 reaches; the exit of close 3 finds no position.
    assert fills_of(SHORT + stop, bars)[1:] == [(3, "buy", 10, 66)]
    # With the exit on close 2 there is no stop at 66: bar 3 buys once, at its open.
    early = bars.replace("30 60", "30 60 cover").replace("80 cover", "80")
    assert fills_of(SHORT + stop, early)[1:] == [(3, "buy", 10, 60)]


@covers("Stops: Its end", "Positions and priorities: Exit before stop")
def test_the_stop_is_placed_on_the_close_after_a_refused_exit():
    stop = "stop: risk.stop_loss percent=80\nenter_short.order -> stop.entry"
    bars = """
        0: 100 short
        1: 100 200 100 200 cover
        2: 150 185 150 150
        3: 150 185 150 150
        4: 150
    """
    # 1,900 after the sale; 2,000 at close 1 are refused on bar 2, on which there is no stop yet.
    found = play(SHORT + stop, bars, cash=900)
    assert (found.fills[1:], found.refused) == ([(3, "buy", 10, 180)], 1)


@covers("Positions and priorities: Signals are states")
def test_a_lasting_signal_enters_again_after_each_exit_and_an_edge_only_once():
    lasting = """
        enter: action.enter_long
        high: condition.compare value=105
        bars.close -> high.left
        leave: action.exit_long
        sell -> leave.when
    """
    bars = "0: 100\n1: 110\n2: 111 sell\n3: 112\n4: 113"
    twice = [(2, "buy", 10, 111), (3, "sell", 10, 112), (4, "buy", 10, 113)]
    assert fills_of(f"{lasting}\nhigh.signal -> enter.when", bars) == twice
    once = "edge: logic.becomes_true\nhigh.signal -> edge.signal\nedge.signal -> enter.when"
    assert fills_of(lasting + once, bars) == twice[:2]
