"""Warm-up, missing values, and what is known only now."""

import pytest
from sketch import LONG as SOUND
from sketch import sketch

from semantics.by_hand.playing import bars_of, covers, fills_of, strategy_of
from stratcraft_jupyter import compile_strategy, run_backtest
from stratcraft_jupyter.errors import BacktestError
from stratcraft_jupyter.graph import validate

ALWAYS = """
    enter: action.enter_long
    always: condition.compare value=0
    bars.close -> always.left
    always.signal -> enter.when
"""
RISING = "0: 1\n1: 2\n2: 3\n3: 4\n4: 5\n5: 6\n6: 7"

MORNING = """
    Mon 2024-01-01 09:30: 10 12 9 11
    Mon 2024-01-01 10:00: 11
    Mon 2024-01-01 10:30: 14
    Tue 2024-01-02 09:30: 20 22 19 21
    Tue 2024-01-02 10:00: 21
    Tue 2024-01-02 10:30: 24
    Tue 2024-01-02 11:00: 25
"""
RANGE = """
    range: indicator.session_range minutes=30
    bars.bars -> range.bars
    above: condition.compare
    bars.close -> above.left
    range.high -> above.right
"""
"""Known from 10:00 on, 12 and then 22; missing at 09:30."""


def first_bar(*lines: str) -> int:
    """The bar on which a strategy fills that enters as soon as it decides."""
    reads = (
        "low: condition.compare operator=< value=-9\nout: action.exit_long\nlow.signal -> out.when"
    )
    return fills_of("\n".join([ALWAYS, reads, *lines]), RISING)[0][0]


@covers(
    "Warm-up and missing values: Nothing is decided before every indicator of the strategy has "
    "its first value",
    "Kinds: Below, *n* is the period",
)
@pytest.mark.parametrize(
    ("lines", "bar"),
    [
        (["bars.close -> low.left"], 1),
        # an average that only the exit reads: its first value is on bar 2
        (
            ["mean: indicator.sma period=3", "bars.close -> mean.source", "mean.value -> low.left"],
            3,
        ),
        # an average of an average: bar 4
        (
            [
                "mean: indicator.sma period=3\nbars.close -> mean.source",
                "twice: indicator.sma period=3\nmean.value -> twice.source",
                "twice.value -> low.left",
            ],
            5,
        ),
        # the MACD itself is there on bar 2, its signal line on bar 3, which nothing reads
        (
            [
                "macd: indicator.macd fast_period=2 slow_period=3 signal_period=2",
                "bars.close -> macd.source\nmacd.macd -> low.left",
            ],
            4,
        ),
        # nothing comes of it
        (["bars.close -> low.left", "idle: indicator.sma period=6\nbars.close -> idle.source"], 1),
        # an exit of a side that is never entered
        (
            [
                "bars.close -> low.left\nslow: indicator.sma period=6\nbars.close -> slow.source",
                "under: condition.compare\nslow.value -> under.left",
                "cover: action.exit_short\nunder.signal -> cover.when",
            ],
            1,
        ),
    ],
)
def test_the_first_bar_that_decides(lines, bar):
    assert first_bar(*lines) == bar


@covers(
    "Warm-up and missing values: What happened in the meantime counts for values, not for decisions"
)
def test_a_signal_of_the_warm_up_is_lost_and_a_cross_remembers_its_side():
    slow = "slow: indicator.sma period=4\nbars.close -> slow.source\nbuy -> enter.when\n"
    exit_ = "low: condition.compare operator=<\nslow.value -> low.left\nlow.signal -> leave.when\n"
    text = f"enter: action.enter_long\nleave: action.exit_long\n{slow}{exit_}"
    bars = "0: 9\n1: 9 buy\n2: 10\n3: 10\n4: 11 buy\n5: 12\n6: 12"
    # Decided from bar 3 on: the mark of bar 1 is lost, that of bar 4 is not.
    assert fills_of(text, bars) == [(5, "buy", 10, 12)]
    cross = "up: condition.crosses_above value=10\nbars.close -> up.left\nup.signal -> enter.when"
    # Below 10 on bars 0 and 1, equal on 2 and 3, above on 4: a cross, though only bars 3 and
    # later decide.
    crossing = text.replace("buy -> enter.when", cross)
    assert fills_of(crossing, bars) == [(5, "buy", 10, 12)]
    # Above from bar 2 on: that cross is lost.
    early = bars.replace("2: 10", "2: 11").replace("3: 10", "3: 11")
    assert fills_of(crossing, early) == []


@covers("Warm-up and missing values: A comparison with a missing value is false")
def test_a_comparison_with_a_missing_value_is_false_and_its_not_is_true():
    entry = "enter: action.enter_long\nabove.signal -> enter.when"
    assert fills_of(RANGE + entry, MORNING) == [(3, "buy", 10, 20)]  # 14 > 12 at 10:30
    negated = "not: logic.not\nabove.signal -> not.signal\nnot.signal -> enter.when"
    below = RANGE.replace("range.high", "range.low")
    # The close of 11 is above the low of 9, but nothing is known at 09:30.
    found = fills_of(f"{below}{negated}\nenter: action.enter_long", MORNING)
    assert found == [(1, "buy", 10, 11)]


@covers(
    "Math: In all of it, *right*",
    "Warm-up and missing values: A comparison with a missing value is false",
)
def test_arithmetic_with_a_missing_value_is_missing():
    text = """
        enter: action.enter_long
        room: math.subtract
        range.high -> room.left
        bars.close -> room.right
        any: condition.compare operator=>= value=-1000000
        room.value -> any.left
        any.signal -> enter.when
    """
    # At 09:30 the difference is no number, and so not above minus a million.
    assert fills_of(RANGE + text, MORNING) == [(2, "buy", 10, 14)]


@covers("Conditions: Crosses above")
def test_a_missing_value_forgets_the_side_of_a_cross():
    text = RANGE.replace("condition.compare", "condition.crosses_above")
    entry = "enter: action.enter_long\nabove.signal -> enter.when"
    bars = """
        Mon 2024-01-01 09:30: 10 12 9 11
        Mon 2024-01-01 10:00: 11
        Mon 2024-01-01 10:30: 11
        Tue 2024-01-02 09:30: 20 22 19 21
        Tue 2024-01-02 10:00: 23
        Tue 2024-01-02 10:30: 21
        Tue 2024-01-02 11:00: 23
        Tue 2024-01-02 11:30: 24
    """
    # On Monday the close is below 12, on Tuesday at 10:00 above 22: no cross, as nothing was
    # known at 09:30. Below at 10:30, above at 11:00: a cross.
    assert fills_of(text + entry, bars) == [(7, "buy", 10, 24)]


@covers("Warm-up and missing values: A comparison with a missing value is false")
@pytest.mark.parametrize(
    ("line", "refused"),
    [
        ("x: indicator.sma\nrange.high -> x.source", ["SC109"]),
        ("x: math.maximum\nrange.high -> x.left", ["SC109"]),
        ("x: condition.crosses\nrange.high -> x.left", []),
    ],
)
def test_what_needs_a_value_on_every_bar_refuses_gaps(line, refused):
    assert errors(RANGE + line) == refused


@covers("Warm-up and missing values: What is known only now", "Several feeds: Two clocks")
@pytest.mark.parametrize(
    ("line", "refused"),
    [
        ("x: indicator.sma\ntwice.value -> x.source", ["SC108"]),
        ("x: math.shift\nposition.gain -> x.source", ["SC108"]),
        ("x: condition.crosses\ntwice.value -> x.left", ["SC108"]),
        ("x: condition.rising\nposition.profit -> x.source", ["SC108"]),
        ("x: condition.compare\ntwice.value -> x.left", []),
        ("x: math.shift\nspread.value -> x.source", ["SC110"]),
        ("x: indicator.sma\nspread.value -> x.source", ["SC110"]),
        ("x: condition.compare\nspread.value -> x.left", []),
        ("x: indicator.sma\nweekly.close -> x.source", []),
    ],
)
def test_what_looks_back_refuses_the_position_and_mixed_bars(line, refused):
    made = """
        position: data.position
        twice: math.multiply value=2
        position.gain -> twice.left
        weekly: data.timeframe
        bars.bars -> weekly.bars
        spread: math.subtract
        bars.close -> spread.left
        weekly.close -> spread.right
    """
    assert errors(made + line) == refused


def errors(text: str) -> list[str]:
    return [item.code for item in validate(sketch(SOUND, text)) if item.severity == "error"]


@covers("Warm-up and missing values: Too few bars")
def test_too_few_bars_stop_the_run():
    text = """
        mean: indicator.sma period=3
        above: condition.compare value=0
        enter: action.enter_long
        bars.close -> mean.source
        mean.value -> above.left
        above.signal -> enter.when
    """
    source = compile_strategy(strategy_of(text, RISING))
    with pytest.raises(BacktestError, match="fewer bars than the indicators need"):
        run_backtest(source, bars_of("0: 1\n1: 2"))
    assert run_backtest(source, bars_of("0: 1\n1: 2\n2: 3\n3: 4")).fills[0].bar == 3
