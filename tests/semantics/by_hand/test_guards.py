"""Guards: what they close or reduce, what they block, and how long they wait."""

import pytest

from semantics.by_hand.playing import LONG, SHORT, covers, fills_of

BREAKER = "guard: risk.circuit_breaker trigger_percent=10 cooldown_bars=3 {}"
DRAWDOWN = "guard: risk.drawdown_limit percent=10 recovery_bars=3 {}"
VETO = "guard: risk.indicator_guard {}\nveto -> guard.when"
REGIME = "guard: risk.regime_exit {}\ncalm -> guard.regime"


@covers("Risk: Circuit breaker", "Guards and limits: Guards and limits are looked")
@pytest.mark.parametrize(
    ("bar", "sold"),
    [
        ("100 100 85 91", []),  # the low is beyond it, the close is not
        ("100 100 90 90", [(3, "sell", 10, 95)]),
    ],
)
def test_a_circuit_breaker_of_a_long_position(bar, sold):
    bars = f"0: 100 buy\n1: 100\n2: {bar}\n3: 95\n4: 95"
    assert fills_of(LONG + BREAKER.format(""), bars)[1:] == sold


@covers("Risk: Circuit breaker")
def test_a_circuit_breaker_of_a_short_position():
    bars = "0: 100 short\n1: 100\n2: 100 120 100 109\n3: 110\n4: 105\n5: 105"
    assert fills_of(SHORT + BREAKER.format(""), bars)[1:] == [(4, "buy", 10, 105)]


@covers("Guards and limits: Waiting", "Risk: Circuit breaker", "Guards and limits: Blocked")
def test_a_circuit_breaker_blocks_its_close_and_three_more():
    bars = """
        0: 100 buy
        1: 100
        2: 90 short buy
        3: 90 short buy
        4: 90 buy
        5: 90 buy
        6: 91 buy
        7: 92
        8: 93
    """
    # It acts on close 2: no turn there, and nothing on closes 3, 4 and 5. Close 6 is free.
    assert fills_of(LONG + SHORT + BREAKER.format(""), bars) == [
        (1, "buy", 10, 100),
        (3, "sell", 10, 90),
        (7, "buy", 10, 92),
    ]


@covers("Risk: Circuit breaker", "Guards and limits: Waiting")
def test_a_circuit_breaker_of_the_portfolio_begins_anew_after_its_wait():
    bars = """
        0: 100 buy
        1: 100
        2: 80
        3: 80
        4: 80
        5: 70
        6: 70 buy
        7: 60
        8: 53
        9: 52
        10: 52
    """
    # 1,000 in cash, all in ten shares at 100: on close 2 equity is 800, and it closes. Blocked
    # on closes 2 to 5. It starts anew on close 6 with 800, and acts at 720 or less: ten shares
    # bought at 60 come to 730 on close 8 and to 720 on close 9.
    assert fills_of(LONG + BREAKER.format("scope=portfolio"), bars, cash=1_000) == [
        (1, "buy", 10, 100),
        (3, "sell", 10, 80),
        (7, "buy", 10, 60),
        (10, "sell", 10, 52),
    ]


@covers("Guards and limits: Reduce")
def test_reduce_sells_what_is_above_the_rest_rounded_down():
    reducing = BREAKER.replace("=3", "=1").format("action=reduce reduce_to=25")
    bars = "0: 100 buy\n1: 100\n2: 90\n3: 89\n4: 88\n5: 87\n6: 86\n7: 85"
    # 7.5 of ten on close 2; it waits on close 3; 2.25 of three on close 4, waits, 0.75 on 6.
    assert fills_of(LONG + reducing, bars)[1:] == [(3, "sell", 7, 89), (5, "sell", 2, 87)]


@covers("Risk: Drawdown limit", "Guards and limits: Waiting")
def test_a_drawdown_limit_goes_by_the_highest_equity_and_has_a_new_peak_after_its_wait():
    bars = """
        0: 100 buy
        1: 100
        2: 200 210 200 200
        3: 181
        4: 180 buy
        5: 180 buy
        6: 180 buy
        7: 180 buy
        8: 180 buy
        9: 180
        10: 163
        11: 162
        12: 162
    """
    # 1,000 in ten shares; the peak is 2,000 at close 2 (not 2,100 at its high). 1,810 is within
    # a tenth, 1,800 on close 4 is not. Blocked on closes 4 to 7. On close 8 the peak is 1,800:
    # ten shares at 180 may fall to 163, but not to 162.
    assert fills_of(LONG + DRAWDOWN.format(""), bars, cash=1_000) == [
        (1, "buy", 10, 100),
        (5, "sell", 10, 180),
        (9, "buy", 10, 180),
        (12, "sell", 10, 162),
    ]


@covers("Risk: Drawdown limit")
@pytest.mark.parametrize(
    ("params", "sold"),
    [
        ("action=halt", []),
        ("action=reduce reduce_to=30", [(3, "sell", 7, 90)]),
        ("action=close", [(3, "sell", 10, 90)]),
    ],
)
def test_what_a_drawdown_limit_does_for_good(params, sold):
    guard = DRAWDOWN.format(params).replace("recovery_bars=3", "recovery_bars=0")
    bars = "0: 100 buy\n1: 100\n2: 90\n3: 90\n4: 90 sell\n5: 90 buy\n6: 90 buy\n7: 90 buy\n8: 90"
    found = fills_of(LONG + guard, bars, cash=1_000)
    left = 10 - sum(fill[2] for fill in sold)
    # With 0 bars of recovery all closes that follow are blocked.
    assert found[1:] == [*sold, *([(5, "sell", left, 90)] if left else [])]


@covers("Risk: Safety stop")
def test_a_safety_stop_ends_everything():
    guard = "guard: risk.safety_stop max_loss_percent=20"
    bars = "0: 100 buy\n1: 100\n2: 81\n3: 80 short\n4: 90 buy\n5: 100 buy\n6: 100"
    # From 1,000 in cash to 810, then 800: closed, and never entered again.
    assert fills_of(LONG + SHORT + guard, bars, cash=1_000) == [
        (1, "buy", 10, 100),
        (4, "sell", 10, 90),
    ]


@covers("Risk: Regime exit", "Guards and limits: Blocked")
def test_a_regime_exit_closes_and_blocks_while_the_regime_is_off():
    bars = "0: 100 buy calm\n1: 101 calm\n2: 102 buy\n3: 103 buy\n4: 104 buy calm\n5: 105 calm"
    assert fills_of(LONG + REGIME.format(""), bars) == [
        (1, "buy", 10, 101),
        (3, "sell", 10, 103),
        (5, "buy", 10, 105),
    ]


@covers("Risk: Regime exit")
@pytest.mark.parametrize(
    ("params", "sold"),
    [
        # once for each of the two stretches
        ("action=reduce reduce_to=50", [(3, "sell", 5, 103), (6, "sell", 2, 106)]),
        ("action=halt", []),
    ],
)
def test_a_regime_exit_that_reduces_or_halts(params, sold):
    bars = "0: 100 buy calm\n1: 101 calm\n2: 102\n3: 103\n4: 104 calm\n5: 105\n6: 106\n7: 107"
    assert fills_of(LONG + REGIME.format(params), bars)[1:] == sold


@covers("Risk: Regime exit")
def test_manual_recovery_begins_with_an_open_position():
    bars = """
        0: 100 buy
        1: 101 buy calm
        2: 102 calm
        3: 103
        4: 104 buy calm
        5: 105 buy calm
    """
    # The false close 0 had no position and counts for itself alone; that of close 3 had one.
    assert fills_of(LONG + REGIME.format("recovery=manual"), bars) == [
        (2, "buy", 10, 102),
        (4, "sell", 10, 104),
    ]


@covers("Risk: Indicator guard", "Guards and limits: Blocked")
def test_an_indicator_guard_is_for_its_side_alone():
    bars = "0: 100 veto short buy\n1: 101 veto\n2: 102 cover\n3: 103 buy\n4: 104 veto\n5: 105"
    # The long entry of close 0 is blocked, the short one is taken and kept; the long one is closed.
    assert fills_of(LONG + SHORT + VETO.format("side=long"), bars) == [
        (1, "sell", 10, 101),
        (3, "buy", 10, 103),
        (4, "buy", 10, 104),
        (5, "sell", 10, 105),
    ]


@covers("Risk: Indicator guard", "Guards and limits: Reduce")
@pytest.mark.parametrize("side", ["long", "both"])
def test_an_indicator_guard_reduces_on_the_first_close_of_a_stretch_alone(side):
    guard = VETO.format(f"action=reduce reduce_to=50 side={side}")
    bars = "0: 100 buy\n1: 101 veto\n2: 102 veto\n3: 103\n4: 104 veto\n5: 105"
    assert fills_of(LONG + guard, bars)[1:] == [(2, "sell", 5, 102), (5, "sell", 2, 105)]


@covers("Guards and limits: Blocked", "Branches: Adding")
def test_no_addition_on_a_blocked_close():
    text = LONG.replace("action.enter_long", "action.enter_long max_entries=3")
    bars = "0: 100 buy\n1: 101 buy veto\n2: 102 buy\n3: 103"
    guard = VETO.format("side=short")
    adds = [(1, "buy", 10, 101), (2, "buy", 10, 102), (3, "buy", 10, 103)]
    assert fills_of(text + guard, bars) == adds
    halts = """
        guard: risk.regime_exit action=halt
        not: logic.not
        veto -> not.signal
        not.signal -> guard.regime
    """
    assert fills_of(text + halts, bars) == [adds[0], adds[2]]


@covers("Guards and limits: Guards and limits are looked", "Positions and priorities: Parts")
def test_of_a_guard_a_time_limit_and_an_exit_the_largest_part_counts():
    text = f"""
        {LONG}
        part: action.exit_long percent=40
        some -> part.when
        {VETO.format("action=reduce reduce_to=40")}
        limit: risk.time_limit limit=10 decay=linear
    """
    bars = "0: 100 buy\n1: 100\n2: 100 some veto\n3: 100\n4: 100"
    # On close 2: four by the exit, six by the guard, one by the time limit (9 of ten remain).
    assert fills_of(text, bars)[1] == (3, "sell", 6, 100)
