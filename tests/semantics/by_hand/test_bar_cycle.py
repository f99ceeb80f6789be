"""The bar cycle, step by step."""

from semantics.by_hand.playing import LONG, SHORT, bars_of, covers, fills_of, play, strategy_of
from stratcraft_jupyter import compile_strategy, run_backtest

STOP = """
    stop: risk.stop_loss percent=5
    enter.order -> stop.entry
"""


@covers("What a strategy means: Bars count from 0. A")
def test_decided_on_bar_2_means_on_the_close_of_bar_2():
    above = "above: condition.compare value=104\nbars.close -> above.left\nabove.signal -> "
    bars = """
        0: 100 110 100 104
        1: 104 110 100 104
        2: 100 106 100 105
        3: 103
    """
    # The highs are above 104 from bar 0 on; only the close of bar 2 is. Bar 3 opens at 103.
    assert fills_of(f"enter: action.enter_long\n{above}enter.when", bars) == [(3, "buy", 10, 103)]


@covers("What a strategy means: The rules are those of", "The bar cycle: Checking")
def test_checking_comes_before_filling():
    bars = "0: 100 buy\n1: 90\n2: 90 buy\n3: 90"
    # Ten at the close of bar 0 cost 1,000: refused before bar 1 could fill them for 900.
    found = play(LONG, bars, cash=950)
    assert (found.fills, found.refused) == ([(3, "buy", 10, 90)], 1)


@covers("The bar cycle: Filling")
def test_orders_are_filled_in_the_order_in_which_they_were_sent():
    part = "part: action.exit_long percent=30\nsell -> part.when"
    bars = """
        0: 100 buy
        1: 100
        2: 100 sell
        3: 90
        4: 90
    """
    # On close 2 three of ten are sold at the market, and then the stop at 95 is sent for seven.
    # Bar 3 opens below it: first the three, then the seven, both at the open.
    text = f"enter: action.enter_long\nbuy -> enter.when\n{STOP}{part}"
    expected = [(1, "buy", 10, 100), (3, "sell", 3, 90), (3, "sell", 7, 90)]
    assert fills_of(text, bars) == expected
    whole = run_backtest(compile_strategy(strategy_of(text, bars)), bars_of(bars))
    assert [(f.bar, f.side, f.size, f.price) for f in whole.fills] == expected


@covers("The bar cycle: Taking note")
def test_an_order_that_has_waited_is_cancelled_before_entries_are_decided():
    waits = "enter: action.enter_long order_type=limit offset_percent=5 expiry_bars=2"
    bars = """
        0: 100 buy
        1: 100 100 96 100
        2: 100 200 96 200 buy
        3: 200 200 180 200
        4: 200 200 90 200
    """
    # The order at 95 works on bars 1 and 2 and is cancelled on close 2. So the entry of that
    # close may be taken: 200 less 5 % is 190.
    assert fills_of(f"{waits}\nbuy -> enter.when", bars) == [(3, "buy", 10, 190)]


@covers("The bar cycle: Signals")
def test_signals_know_the_close_they_are_decided_on():
    text = """
        mean: indicator.sma period=2
        above: condition.compare
        enter: action.enter_long
        bars.close -> mean.source
        bars.close -> above.left
        mean.value -> above.right
        above.signal -> enter.when
    """
    # Means of two: 95 on bar 1 (close 90), 92.5 on bar 2 (close 95, above it).
    assert fills_of(text, "0: 100\n1: 90\n2: 95\n3: 96\n4: 97") == [(3, "buy", 10, 96)]


@covers("The bar cycle: Exits", "The bar cycle: For every bar, in this")
def test_guards_speak_before_entries():
    guard = "guard: risk.indicator_guard\nveto -> guard.when"
    bars = "0: 100 buy veto\n1: 101 buy\n2: 102\n3: 103"
    # The guard of close 0 allows no entry on that very close; close 1 is free.
    assert fills_of(LONG + guard, bars) == [(2, "buy", 10, 102)]


@covers("The bar cycle: Leaving", "Stops: Its end")
def test_leaving_cancels_stop_and_target():
    target = "target: risk.take_profit percent=10\nenter.order -> target.entry"
    bars = """
        0: 100 buy
        1: 100
        2: 100 sell
        3: 100 120 80 100
        4: 100 120 80 100
    """
    # Bar 3 reaches 95 and 110 after its open; stop and target were cancelled on close 2.
    found = play(LONG + STOP + target, bars)
    assert found.fills == [(1, "buy", 10, 100), (3, "sell", 10, 100)]
    assert found.value == 100_000


@covers("The bar cycle: Entries")
def test_the_first_entry_that_is_true_is_ordered_alone():
    other = """
        second: action.enter_long priority=2
        few: sizing.fixed_shares shares=3
        few.size -> second.size
        buy -> second.when
    """
    assert fills_of(LONG + other, "0: 100 buy\n1: 100\n2: 100") == [(1, "buy", 10, 100)]


@covers("The bar cycle: Nothing is decided within a")
def test_no_decision_sees_a_later_bar():
    start = """
        0: 100 buy
        1: 100 101 99 100 sell short
        2: 100
        3: 100 cover
    """
    text = LONG + SHORT + STOP
    quiet, wild = f"{start}4: 100\n5: 100", f"{start}4: 300 400 1 20\n5: 20"
    whole = run_backtest(compile_strategy(strategy_of(text, start)), bars_of(quiet))
    found = [fill for fill in fills_of(text, wild) if fill[0] < 4]
    expected = [(1, "buy", 10, 100), (2, "sell", 10, 100), (2, "sell", 10, 100)]
    assert found == expected
    assert [(f.bar, f.side, f.size, f.price) for f in whole.fills if f.bar < 4] == expected


@covers("The bar cycle: Nothing is decided within a")
def test_nothing_is_decided_within_a_bar():
    text = """
        up: condition.compare operator=>= value=110
        enter: action.enter_long
        bars.close -> up.left
        up.signal -> enter.when
    """
    # Bar 1 trades at 120 and closes at 100: no entry. Bar 2 closes at 110.
    bars = "0: 100\n1: 100 120 100 100\n2: 100 110 100 110\n3: 105\n4: 105"
    assert fills_of(text, bars) == [(3, "buy", 10, 105)]
