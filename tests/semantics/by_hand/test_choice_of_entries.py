"""Choice of entries: priority, votes and weights."""

import pytest

from semantics.by_hand.playing import covers, fills_of, sized

GUARD = "guard: risk.indicator_guard side=long action=reduce reduce_to=99\nveto -> guard.when"


def choosing(*entries: str, **params: object) -> str:
    """These entries with a choice among them."""
    said = " ".join(f"{name}={value}" for name, value in params.items())
    return "\n".join([*entries, f"choice: action.choice {said}"])


FIRST = sized("low", 1, "priority=1", "short", mark="is_low")
SECOND = sized("high", 2, "priority=2", mark="is_high")


@covers("Branches: Choice of entries", "Actions: Reverse")
def test_in_the_mode_priority_a_lower_number_of_the_other_side_turns():
    bars = "0: 100 is_high\n1: 100\n2: 101 is_low\n3: 102\n4: 103 is_high\n5: 104"
    turned = [(1, "buy", 2, 100), (3, "sell", 2, 102), (3, "sell", 1, 102)]
    # The short one with number 1 closes the long position of number 2, not the other way round.
    assert fills_of(choosing(FIRST, SECOND, mode="priority"), bars) == turned
    assert fills_of(choosing(FIRST, SECOND, mode="first_match"), bars) == turned[:1]
    equal = FIRST.replace("priority=1", "priority=2")
    assert fills_of(choosing(equal, SECOND, mode="priority"), bars) == turned[:1]


@covers("Branches: Choice of entries")
def test_no_position_is_overruled_while_its_rival_is_blocked():
    guard = GUARD.replace("side=long", "side=short")
    bars = "0: 100 is_high\n1: 100\n2: 101 is_low veto\n3: 102\n4: 103"
    assert fills_of(choosing(FIRST, SECOND, guard, mode="priority"), bars) == [(1, "buy", 2, 100)]


@covers("Branches: Choice of entries")
def test_no_position_is_overruled_while_an_entry_order_waits():
    adds = SECOND.replace("priority=2", "priority=2 max_entries=2 order_type=limit expiry_bars=3")
    bars = "0: 100 is_high\n1: 100\n2: 100 is_high\n3: 101 is_low\n4: 102\n5: 102 is_low\n6: 103"
    # The addition of close 2 waits at 100 on bars 3 to 5; on close 5 it is given up and the
    # short entry turns.
    assert fills_of(choosing(FIRST, adds, mode="priority"), bars) == [
        (1, "buy", 2, 100),
        (6, "sell", 2, 103),
        (6, "sell", 1, 103),
    ]


@covers("Branches: Choice of entries")
@pytest.mark.parametrize(
    ("marks", "fill"),
    [
        ("a", []),
        ("a b", [(1, "buy", 1, 100)]),  # two of the long ones: the first is taken
        ("b c", [(1, "buy", 2, 100)]),
        ("a d", []),  # one of each side
        ("c d e", [(1, "sell", 4, 100)]),
    ],
)
def test_in_the_mode_vote_two_entries_of_a_side_have_to_be_true(marks, fill):
    longs = [sized(name, shares, mark=name[-1]) for name, shares in (("x_a", 1), ("x_b", 2))]
    third = sized("x_c", 3, mark="c")
    shorts = [sized(name, 4, side="short", mark=name[-1]) for name in ("x_d", "x_e")]
    text = choosing(*longs, third, *shorts, mode="vote", votes=2)
    assert fills_of(text, f"0: 100 {marks}\n1: 100\n2: 100") == fill


@covers("Branches: Choice of entries")
def test_a_reversal_votes_only_where_it_would_turn():
    turn = "turn: action.reverse\nflip -> turn.when\nten: sizing.fixed_shares shares=10\n"
    text = choosing(
        sized("x", 1, mark="buy"),
        sized("y", 2, mark="buy"),
        sized("z", 3, "priority=2", "short", mark="short"),
        turn + "ten.size -> turn.size",
        mode="vote",
        votes=2,
    )
    bars = """
        0: 100 flip short
        1: 100 buy
        2: 101 flip
        3: 102 buy
        4: 103 flip short
        5: 104
        6: 104
    """
    # On close 0 there is nothing to turn: one vote for short. On close 2 the reversal closes,
    # but one vote does not enter. On close 4 it and the short entry are two.
    assert fills_of(text, bars) == [
        (2, "buy", 1, 101),
        (3, "sell", 1, 102),
        (4, "buy", 1, 103),
        (5, "sell", 1, 104),
        (5, "sell", 10, 104),
    ]


@covers("Branches: Choice of entries")
@pytest.mark.parametrize(
    ("marks", "fill"),
    [
        ("a", []),  # 1 of 2
        ("b", [(1, "buy", 2, 100)]),  # 2: at the threshold
        ("a b", [(1, "buy", 1, 100)]),
        ("a b c", []),  # 3 - 2.5
        ("c", [(1, "sell", 3, 100)]),  # -2.5
        ("a c", []),  # -1.5
    ],
)
def test_in_the_mode_weight_the_score_has_to_reach_the_threshold(marks, fill):
    text = choosing(
        sized("x_a", 1, "weight=1", mark="a"),
        sized("x_b", 2, "weight=2", mark="b"),
        sized("x_c", 3, "weight=2.5", "short", mark="c"),
        mode="weight",
        threshold=2,
    )
    assert fills_of(text, f"0: 100 {marks}\n1: 100\n2: 100") == fill


@covers("Branches: Choice of entries")
def test_a_position_of_a_blocked_side_is_overruled():
    text = f"""
        {sized("low", 1, "priority=1", "short", mark="is_low")}
        {sized("high", 2, "priority=2", mark="is_high")}
        choice: action.choice mode=priority
        guard: risk.indicator_guard side=long action=reduce reduce_to=99
        veto -> guard.when
    """
    bars = "0: 100 is_high\n1: 100\n2: 101 is_low veto\n3: 102\n4: 103"
    assert fills_of(text, bars) == [(1, "buy", 2, 100), (3, "sell", 2, 102), (3, "sell", 1, 102)]
