"""Branches: what makes an entry true, and which of several is taken."""

import pytest

from semantics.by_hand.playing import LONG, SHORT, covers, fills_of, sized

ENTRY = """
    enter: action.enter_long confirm_bars={}
    buy -> enter.when
"""


@covers("Branches: An entry is a branch", "Actions: Enter long")
def test_when_regime_and_filter_have_to_be_true_together():
    text = ENTRY.format(1) + "calm -> enter.regime\nliquid -> enter.filter"
    bars = """
        0: 100 buy calm
        1: 101 buy liquid
        2: 102 calm liquid
        3: 103 buy calm liquid
        4: 104
    """
    assert fills_of(text, bars) == [(4, "buy", 10, 104)]
    # What is not connected counts as true.
    assert fills_of(ENTRY.format(1) + "calm -> enter.regime", bars) == [(1, "buy", 10, 101)]


@covers("Branches: An entry is a branch")
@pytest.mark.parametrize(
    ("bars", "fill"),
    [
        ("0: 100 buy yes\n1: 101\n2: 102\n3: 103\n4: 104", []),  # not on the same close
        ("0: 100 buy\n1: 101 yes\n2: 102\n3: 103\n4: 104", [(2, "buy", 10, 102)]),
        ("0: 100 buy\n1: 101\n2: 102 yes\n3: 103\n4: 104", [(3, "buy", 10, 103)]),
        ("0: 100 buy\n1: 101\n2: 102\n3: 103 yes\n4: 104", []),  # two closes later at most
        ("0: 100 buy\n1: 101\n2: 102 buy\n3: 103 yes\n4: 104", [(4, "buy", 10, 104)]),
    ],
)
def test_a_confirmation_may_come_on_one_of_two_later_closes(bars, fill):
    assert fills_of(ENTRY.format(2) + "yes -> enter.confirm", bars) == fill


@covers("Branches: An entry is a branch")
def test_the_filter_counts_on_the_close_before_the_confirmation():
    text = ENTRY.format(1) + "liquid -> enter.filter\nyes -> enter.confirm"
    bars = "0: 100 buy\n1: 101 yes liquid\n2: 102 buy liquid\n3: 103 yes\n4: 104"
    assert fills_of(text, bars) == [(4, "buy", 10, 104)]


@covers("Branches: An entry is a branch", "Stops: Where")
def test_each_entry_has_its_own_stop_and_target():
    text = f"""
        {sized("a", 1, mark="is_a")}
        {sized("b", 2, mark="is_b")}
        near: risk.stop_loss percent=5
        a.order -> near.entry
        far: risk.bracket stop_percent=20 target_percent=20
        b.order -> far.entry
    """
    bars = """
        0: 100 is_a
        1: 100
        2: 100 100 90 100
        3: 100 is_b
        4: 100
        5: 100 100 90 100
        6: 100 120 100 100
        7: 100
    """
    # The position of a ends at 95; that of b outlives the 90 of bar 5 and ends at its target.
    assert fills_of(text, bars) == [
        (1, "buy", 1, 100),
        (2, "sell", 1, 95),
        (4, "buy", 2, 100),
        (6, "sell", 2, 120),
    ]


@covers("Branches: Order")
@pytest.mark.parametrize(
    ("entries", "fill"),
    [
        (sized("a", 1, "priority=2") + sized("b", 2, "priority=1"), (1, "buy", 2, 100)),
        (sized("b", 2) + sized("a", 1), (1, "buy", 1, 100)),  # by id
        (sized("a", 1, side="short") + sized("b", 2), (1, "buy", 2, 100)),  # long before short
        (
            sized("a", 1, "priority=1", "short") + sized("b", 2, "priority=2"),
            (1, "sell", 1, 100),
        ),
    ],
)
def test_entries_are_looked_at_by_number_then_long_first_then_by_id(entries, fill):
    other = sized("z", 4, "priority=9", mark="never")
    assert fills_of(entries + other, "0: 100 go\n1: 100\n2: 100") == [fill]


@covers("Branches: Order", "Guards and limits: Blocked")
def test_one_that_may_not_be_taken_does_not_stand_in_the_way():
    text = sized("a", 1) + sized("b", 2, "priority=5", "short")
    veto = "guard: risk.indicator_guard side=long\nveto -> guard.when"
    assert fills_of(text + veto, "0: 100 go veto\n1: 100\n2: 100") == [(1, "sell", 2, 100)]
    # The position of a is open; b turns as its exit is true, and a may not be taken again.
    leave = "leave: action.exit_long\nsell -> leave.when"
    bars = "0: 100 go\n1: 100 go sell\n2: 101\n3: 101"
    assert fills_of(text + leave, bars) == [
        (1, "buy", 1, 100),
        (2, "sell", 1, 101),
        (2, "sell", 2, 101),
    ]


@covers("Branches: Order")
def test_a_first_entry_of_size_0_orders_nothing_and_lets_no_other_pass():
    text = f"""
        a: action.enter_long
        little: sizing.fixed_cash cash=100
        little.size -> a.size
        go -> a.when
        {sized("b", 2, "priority=2")}
    """
    # 100 in cash buy no share at 200, but one at 100.
    bars = "0: 200 go\n1: 100\n2: 100 go\n3: 100"
    assert fills_of(text, bars) == [(3, "buy", 1, 100)]


@covers("Branches: Reverse", "Actions: Reverse")
def test_a_reversal_turns_an_open_position_and_opens_none():
    text = LONG + SHORT + "turn: action.reverse\nflip -> turn.when"
    bars = "0: 100 flip\n1: 100 buy\n2: 101 flip\n3: 102 flip\n4: 103 cover sell\n5: 104"
    assert fills_of(text, bars) == [
        (2, "buy", 10, 101),
        (3, "sell", 10, 102),
        (3, "sell", 10, 102),
        (4, "buy", 10, 103),
        (4, "buy", 10, 103),
        (5, "sell", 10, 104),
    ]


@covers("Branches: Reverse", "Sizing in shares: Sizes are whole shares, rounded")
def test_a_reversal_without_a_size_sells_the_percentage_of_the_settings():
    text = f"""
        {LONG}
        enter_short: action.enter_short
        short -> enter_short.when
        turn: action.reverse
        flip -> turn.when
    """
    bars = "0: 100 buy\n1: 100\n2: 200 flip\n3: 250\n4: 250"
    # Half of the equity at 100: five shares. On close 2: 500 + 5 at 200 = 1,500, half of it at
    # 200 is 3.75 shares.
    found = fills_of(text, bars, cash=1_000, ten=False, sizing_percent=50)
    assert found == [(1, "buy", 5, 100), (3, "sell", 5, 250), (3, "sell", 3, 250)]


@covers("Branches: Reverse", "Guards and limits: Blocked")
def test_a_reversal_that_is_blocked_closes_and_does_not_enter():
    text = LONG + "turn: action.reverse\nflip -> turn.when\n"
    veto = "guard: risk.indicator_guard side=short\nveto -> guard.when"
    bars = "0: 100 buy\n1: 101\n2: 102 flip veto\n3: 103\n4: 104"
    assert fills_of(text + veto, bars) == [(1, "buy", 10, 101), (3, "sell", 10, 103)]


@covers("Branches: Order")
@pytest.mark.parametrize(
    ("of_long", "of_short", "fill"),
    [(2, 1, (1, "sell", 2, 100)), (1, 2, (1, "buy", 1, 100)), (1, 1, (1, "buy", 1, 100))],
)
def test_the_lower_number_of_two_sides_comes_first_also_without_anything_else(
    of_long, of_short, fill
):
    text = sized("b", 1, f"priority={of_long}") + sized("a", 2, f"priority={of_short}", "short")
    assert fills_of(text, "0: 100 go\n1: 100\n2: 100") == [fill]
