"""Stops that trail or break even, and targets."""

import pytest

from semantics.by_hand.playing import LONG, SHORT, covers, fills_of

STOP = """
    stop: risk.{kind} {params}
    enter.order -> stop.entry
"""
FOR_SHORT = """
    stop: risk.{kind} {params}
    enter_short.order -> stop.entry
"""


def protected(kind: str, params: str, bars: str, edges: str = "") -> list:
    """How a long position ends that was entered at 100 on bar 1."""
    text = LONG + STOP.format(kind=kind, params=params) + edges
    found = fills_of(text, f"0: 100 buy\n1: 100\n{bars}")
    assert found[0] == (1, "buy", 10, 100)
    return found[1:]


def protected_short(kind: str, params: str, bars: str, edges: str = "") -> list:
    """How a short position ends that was entered at 100 on bar 1."""
    text = SHORT + FOR_SHORT.format(kind=kind, params=params) + edges
    found = fills_of(text, f"0: 100 short\n1: 100\n{bars}")
    assert found[0] == (1, "sell", 10, 100)
    return found[1:]


@covers("Stops: Odd distances")
def test_a_distance_of_zero_puts_the_stop_at_the_fill_price():
    none = "zero: math.constant\nzero.value -> stop.distance"
    bars = "2: 110 110 100.5 110\n3: 110 110 99 105\n4: 105"
    assert protected("stop_loss", "", bars, none) == [(3, "sell", 10, 100)]


@covers("Stops: Several", "Trailing and break-even stops: With other stops on the")
def test_the_nearest_of_three_stops_rests():
    more = """
        trail: risk.trailing_stop percent=20
        enter.order -> trail.entry
        even: risk.break_even trigger_percent=50
        enter.order -> even.entry
    """
    ends = "{n}: {open} {open} 10 20"
    # 90 of the stop loss, 80 of the one that trails.
    assert protected("stop_loss", "percent=10", "2: 100 100 50 90\n3: 90", more) == [
        (2, "sell", 10, 90)
    ]
    # At 120 it trails at 96.
    bars = "2: 120\n3: 120 120 50 100\n4: 100"
    assert protected("stop_loss", "percent=10", bars, more) == [(3, "sell", 10, 96)]
    # At 150 it trails at 120, which is nearer than the entry price.
    bars = f"2: 150\n{ends.format(n=3, open=150)}\n4: 20"
    assert protected("stop_loss", "percent=10", bars, more) == [(3, "sell", 10, 120)]


@covers("Trailing and break-even stops: On every close from the", "Risk: Trailing stop")
@pytest.mark.parametrize(
    ("anchor", "fills"),
    [
        # from the close of bar 2 on at 108, which the 109 of bar 3 does not reach
        ("close", []),
        # 10 % below 130, the highest high: bar 3 opens below 117
        ("extreme", [(3, "sell", 10, 115)]),
    ],
)
def test_what_a_stop_trails(anchor, fills):
    bars = "2: 110 130 100 120\n3: 115 116 109 115\n4: 115"
    assert protected("trailing_stop", f"percent=10 anchor={anchor}", bars) == fills


@covers("Trailing and break-even stops: On every close from the")
def test_the_extreme_begins_with_the_bar_of_the_fill_and_the_stop_never_moves_back():
    text = LONG + STOP.format(kind="trailing_stop", params="percent=10 anchor=extreme")
    bars = "0: 100 300 100 100 buy\n1: 100 200 100 190\n2: 190 190 181 185\n3: 185 185 170 180"
    # 200 less a tenth is 180; the 300 of bar 0 is from before.
    assert fills_of(text, f"{bars}\n4: 180")[1:] == [(3, "sell", 10, 180)]


@covers("Trailing and break-even stops: On every close from the")
@pytest.mark.parametrize(
    ("anchor", "bars", "fill"),
    [
        # 10 % above the close of 75; the close of 80 does not move it back
        ("close", "2: 80 80 60 75\n3: 80 82 64 80\n4: 80 90 80 80", (4, "buy", 10, 82.5)),
        # 10 % above 60, the lowest low
        ("extreme", "2: 70 70 60 64\n3: 65 66 64 65\n4: 65", (3, "buy", 10, 66)),
    ],
)
def test_a_trailing_stop_of_a_short(anchor, bars, fill):
    assert protected_short("trailing_stop", f"percent=10 anchor={anchor}", bars) == [fill]


@covers("Trailing and break-even stops: On every close from the")
def test_the_distance_of_a_trailing_stop_is_that_of_each_bar():
    distance = "bars.open -> stop.distance"
    # Closes 150 and 160 less half of the opens, 100 and 40: 100, then 140.
    bars = "2: 100 150 100 150\n3: 40 160 40 160\n4: 160 160 139 150\n5: 150"
    assert protected("trailing_stop", "multiple=0.5", bars, distance) == [(3, "sell", 10, 40)]
    higher = bars.replace("3: 40 160 40", "3: 101 160 101").replace("139", "109")
    # 100, then 160 - 50.5 = 109.5.
    assert protected("trailing_stop", "multiple=0.5", higher, distance) == [(4, "sell", 10, 109.5)]


@covers("Trailing and break-even stops: A break-even stop waits until", "Risk: Trailing stop")
@pytest.mark.parametrize(
    ("bars", "fills"),
    [
        # the high of 115 is no close
        ("2: 100 115 100 109\n3: 109 109 99 100\n4: 100", []),
        # the close of 110 is at the trigger; it stands at 102 from then on
        ("2: 100 110 100 110\n3: 110 110 102 105\n4: 105", [(3, "sell", 10, 102)]),
        # also when the price has come back in the meantime
        ("2: 110\n3: 104\n4: 104 104 101 104\n5: 104", [(4, "sell", 10, 102)]),
    ],
)
def test_a_break_even_stop_of_a_long(bars, fills):
    params = "trigger_percent=10 offset_percent=2"
    assert protected("break_even", params, bars) == fills


@covers("Trailing and break-even stops: A break-even stop waits until")
def test_a_break_even_stop_of_a_short():
    params = "trigger_percent=10 offset_percent=2"
    above = "2: 90.5\n3: 91 110 91 100\n4: 100"
    assert protected_short("break_even", params, above) == []
    bars = "2: 90\n3: 90 98 90 90\n4: 90"
    assert protected_short("break_even", params, bars) == [(3, "buy", 10, 98)]


@covers("Trailing and break-even stops: A break-even stop waits until")
def test_the_trigger_by_distance_is_that_of_each_bar():
    edges = "bars.open -> stop.distance"
    # Triggers: 100 + 105 / 10 = 110.5 on bar 2, 100 + 100 / 10 = 110 on bar 3.
    bars = "2: 105 110 105 110\n3: 100 110 100 {}\n4: 110 110 99 105\n5: 105"
    params = "trigger_multiple=0.1"
    assert protected("break_even", params, bars.format(110), edges) == [(4, "sell", 10, 100)]
    assert protected("break_even", params, bars.format(109.5), edges) == []


@covers("Targets: A target is a limit", "Risk: Take profit")
@pytest.mark.parametrize(
    ("bar", "fills"),
    [
        ("100 110 100 105", [(2, "sell", 10, 110)]),
        ("100 109.99 100 105", []),
        ("115 116 111 112", [(2, "sell", 10, 115)]),  # a gap over it
    ],
)
def test_a_target_of_a_long(bar, fills):
    assert protected("take_profit", "percent=10", f"2: {bar}\n3: 105") == fills


@covers("Targets: A target is a limit")
def test_a_target_of_a_short_and_one_by_distance():
    assert protected_short("take_profit", "percent=10", "2: 100 100 90 95\n3: 95") == [
        (2, "buy", 10, 90)
    ]
    # The distance is that of bar 0, on which the entry was decided: 40, a fourth of it 10.
    text = SHORT + FOR_SHORT.format(kind="take_profit", params="multiple=0.25")
    bars = "0: 40 100 40 100 short\n1: 100\n2: 100 100 89 100\n3: 100"
    assert fills_of(f"{text}bars.open -> stop.distance", bars)[1:] == [(2, "buy", 10, 90)]


@covers("Targets: A target is a limit")
@pytest.mark.parametrize(("away", "fills"), [(99, [(2, "buy", 10, 1)]), (100, []), (101, [])])
def test_a_target_of_a_short_at_zero_or_below_is_not_placed(away, fills):
    distance = f"away: math.constant value={away}\naway.value -> stop.distance"
    bars = "2: 120 120 0.01 100\n3: 100"
    assert protected_short("take_profit", "multiple=1", bars, distance) == fills


@covers("Targets: A target is a limit")
def test_a_target_works_from_the_bar_after_the_fill_and_the_nearest_holds():
    text = LONG + STOP.format(kind="take_profit", params="percent=10")
    far = "far: risk.take_profit percent=20\nenter.order -> far.entry"
    bars = "0: 100 buy\n1: 100 130 100 100\n2: 100 112 100 100\n3: 100"
    assert fills_of(text + far, bars)[1:] == [(2, "sell", 10, 110)]


BRACKET = "stop_percent=5 target_percent=10"


@covers("Targets: When the stop or the", "Targets: A **Bracket** is a stop", "Risk: Take profit")
@pytest.mark.parametrize(
    ("bar", "fill"),
    [
        ("100 110 96 100", (2, "sell", 10, 110)),
        ("100 109 95 100", (2, "sell", 10, 95)),
        ("100 120 90 100", (2, "sell", 10, 95)),  # both within the bar: the stop
        ("112 120 90 100", (2, "sell", 10, 95)),  # even from an open beyond the target
        ("112 120 96 100", (2, "sell", 10, 112)),
    ],
)
def test_a_bracket_fills_once_and_its_stop_first(bar, fill):
    # Bar 3 reaches both again: the other one was cancelled.
    bars = f"2: {bar}\n3: 100 120 90 100\n4: 100"
    assert protected("bracket", BRACKET, bars) == [fill]


@covers("Targets: A **Bracket** is a stop", "Risk: Stop loss")
def test_a_bracket_by_distance():
    edges = "ten_away: math.constant value=10\nten_away.value -> stop.distance"
    params = "stop_multiple=0.5 target_multiple=2"
    assert protected("bracket", params, "2: 100 119 95 100\n3: 100", edges) == [(2, "sell", 10, 95)]
    assert protected("bracket", params, "2: 100 120 96 100\n3: 100", edges) == [
        (2, "sell", 10, 120)
    ]


@covers("Stops: Where", "Risk: Stop loss")
def test_a_stop_is_worked_out_from_the_fill_with_its_slippage():
    text = LONG + STOP.format(kind="stop_loss", params="percent=50")
    bars = "0: 100 buy\n1: 80 100 80 100\n2: 100 100 45 90\n3: 90"
    # Filled at 90: the stop is at 45, less an eighth, but not below the low.
    assert fills_of(text, bars, slippage=0.125)[1:] == [(2, "sell", 10, 45)]
    assert fills_of(text, bars.replace("100 45 90", "100 46 90"), slippage=0.125)[1:] == []


@covers("Stops: When", "Stops: Its fill")
@pytest.mark.parametrize(
    ("bars", "fills"),
    [
        # the fall on the bar of the fill finds no stop
        ("1: 100 100 50 100\n2: 100 100 95 100\n3: 100", [(2, "sell", 10, 95)]),
        ("1: 100 100 50 100\n2: 100 100 95.01 100\n3: 100", []),
        # a gap through it
        ("1: 100\n2: 80 90 70 85\n3: 85", [(2, "sell", 10, 80)]),
        # the close is already beyond: filled by the same rule
        ("1: 100 100 80 80\n2: 97 99 82 90\n3: 90", [(2, "sell", 10, 95)]),
        ("1: 100 100 80 80\n2: 90 99 82 90\n3: 90", [(2, "sell", 10, 90)]),
    ],
)
def test_when_and_where_a_stop_fills(bars, fills):
    text = LONG + STOP.format(kind="stop_loss", params="percent=5")
    assert fills_of(text, f"0: 100 buy\n{bars}")[1:] == fills


@covers("Stops: Where", "Stops: Its fill", "Risk: Stop loss")
@pytest.mark.parametrize(
    ("bar", "fills"),
    [
        ("100 105 100 100", [(2, "buy", 10, 105)]),
        ("100 104.99 100 100", []),
        ("110 120 100 100", [(2, "buy", 10, 110)]),
    ],
)
def test_a_stop_of_a_short_stands_above_its_price(bar, fills):
    assert protected_short("stop_loss", "percent=5", f"2: {bar}\n3: 100") == fills
    distance = "away: math.constant value=2.5\naway.value -> stop.distance"
    assert protected_short("stop_loss", "multiple=2", f"2: {bar}\n3: 100", distance) == fills


@covers("Stops: Odd distances")
@pytest.mark.parametrize(("away", "fills"), [(99, [(2, "sell", 10, 1)]), (100, []), (101, [])])
def test_a_stop_at_zero_or_below_is_not_placed(away, fills):
    distance = f"away: math.constant value={away}\naway.value -> stop.distance"
    text = LONG + STOP.format(kind="stop_loss", params="multiple=1") + distance
    # Filled at 100; the close on which the stop is placed is 120.
    bars = "0: 100 buy\n1: 100 120 100 120\n2: 125 130 0.01 115\n3: 115"
    assert fills_of(text, bars)[1:] == fills


@covers("Stops: Its end")
def test_an_exit_on_the_bar_of_the_fill_leaves_no_stop():
    text = LONG + STOP.format(kind="bracket", params=BRACKET)
    bars = "0: 100 buy\n1: 100 sell\n2: 100 120 80 100\n3: 100 120 80 100"
    assert fills_of(text, bars)[1:] == [(2, "sell", 10, 100)]


@covers("Stops: Odd distances", "Stops: It never moves back")
@pytest.mark.parametrize(
    "more", ["", "end: risk.take_profit percent=50\nenter_short.order -> end.entry"]
)
def test_a_stop_of_a_short_stays_where_it_is_when_it_would_move_to_no_price(more):
    # 60 above the close of 100, and 150 below the close of 60: the distance is close - 80 times 3.
    distance = """
        ahead: math.subtract value=80
        bars.close -> ahead.left
        ahead.value -> stop.distance
    """
    bars = "2: 60\n3: 100 160 100 100\n4: 100"
    found = protected_short("trailing_stop", "multiple=3", bars, distance + more)
    assert found == [(3, "buy", 10, 160)]
