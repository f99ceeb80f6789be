"""Coarser timeframes: when their bars become known, and what reads two clocks."""

import pytest

from semantics.by_hand.playing import covers, fills_of

COSTS = {"commission": 0.001}
WEEKLY = """
    weekly: data.timeframe timeframe={}
    bars.bars -> weekly.bars
"""
ABOVE = """
    enter: action.enter_long
    above: condition.compare operator=>= value={value}
    {line} -> above.left
    above.signal -> enter.when
"""


def first(line: str, value: float, bars: str, more: str = "", period: str = "1w") -> int | None:
    """The bar on which a series is first seen at or above a value: the one before the fill."""
    text = WEEKLY.format(period) + more + ABOVE.format(line=line, value=value)
    found = fills_of(text, bars, **COSTS)
    return found[0][0] - 1 if found else None


WEEKS = """
    Wed 2024-01-03: 10 19 9 12
    Fri 2024-01-05: 11 15 10 14
    Tue 2024-01-09: 20
    Wed 2024-01-10: 13
    Mon 2024-01-22: 30
    Wed 2024-01-24: 31
    Mon 2024-01-29: 40
    Tue 2024-01-30: 40
"""
"""It begins on a Wednesday, Monday 8 is a holiday, and the week from Monday 15 is missing."""


@covers("Several feeds: When a coarse bar is known", "Data: Timeframe")
@pytest.mark.parametrize(
    ("line", "value", "bar"),
    [
        ("weekly.close", 14, 2),  # the first week, on the first bar of a later one
        ("weekly.open", 11, 4),  # the first open, 10; 20 of the second week on its end
        ("weekly.high", 19, 2),
        ("weekly.low", 10, 4),  # 9 in the first week, 13 in the second
        ("weekly.close", 15, 6),  # the second week closes at 13, the one from 22 on at 31
        ("weekly.close", 32, None),  # the week of the last bars never becomes known
    ],
)
def test_a_week_is_known_on_the_first_bar_of_a_later_week(line, value, bar):
    assert first(line, value, WEEKS) == bar


@covers("Several feeds: When a coarse bar is known")
def test_until_then_the_values_of_the_week_before_stand():
    text = WEEKLY.format("1w") + ABOVE.format(line="weekly.close", value=14)
    leave = "leave: action.exit_long\nbelow: logic.not\nabove.signal -> below.signal\n"
    bars = WEEKS.replace("Wed 2024-01-10: 13", "Wed 2024-01-10: 99\n    Thu 2024-01-11: 13")
    # Close 3 of 99 is not the week's: the 14 stands until the week of 13 is known on bar 5.
    assert fills_of(f"{text}{leave}below.signal -> leave.when", bars, **COSTS)[:2] == [
        (3, "buy", 10, 99),
        (6, "sell", 10, 31),
    ]


@covers("Several feeds: When a coarse bar is known", "Data: Timeframe")
def test_months_days_and_hours_go_by_the_time_stamps():
    months = "Wed 2024-01-31: 5\nThu 2024-02-01: 1\nFri 2024-02-02: 1\nMon 2024-02-05: 1"
    assert first("weekly.close", 5, months, period="1M") == 1
    hours = """
        Mon 2024-01-01 09:30: 5
        Mon 2024-01-01 10:00: 1
        Mon 2024-01-01 10:30: 6
        Tue 2024-01-02 10:30: 7
        Tue 2024-01-02 11:00: 1
    """
    # Hours count from midnight: 9 to 10 is over on bar 1, that of 10:30 with Tuesday's first bar.
    assert first("weekly.close", 5, hours, period="1h") == 1
    assert first("weekly.close", 6, hours, period="1h") == 3
    assert first("weekly.close", 6, hours, period="1d") == 3
    assert first("weekly.close", 7, hours, period="1d") is None


FIVE_WEEKS = """
    Mon 2024-01-01: 1
    Tue 2024-01-02: 10
    Mon 2024-01-08: 2
    Tue 2024-01-09: 20
    Mon 2024-01-15: 3
    Tue 2024-01-16: 30
    Mon 2024-01-22: 4
    Tue 2024-01-23: 5
    Mon 2024-01-29: 6
    Tue 2024-01-30: 7
"""
"""Weeks that close at 10, 20, 30 and 5, known on bars 2, 4, 6 and 8."""


@covers("Several feeds: Two clocks")
@pytest.mark.parametrize(
    ("line", "value", "bar"),
    [
        ("mean.value", 14, 4),  # 15 of two weeks
        ("mean.value", 24, 6),
        ("before.value", 10, 4),  # the week before
        ("before.value", 30, 8),
        ("bars.close", 1, 4),  # everything waits for them
    ],
)
def test_what_is_computed_of_weeks_counts_weeks(line, value, bar):
    more = """
        mean: indicator.sma period=2
        weekly.close -> mean.source
        before: math.shift bars=1
        weekly.close -> before.source
        low: condition.compare operator=< value=-9
        mean.value -> low.left
        low_too: condition.compare operator=< value=-9
        before.value -> low_too.left
        out: action.exit_long
        out_too: action.exit_long
        low.signal -> out.when
        low_too.signal -> out_too.when
    """
    assert first(line, value, FIVE_WEEKS, more) == bar


@covers("Several feeds: Two clocks", "Conditions: In all of them, *right*")
def test_a_weekly_cross_stands_for_its_week_and_a_daily_one_for_a_day():
    text = (
        WEEKLY.format("1w")
        + """
        down: condition.crosses_below value=25
        {} -> down.left
        enter: action.enter_long
        down.signal -> enter.when
        leave: action.exit_long
        some -> leave.when
    """
    )
    bars = """
        Mon 2024-01-15: 3
        Tue 2024-01-16: 30
        Mon 2024-01-22: 4
        Tue 2024-01-23: 5
        Mon 2024-01-29: 6
        Tue 2024-01-30: 7 some
        Wed 2024-01-31: 8
        Thu 2024-02-01: 9
    """
    # The weeks of 30 and 5 are known on bars 2 and 4: the cross is true on bars 4 to 7. Bought on
    # bar 5, sold by its mark on bar 6, and bought again on bar 7, as it still stands on bar 6.
    assert fills_of(text.format("weekly.close"), bars, **COSTS) == [
        (5, "buy", 10, 7),
        (6, "sell", 10, 8),
        (7, "buy", 10, 9),
    ]
    # The daily close falls from 30 to 4 on bar 2, and crosses on that bar alone.
    assert fills_of(text.format("bars.close"), bars) == [(3, "buy", 10, 5), (6, "sell", 10, 8)]


@covers("Several feeds: Two clocks")
def test_what_mixes_clocks_moves_with_the_days():
    more = """
        spread: math.subtract
        bars.close -> spread.left
        weekly.close -> spread.right
    """
    # The week of 20 is known on bar 4; the day of 30 is 10 above it.
    assert first("spread.value", 10, FIVE_WEEKS, more) == 3  # 20 - 10
    assert first("spread.value", 10.5, FIVE_WEEKS.replace("16: 30", "16: 31"), more) == 5


@covers("Logic: Logic is decided on every", "Logic: Lasts")
def test_logic_counts_days_also_for_weekly_signals():
    text = (
        WEEKLY.format("1w")
        + """
        high: condition.compare value=15
        weekly.close -> high.left
        it: logic.lasts bars=3
        high.signal -> it.signal
        enter: action.enter_long
        it.signal -> enter.when
    """
    )
    # Above 15 from bar 4 on (the weeks of 20 and 30): for three days on bar 6.
    assert fills_of(text, FIVE_WEEKS, **COSTS) == [(7, "buy", 10, 5)]
    edge = text.replace("logic.lasts bars=3", "logic.becomes_true")
    assert fills_of(edge, FIVE_WEEKS, **COSTS) == [(5, "buy", 10, 30)]


@covers("Several feeds: Two clocks", "Conditions: In all of them, *right*")
@pytest.mark.parametrize(("day", "bar"), [("tuesday", 2), ("monday", 4), ("friday", None)])
def test_the_time_of_a_week_is_that_of_the_bar_on_which_it_becomes_known(day, bar):
    days = ("monday", "tuesday", "wednesday", "thursday", "friday")
    chosen = " ".join(f"{name}={str(name == day).lower()}" for name in days)
    text = (
        WEEKLY.format("1w")
        + f"""
        it: condition.weekday {chosen}
        weekly.bars -> it.bars
        enter: action.enter_long
        it.signal -> enter.when
    """
    )
    # Known on Tuesday 9, as Monday is a holiday, then on Monday 22 and Monday 29.
    found = fills_of(text, WEEKS, **COSTS)
    assert (found[0][0] - 1 if found else None) == bar
